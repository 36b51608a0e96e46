package model

import (
	"fmt"
	"strconv"
	"strings"
)

// Fact is one cell of the table with its source.
type Fact struct {
	Name   string // the column, as "fota: FTP URL"; what stands before the colon is its group
	Short  string // the column's head where many stand side by side
	Value  string
	Source string // a document and its section, a source file, or qpy's choice
}

// column is one column of the table: how to read it and where it comes from.
type column struct {
	name   string
	short  string
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

// named is the source of a trait of which the document lists variants by name.
func named(section string) func(*row) string {
	return func(r *row) string {
		if r.name == Generic {
			return documented(section)(r)
		}
		return sourceFOTA + ", " + section
	}
}

func langSource(r *row) string { return r.family.langSource }
func linkSource(r *row) string { return r.network.source }

func columns() []column {
	return []column{
		{"device: platform", "platform", func(m *Model) string { return string(m.Platform) }, from("PLAT_ macros of modfota.c and Quectel's product pages")},
		{"device: instructions a second", "instructions/s", number(func(m *Model) int64 { return m.Rate }), func(r *row) string { return r.family.rateSource }},
		{"uname: sysname", "sysname", func(m *Model) string { return m.Identity.Sysname }, func(r *row) string { return r.sysnameSource }},
		{"uname: nodename", "nodename", func(m *Model) string { return m.Identity.Nodename }, from("moduos.c")},
		{"uname: release", "release", func(m *Model) string { return m.Identity.Release }, from(sourceFacts)},
		{"uname: version", "version", func(m *Model) string { return m.Identity.Version }, from(sampleUOS)},
		{"uname: machine", "machine", func(m *Model) string { return m.Identity.Machine }, from("moduos.c")},
		{"uname: qpyver", "qpyver", func(m *Model) string { return m.Identity.QpyVer }, from(sampleUOS)},

		{"fota: reset_disable is ignored", "always restarts", yesNo(func(m *Model) bool { return m.FOTA.ResetDisableIgnored }), documented("fota, note")},
		{"fota: FTP URL", "FTP", yesNo(func(m *Model) bool { return m.FOTA.FTP }), documented("httpDownload, url1")},
		{"fota: mini FOTA (url2)", "url2", yesNo(func(m *Model) bool { return m.FOTA.MiniFOTA }), documented("httpDownload, url2")},
		{"fota: args[1] is an error code on failure", "error code", yesNo(func(m *Model) bool { return m.FOTA.ProgressCarriesErrorCode }), documented("httpDownload, callback's parameters")},
		{"fota: httpDownload returns at once", "asynchronous", yesNo(func(m *Model) bool { return m.FOTA.AsyncDownload }), documented("httpDownload, return value")},
		{"fota: apn_set", "apn_set", yesNo(func(m *Model) bool { return m.FOTA.APNSet }), documented("apn_set, note")},
		{"fota: download_cancel", "download_cancel", yesNo(func(m *Model) bool { return m.FOTA.DownloadCancel }), documented("download_cancel, note")},
		{"fota: write, flush, verify", "write flush verify", yesNo(func(m *Model) bool { return m.FOTA.LocalUpgrade }), named("verify, note")},
		{"fota: restart after status 2", "restart after", func(m *Model) string { return m.FOTA.RestartDelay.String() }, from(sourceChoice)},

		{"power: powerDownReason", "powerDownReason", yesNo(func(m *Model) bool { return m.Power.DownReason }), from("misc_power.c; Quectel's misc document")},
		{"power: PowerKey tells of the release only", "key release only", yesNo(func(m *Model) bool { return m.Power.KeyReleaseOnly }), from("Quectel's misc document, PowerKey, note")},
		{"power: battery, mV", "battery mV", number(func(m *Model) int64 { return int64(m.Power.Battery) }), from(sourceChoice + ": typical supply voltage")},

		{"machine: RTC", "RTC", yesNo(func(m *Model) bool { return m.Machine.RTC }), from("modmachine.c")},
		{"machine: WDT", "WDT", yesNo(func(m *Model) bool { return m.Machine.Watchdog }), from("modmachine.c")},
		{"machine: mem8, PinBase, Signal", "mem8 PinBase", yesNo(func(m *Model) bool { return m.Machine.Unix }), langSource},

		{"language: hash bytes a string", "hash bytes", number(func(m *Model) int64 { return int64(m.Language.HashBytes) }), langSource},
		{"language: frozenset", "frozenset", yesNo(func(m *Model) bool { return m.Language.Frozenset }), langSource},
		{"language: reversed", "reversed", yesNo(func(m *Model) bool { return m.Language.Reversed }), langSource},
		{"language: dict.fromkeys", "dict.fromkeys", yesNo(func(m *Model) bool { return m.Language.DictFromKeys }), langSource},
		{"language: execfile, help, TimeoutError", "execfile", yesNo(func(m *Model) bool { return m.Language.Extras }), func(r *row) string {
			if r.name == Generic {
				return sourceChoice + ": every documented feature (" + sourceConfig + ")"
			}
			return langSource(r)
		}},
		{"language: builtins cannot be changed", "fixed builtins", yesNo(func(m *Model) bool { return m.Language.FixedNames }), langSource},
		{"language: usys.maxsize", "usys.maxsize", number(func(m *Model) int64 { return m.Language.MaxSize }), langSource},

		{"flash: erase block, bytes", "erase block", number(func(m *Model) int64 { return int64(m.Flash.EraseBlock) }), from("sample output of statvfs in Quectel's uos document")},
		{"flash: /usr, blocks", "/usr blocks", number(func(m *Model) int64 { return int64(m.Flash.UsrBlocks) }), from("sample output of statvfs in Quectel's uos document")},
		{"flash: /bak, blocks", "/bak blocks", number(func(m *Model) int64 { return int64(m.Flash.BakBlocks) }), from(sourceChoice)},
		{"flash: upgrade slot, bytes", "slot", number(func(m *Model) int64 { return m.Flash.SlotSize }), from(sourceChoice)},
		{"flash: RAM buffer of an upgrade, bytes", "RAM buffer", number(func(m *Model) int64 { return int64(m.Flash.RAMBuffer) }), from(sourceChoice + ": one erase block")},

		{"link: networks", "networks", func(m *Model) string {
			names := make([]string, len(m.Link.Networks))
			for i, n := range m.Link.Networks {
				names[i] = string(n)
			}
			return strings.Join(names, ", ")
		}, linkSource},
		{"link: downlink, bytes a second", "bytes/s", number(func(m *Model) int64 { return m.Link.Bandwidth }), linkSource},
		{"link: round trip", "round trip", func(m *Model) string { return m.Link.Latency.String() }, linkSource},
	}
}

// Facts returns the whole row, column by column, each with its source.
func (m *Model) Facts() []Fact {
	columns := columns()
	facts := make([]Fact, len(columns))
	for i, c := range columns {
		facts[i] = Fact{Name: c.name, Short: c.short, Value: c.value(m), Source: c.source(m.row)}
	}
	return facts
}

// String tells the model's name and platform.
func (m *Model) String() string { return fmt.Sprintf("%s (%s)", m.Name, m.Platform) }
