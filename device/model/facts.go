package model

import (
	"fmt"
	"strconv"
	"strings"
)

// Fact is one cell of the table with its source.
type Fact struct {
	Name   string // the column, as "fota: FTP URL"
	Value  string
	Source string // a document and its section, a source file, or qpy's choice
}

// column is one column of the table: how to read it and where it comes from.
type column struct {
	name   string
	value  func(*Model) string
	source func(*row) string
}

func yesNo(has func(*Model) bool) func(*Model) string {
	return func(m *Model) string {
		if has(m) {
			return "yes"
		}
		return "no"
	}
}

func number(n func(*Model) int64) func(*Model) string {
	return func(m *Model) string { return strconv.FormatInt(n(m), 10) }
}

func from(source string) func(*row) string { return func(*row) string { return source } }

// documented is the source of a fota trait. The generic model has every
// trait that makes an example of the document run.
func documented(section string) func(*row) string {
	return func(r *row) string {
		if r.name == Generic {
			return sourceChoice + ": every documented feature (" + sourceFOTA + ", " + section + ")"
		}
		if node := r.nodename; node != "" {
			return sourceFOTA + ", " + section + ", as " + node
		}
		return sourceFOTA + ", " + section
	}
}

func langSource(r *row) string { return r.family.langSource }
func linkSource(r *row) string { return r.network.source }

var columns = []column{
	{"platform", func(m *Model) string { return string(m.Platform) }, from("PLAT_ macros of modfota.c and Quectel's product pages")},
	{"uname: sysname", func(m *Model) string { return m.Identity.Sysname }, func(r *row) string { return r.sysnameSource }},
	{"uname: nodename", func(m *Model) string { return m.Identity.Nodename }, from("moduos.c")},
	{"uname: release", func(m *Model) string { return m.Identity.Release }, from(sourceFacts)},
	{"uname: version", func(m *Model) string { return m.Identity.Version }, from(sampleUOS)},
	{"uname: machine", func(m *Model) string { return m.Identity.Machine }, from("moduos.c")},
	{"uname: qpyver", func(m *Model) string { return m.Identity.QpyVer }, from(sampleUOS)},

	{"fota: reset_disable is ignored", yesNo(func(m *Model) bool { return m.FOTA.ResetDisableIgnored }), documented("fota, note")},
	{"fota: FTP URL", yesNo(func(m *Model) bool { return m.FOTA.FTP }), documented("httpDownload, url1")},
	{"fota: mini FOTA (url2)", yesNo(func(m *Model) bool { return m.FOTA.MiniFOTA }), documented("httpDownload, url2")},
	{"fota: args[1] is an error code on failure", yesNo(func(m *Model) bool { return m.FOTA.ProgressCarriesErrorCode }), documented("httpDownload, callback's parameters")},
	{"fota: httpDownload returns at once", yesNo(func(m *Model) bool { return m.FOTA.AsyncDownload }), documented("httpDownload, return value")},
	{"fota: apn_set", yesNo(func(m *Model) bool { return m.FOTA.APNSet }), documented("apn_set, note")},
	{"fota: download_cancel", yesNo(func(m *Model) bool { return m.FOTA.DownloadCancel }), documented("download_cancel, note")},
	{"fota: write, flush, verify", yesNo(func(m *Model) bool { return m.FOTA.LocalUpgrade }), documented("verify, note")},
	{"fota: restart after status 2", func(m *Model) string { return m.FOTA.RestartDelay.String() }, from(sourceChoice)},

	{"power: powerDownReason", yesNo(func(m *Model) bool { return m.Power.DownReason }), from("misc_power.c; Quectel's misc document")},
	{"power: battery, mV", number(func(m *Model) int64 { return int64(m.Power.Battery) }), from(sourceChoice + ": typical supply voltage")},

	{"language: hash bytes a string", number(func(m *Model) int64 { return int64(m.Language.HashBytes) }), langSource},
	{"language: frozenset", yesNo(func(m *Model) bool { return m.Language.Frozenset }), langSource},
	{"language: reversed", yesNo(func(m *Model) bool { return m.Language.Reversed }), langSource},
	{"language: dict.fromkeys", yesNo(func(m *Model) bool { return m.Language.DictFromKeys }), langSource},
	{"language: usys.maxsize", number(func(m *Model) int64 { return m.Language.MaxSize }), langSource},
	{"instructions a second", number(func(m *Model) int64 { return m.Rate }), func(r *row) string { return r.family.rateSource }},

	{"flash: erase block, bytes", number(func(m *Model) int64 { return int64(m.Flash.EraseBlock) }), from("sample output of statvfs in Quectel's uos document")},
	{"flash: /usr, blocks", number(func(m *Model) int64 { return int64(m.Flash.UsrBlocks) }), from("sample output of statvfs in Quectel's uos document")},
	{"flash: /bak, blocks", number(func(m *Model) int64 { return int64(m.Flash.BakBlocks) }), from(sourceChoice)},
	{"flash: upgrade slot, bytes", number(func(m *Model) int64 { return m.Flash.SlotSize }), from(sourceChoice)},
	{"flash: RAM buffer of an upgrade, bytes", number(func(m *Model) int64 { return int64(m.Flash.RAMBuffer) }), from(sourceChoice + ": one erase block")},

	{"link: networks", func(m *Model) string {
		names := make([]string, len(m.Link.Networks))
		for i, n := range m.Link.Networks {
			names[i] = string(n)
		}
		return strings.Join(names, ", ")
	}, linkSource},
	{"link: downlink, bytes a second", number(func(m *Model) int64 { return m.Link.Bandwidth }), linkSource},
	{"link: round trip", func(m *Model) string { return m.Link.Latency.String() }, linkSource},
}

// Facts returns the whole row, column by column, each with its source.
func (m *Model) Facts() []Fact {
	facts := make([]Fact, len(columns))
	for i, c := range columns {
		facts[i] = Fact{Name: c.name, Value: c.value(m), Source: c.source(m.row)}
	}
	return facts
}

// String tells the model's name and platform.
func (m *Model) String() string { return fmt.Sprintf("%s (%s)", m.Name, m.Platform) }
