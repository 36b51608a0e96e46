package model

// row is one model as Quectel's documents tell of it.
//
// The fota traits are the notes of the fota document turned into columns; a
// name in several of its lists has several traits. EC600NCNLC and EC600NCNLF
// are variants of the EC600N (the source calls them BOARD_EC600NCN_LC and the
// like), so what the document says of the EC600N platform holds for them; only
// they, of all EC600N, have the local upgrade.
type row struct {
	name          string
	family        *family
	network       *network
	sysname       string // product name with its variant
	nodename      string // "" when it is the name
	sysnameSource string
	fota          FOTA
	noDownReason  bool // misc_power.c leaves powerDownReason out
	keyRelease    bool // the misc document's note on EC200U and EC600U
}

const (
	sampleUOS = "sample output in Quectel's uos document"
	sampleLog = "sample output of a public QuecPython program"
	boardName = "board names in modaudio.c"
	assumed   = "qpy's choice: a variant that is sold, its sysname is not published"
)

// What the notes say of the platforms that share them.
var (
	miniWithCode = FOTA{ResetDisableIgnored: true, MiniFOTA: true, AsyncDownload: true, ProgressCarriesErrorCode: true}
	miniAndLocal = FOTA{ResetDisableIgnored: true, MiniFOTA: true, AsyncDownload: true, ProgressCarriesErrorCode: true, LocalUpgrade: true}
	mini         = FOTA{ResetDisableIgnored: true, MiniFOTA: true, AsyncDownload: true}
	local        = FOTA{LocalUpgrade: true}
)

var rows = [...]row{
	{name: Generic, family: &none, network: &cat1, sysname: "GENERIC", nodename: "GENERIC",
		sysnameSource: "qpy's choice: no such module exists",
		fota:          FOTA{FTP: true, MiniFOTA: true, APNSet: true, DownloadCancel: true, LocalUpgrade: true}},

	{name: "EC100Y", family: &asr, network: &cat1, sysname: "EC100Y-CNAA", sysnameSource: assumed},
	{name: "EC600S", family: &asr, network: &cat1, sysname: "EC600S-CNLB", sysnameSource: sampleUOS},
	{name: "EC600N", family: &asr, network: &cat1, sysname: "EC600N-CNLA", sysnameSource: boardName,
		fota: miniWithCode},
	{name: "EC600M", family: &asr, network: &cat1, sysname: "EC600M-CNLA", sysnameSource: assumed,
		fota: mini},
	{name: "EC600U", family: &unisoc, network: &cat1, sysname: "EC600U-CNLB", sysnameSource: sampleUOS,
		fota: local, noDownReason: true, keyRelease: true},
	{name: "EC600E", family: &eigen, network: &cat1, sysname: "EC600E-CNLA", sysnameSource: assumed,
		fota: local},
	{name: "EC600NCNLC", family: &asr, network: &cat1, sysname: "EC600N-CNLC", nodename: "EC600N", sysnameSource: boardName,
		fota: miniAndLocal},
	{name: "EC600NCNLF", family: &asr, network: &cat1, sysname: "EC600N-CNLF", nodename: "EC600N", sysnameSource: boardName,
		fota: miniAndLocal},

	{name: "EC800N", family: &asr, network: &cat1, sysname: "EC800N-CNLA", sysnameSource: assumed,
		fota: miniWithCode},
	{name: "EC800M", family: &asr, network: &cat1, sysname: "EC800M-CNLA", sysnameSource: assumed,
		fota: mini},
	{name: "EC800G", family: &unisoc, network: &cat1, sysname: "EC800G-CNLA", sysnameSource: assumed,
		fota: local},
	{name: "EC800E", family: &eigen, network: &cat1, sysname: "EC800E-CNLC", sysnameSource: assumed,
		fota: local},

	{name: "EC200A", family: &asr1803s, network: &cat4, sysname: "EC200A-CNDA", sysnameSource: assumed,
		fota: FOTA{FTP: true}},
	{name: "EC200U", family: &unisoc, network: &cat1, sysname: "EC200U-EUAA", sysnameSource: sampleLog,
		fota: local, noDownReason: true, keyRelease: true},

	{name: "EG810M", family: &asr, network: &cat1, sysname: "EG810M-EAAA", sysnameSource: assumed,
		fota: mini},
	{name: "EG912N", family: &asr, network: &cat1, sysname: "EG912N-ENAA", sysnameSource: assumed,
		fota: miniAndLocal},
	{name: "EG912U", family: &unisoc, network: &cat1, sysname: "EG912U-GLAA", sysnameSource: assumed,
		fota: local},
	{name: "EG915U", family: &unisoc, network: &cat1, sysname: "EG915U-EUAB", sysnameSource: assumed,
		fota: local},

	{name: "BC25PA", family: &rda, network: &nb, sysname: "BC25PA", sysnameSource: assumed,
		fota: FOTA{AsyncDownload: true}, noDownReason: true},
	{name: "BG95", family: &qualcomm, network: &lpwa, sysname: "BG95-M3", sysnameSource: "board name in machine_iic_simulation.c",
		fota: FOTA{APNSet: true, DownloadCancel: true}},
}
