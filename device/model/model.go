// Package model is the one table of the Quectel modules that qpy can be, and
// of what each supports.
//
// Every difference between models that a script can see is a column of this
// table; no other package compares model names. Each fact carries its source,
// so that a reader can tell what Quectel documents from what qpy had to choose.
package model

import "time"

// Generic is the name of the default model: it has every documented feature
// and answers httpDownload after download and verification.
const Generic = "generic"

// Model is one row of the table. Models are shared and must not be changed.
type Model struct {
	Name     string   // as the document spells it, for example "EC600N"
	Platform Platform // the chip family that the firmware is built for
	Identity Identity
	FOTA     FOTA
	Power    Power
	Machine  Machine
	Language Language
	Flash    Flash
	Link     Link
	Rate     int64 // MicroPython instructions a device second

	row *row
}

// Platform is a chip family, the PLAT_ macro of the firmware's source.
type Platform string

// The platforms of the table, by the names that the firmware's source and
// Quectel's product pages use.
const (
	NoPlatform Platform = "none"
	ASR        Platform = "ASR"
	ASR1803S   Platform = "ASR_1803s"
	Unisoc     Platform = "Unisoc"
	Eigen      Platform = "EIGEN"
	RDA        Platform = "RDA"
	Qualcomm   Platform = "Qualcomm"
)

// Identity is what uos.uname() and uos.uname2() tell (moduos.c).
type Identity struct {
	Sysname  string // product name, for example "EC600S-CNLB"
	Nodename string // model, for example "EC600S"
	Release  string // MicroPython's version
	Version  string // MicroPython's tag and build date
	Machine  string // "<nodename> with QUECTEL"
	QpyVer   string // firmware version a new device leaves the factory with; an upgrade changes it
}

// FOTA is what the fota module of a model does; see the notes in Quectel's
// fota document.
type FOTA struct {
	ResetDisableIgnored      bool          // the restart after a download cannot be disabled
	FTP                      bool          // url1 may be an FTP URL
	MiniFOTA                 bool          // url2 is allowed: the two-stage upgrade of small flash chips
	ProgressCarriesErrorCode bool          // args[1] of the callback is an error code when the download fails
	AsyncDownload            bool          // httpDownload returns at once; the callback tells the result
	APNSet                   bool          // has fota.apn_set
	DownloadCancel           bool          // has fota.download_cancel
	LocalUpgrade             bool          // has fota.write, fota.flush and fota.verify
	RestartDelay             time.Duration // device time between status 2 and the automatic restart
}

// Power is what misc.Power of a model does.
type Power struct {
	DownReason     bool // has powerDownReason
	KeyReleaseOnly bool // PowerKey tells of the release alone, of a key held for 500 ms
	Battery        int  // battery voltage of a new device, mV
}

// Machine is what the module machine of a model has besides pins, interrupts
// and timers (modmachine.c).
type Machine struct {
	RTC      bool // has the class RTC
	Watchdog bool // has the class WDT
	Unix     bool // has what MicroPython's unix port has: mem8, PinBase, Signal, time_pulse_us
}

// Language is how the firmware's MicroPython is configured (mpconfigport.h).
type Language struct {
	HashBytes    int   // bytes of hash a string keeps: decides the order of dict and set
	Frozenset    bool  // has frozenset
	Reversed     bool  // has reversed
	DictFromKeys bool  // has dict.fromkeys
	Extras       bool  // has execfile, help and TimeoutError
	FixedNames   bool  // a script cannot put names into module builtins
	MaxSize      int64 // usys.maxsize
}

// Flash is the geometry of the flash chip as far as a script can see it.
type Flash struct {
	EraseBlock int   // bytes of an erase block
	UsrBlocks  int   // erase blocks of /usr
	BakBlocks  int   // erase blocks of /bak
	SlotSize   int64 // bytes that the upgrade slot takes, all stages together
	RAMBuffer  int   // bytes of the RAM buffer before the upgrade slot
}

// Network is a kind of radio network.
type Network string

// The kinds of network of the table.
const (
	LTECat1 Network = "LTE Cat 1"
	LTECat4 Network = "LTE Cat 4"
	LTECatM Network = "LTE Cat M1"
	NBIoT   Network = "LTE Cat NB2"
	GSM     Network = "GSM/EGPRS"
)

// Link is the radio link that the virtual network simulates.
type Link struct {
	Networks  []Network     // the kinds that the model knows; the first is the one in use
	Bandwidth int64         // downlink, bytes a second
	Latency   time.Duration // a round trip to the server
}
