package firmware

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"qpy/device/kernel"
	"qpy/device/model"
	"qpy/device/network"
	"qpy/device/power"
)

// What the methods of fota return to a script.
const (
	OK    = 0
	Error = -1
)

// Options are what a Service works with; all are needed but Policy, Settle and
// Busy.
type Options struct {
	Kernel  *kernel.Kernel
	Network *network.Network
	Power   *power.Power
	Model   *model.Model
	Storage Storage
	Note    func(string) // hears in one line why something was refused
	Policy  Policy
	Settle  func() // lets the running task wait for the time that the flash has taken; may be nil

	// Busy is the time that the flash has taken since the last call, or the last
	// Settle; nil is none.
	Busy func() time.Duration
}

// Service is the one upgrade of a device, as the module fota sees it. Its
// methods are the kernel's: only the running task, an event or a callback may
// call them.
type Service struct {
	o            Options
	record       record
	slot         *slot
	resetDisable bool
	local        *local        // an upgrade being written by the script; nil is none
	writeNote    string        // what Write has noted last
	running      *download     // nil is none
	restart      *kernel.Event // the automatic restart to come; nil is none
}

// New makes the service, after Boot.
func New(o Options) (*Service, error) {
	r, found, err := loadRecord(o.Storage, o.Model)
	if err != nil {
		return nil, err
	}
	if !found || r.Images[r.Active] == (installed{}) {
		return nil, errors.New("firmware: the boot loader has not run")
	}
	if r.APN != nil {
		o.Network.SetAPN(r.APN.bearer())
	}
	if o.Settle == nil {
		o.Settle = func() {}
	}
	if o.Busy == nil {
		o.Busy = func() time.Duration { return 0 }
	}
	return &Service{o: o, record: r, slot: newSlot(o.Storage.Package, o.Model.Flash.SlotSize, o.Model.Flash.RAMBuffer)}, nil
}

// Fresh tells whether the device is new: nobody has called Delivered.
func (s *Service) Fresh() bool { return s.record.New }

// Delivered says that a new device is set up.
func (s *Service) Delivered() error {
	s.record.New = false
	return s.save()
}

// Version is the firmware version that runs now: qpyver of uos.uname().
func (s *Service) Version() string { return s.record.Version }

// Flagged tells whether a checked upgrade waits for the next restart.
func (s *Service) Flagged() bool { return s.record.State == flagged }

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
		s.slot.clear()
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
	s.o.Settle()
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
	if s.record.State != flagged {
		return nil
	}
	s.record.drop()
	return s.save()
}

// examine checks packages as the boot loader will.
func (s *Service) examine(p packages) (plan, error) {
	r := &s.record
	t := target{model: s.o.Model, version: r.Version, image: r.Images[r.Active], slot: s.o.Storage.Images[r.other()].Size(), policy: s.o.Policy}
	return t.examine(p)
}

// flag checks the slot, and flags it.
func (s *Service) flag() error {
	p, err := s.examine(s.slot.packages())
	if err != nil {
		return err
	}
	if p.foreign {
		s.tell("fota: the package is not in qpy's format: only its length was checked (--strict refuses it; `qpy fota pack` makes one that can be checked)")
	}
	s.record.State, s.record.Stages = flagged, slices.Clone(s.slot.sizes)
	if err := s.save(); err != nil {
		s.record.drop()
		return err
	}
	return nil
}

func (s *Service) save() error { return s.record.save(s.o.Storage) }

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
