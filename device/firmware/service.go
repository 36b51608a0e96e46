package firmware

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/afero"

	"qpy/device/kernel"
	"qpy/device/model"
	"qpy/device/network"
	"qpy/device/nvram"
	"qpy/device/power"
)

// What the methods of fota return to a script.
const (
	OK    = 0
	Error = -1
)

// Options are what a Service works with; all are needed but Strict.
type Options struct {
	Kernel  *kernel.Kernel
	Network *network.Network
	Power   *power.Power
	Model   *model.Model
	System  afero.Fs     // the flash's hidden area
	Note    func(string) // hears in one line why something was refused
	Strict  bool         // refuse packages that are not in qpy's format
}

// Service is the one upgrade of a device, as the module fota sees it. Its
// methods are the kernel's: only the running task, an event or a callback may
// call them.
type Service struct {
	o            Options
	record       record
	fresh        bool // no record was there: the flash is new
	slot         *slot
	resetDisable bool
	local        *local        // an upgrade being written by the script; nil is none
	writeNote    string        // what Write has noted last
	running      *download     // nil is none
	restart      *kernel.Event // the automatic restart to come; nil is none
}

// New makes the service after Boot.
func New(o Options) (*Service, error) {
	r, found, err := loadRecord(o.System, o.Model)
	if err != nil {
		return nil, err
	}
	if r.APN != nil {
		o.Network.SetAPN(r.APN.bearer())
	}
	s := &Service{o: o, record: r, fresh: !found, slot: newSlot(o.System, o.Model.Flash.SlotSize, o.Model.Flash.RAMBuffer)}
	return s, s.save()
}

// Fresh tells whether the flash had no firmware's record before: a new device.
func (s *Service) Fresh() bool { return s.fresh }

// Close lets go of the slot. The kernel must not run any more.
func (s *Service) Close() error { return s.slot.end() }

// Version is the firmware version that runs now: qpyver of uos.uname().
func (s *Service) Version() string { return s.record.Version }

// Flagged tells whether a checked upgrade waits for the next restart.
func (s *Service) Flagged() bool { return s.record.Flagged > 0 }

// Open is fota(reset_disable=…): the device's one upgrade opened anew. What a
// script has written without verifying it is dropped; a running download and a
// flagged upgrade stay. On some models the restart cannot be disabled.
func (s *Service) Open(resetDisable bool) {
	s.resetDisable = resetDisable
	if resetDisable && s.o.Model.FOTA.ResetDisableIgnored {
		s.tell("fota: %s ignores reset_disable, it restarts after every download; a model that obeys it is %s", s.o.Model.Name, model.Generic)
	}
	if s.local != nil {
		s.local = nil
		if err := s.slot.clear(); err != nil {
			s.tell("fota: %v", err)
		}
	}
}

// APN is what apn_set sets for downloads.
type APN struct {
	Name     string `json:"name"`
	IPType   int    `json:"ipType"` // 0 IPv4, 1 IPv6
	User     string `json:"user"`
	Password string `json:"password"`
}

// bearer is what the network is asked for.
func (a APN) bearer() network.APN {
	return network.APN{Name: a.Name, User: a.User, Password: a.Password}
}

// SetAPN is apn_set: OK once the APN is written to the flash, where it outlives
// a restart. Downloads that begin from now on need an operator that has it.
func (s *Service) SetAPN(apn APN) int {
	if apn.IPType != 0 && apn.IPType != 1 {
		return s.refuse("apn_set: ip_type %d; use 0 for IPv4, 1 for IPv6", apn.IPType)
	}
	old := s.record.APN
	s.record.APN = &apn
	if err := s.save(); err != nil {
		s.record.APN = old
		return s.refuse("apn_set: %v", err)
	}
	s.o.Network.SetAPN(apn.bearer())
	return OK
}

// APN is the APN for downloads, nil when none was set.
func (s *Service) APN() *APN { return s.record.APN }

// busy says why no other upgrade can begin now, "" if it can.
func (s *Service) busy() string {
	switch {
	case s.running != nil:
		return "a download is running; wait for its end, or end it with download_cancel() where the model has it"
	case s.restart != nil && s.restart.Pending():
		return "the upgrade is complete and the device is about to restart"
	}
	return ""
}

// unflag takes back the flag of an earlier upgrade before its slot is written.
func (s *Service) unflag() error {
	if s.record.Flagged == 0 {
		return nil
	}
	s.record.Flagged = 0
	return s.save()
}

// flag checks the slot as the boot loader will, and flags it.
func (s *Service) flag(stages int) error {
	p, err := examine(s.slot, stages, s.o.Model, s.record.Version, s.o.Strict)
	if err != nil {
		return err
	}
	if p.foreign {
		s.tell("fota: the package is not in qpy's format: only its length was checked (--strict refuses it; `qpy fota pack` makes one that can be checked)")
	}
	s.record.Flagged = stages
	if err := s.save(); err != nil {
		s.record.Flagged = 0
		return err
	}
	return nil
}

func (s *Service) save() error { return nvram.Save(s.o.System, recordName, s.record) }

// refuse notes why and returns Error.
func (s *Service) refuse(format string, args ...any) int {
	s.tell(format, args...)
	return Error
}

func (s *Service) tell(format string, args ...any) { s.o.Note(fmt.Sprintf(format, args...)) }

// having names the models that have a trait, for a note on one that has not.
func having(has func(*model.Model) bool) string { return strings.Join(model.With(has), ", ") }

// settle is the device time between the end of a download and its result: the
// last callback is queued, and runs, before httpDownload returns.
const settle = 10 * time.Millisecond
