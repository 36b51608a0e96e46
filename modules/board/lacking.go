package board

import (
	"fmt"
	"strings"

	"qpy/device/model"
	"qpy/python"
)

// trait is something that only some models have.
type trait struct {
	name    string   // as a script writes it
	missing []string // the messages of a script that uses it elsewhere
	has     func(*model.Model) bool
}

func attribute(owner, name string, has func(*model.Model) bool) trait {
	return trait{owner + "." + name, []string{
		fmt.Sprintf("AttributeError: '%s' object has no attribute '%s'", owner, name),
		fmt.Sprintf("AttributeError: type object '%s' has no attribute '%s'", owner, name),
	}, has}
}

func ofModule(module, name string, has func(*model.Model) bool) trait {
	return trait{module + "." + name, []string{
		fmt.Sprintf("AttributeError: 'module' object has no attribute '%s'", name),
		fmt.Sprintf("ImportError: can't import name %s", name),
	}, has}
}

func builtin(name string, has func(*model.Model) bool) trait {
	return trait{name, []string{fmt.Sprintf("NameError: name '%s' isn't defined", name)}, has}
}

func localUpgrade(m *model.Model) bool { return m.FOTA.LocalUpgrade }

// traits are all that a script may miss.
func traits() []trait {
	return []trait{
		attribute("fota", "write", localUpgrade),
		attribute("fota", "flush", localUpgrade),
		attribute("fota", "verify", localUpgrade),
		attribute("fota", "apn_set", func(m *model.Model) bool { return m.FOTA.APNSet }),
		attribute("fota", "download_cancel", func(m *model.Model) bool { return m.FOTA.DownloadCancel }),
		attribute("Power", "powerDownReason", func(m *model.Model) bool { return m.Power.DownReason }),
		ofModule("machine", "RTC", func(m *model.Model) bool { return m.Machine.RTC }),
		ofModule("machine", "WDT", func(m *model.Model) bool { return m.Machine.Watchdog }),
		ofModule("machine", "Signal", func(m *model.Model) bool { return m.Machine.Unix }),
		ofModule("machine", "PinBase", func(m *model.Model) bool { return m.Machine.Unix }),
		attribute("dict", "fromkeys", func(m *model.Model) bool { return m.Language.DictFromKeys }),
		builtin("frozenset", func(m *model.Model) bool { return m.Language.Frozenset }),
		builtin("reversed", func(m *model.Model) bool { return m.Language.Reversed }),
	}
}

// noteLacking tells which models have what an exception misses on this one, if
// there are any: a script that was written for another model fails as on the
// module, and its author learns why.
func (b *Board) noteLacking(exception string) {
	message := exception[strings.LastIndexByte(strings.TrimSuffix(exception, "\n"), '\n')+1:]
	message = strings.TrimSuffix(message, "\n")
	for _, t := range traits() {
		for _, text := range t.missing {
			if message == text && !t.has(b.Dev.Model) {
				b.Dev.Note(fmt.Sprintf("%s is not on %s; models that have it: %s", t.name, b.Dev.Model.Name, strings.Join(model.With(t.has), ", ")))
				return
			}
		}
	}
}

// report writes an exception that nothing catches to the script's stderr, with
// what stands before it.
func (b *Board) report(before string, err error) {
	text := python.FormatException(err)
	_ = python.WriteTo(b.Py.Stderr(), before+text)
	b.noteLacking(text)
}
