package firmware

import (
	"errors"
	"fmt"
	"io"

	"qpy/device/firmware/delta"
	"qpy/device/flash/chip"
	"qpy/device/model"
)

// Report is what the boot loader did.
type Report struct {
	From, To string // firmware versions before and after; the same when nothing was applied
	Applied  bool
	Foreign  bool  // the package was not in qpy's format: To is a guess
	Refused  error // why a flagged upgrade was not applied
	Undone   bool  // the upgrade had begun: it was rolled back
	Repaired bool  // the image was damaged: the factory's is installed

	Installed bool // the device is new: it has got its image at the factory
}

// Remarkable tells whether there is something to say to the user.
func (r Report) Remarkable() bool { return r.Applied || r.Refused != nil || r.Repaired }

// String is one line for the user.
func (r Report) String() string {
	switch {
	case r.Repaired:
		return fmt.Sprintf("the image of firmware %s was damaged: the factory's %s is installed", r.From, r.To)
	case r.Refused != nil && r.Undone:
		return fmt.Sprintf("the upgrade failed and is rolled back, firmware %s stays: %v", r.To, r.Refused)
	case r.Refused != nil:
		return fmt.Sprintf("the upgrade is refused, firmware %s stays: %v", r.From, r.Refused)
	case r.Applied && r.Foreign:
		return fmt.Sprintf("firmware %s -> %s (the package is not in qpy's format; the new version is counted up)", r.From, r.To)
	case r.Applied:
		return fmt.Sprintf("firmware %s -> %s", r.From, r.To)
	}
	return fmt.Sprintf("firmware %s, no upgrade is waiting", r.From)
}

// Boot is the boot loader, at power-on. An upgrade that is flagged goes through
// these steps, and each is done again from its beginning if the power fails in
// it:
//
//	flagged   every check that was made before is made again; what fails is refused
//	applying  the packages, in order, make the new image in the slot that does not run
//	trial     the new image is the one to start; if it is not whole, the old one is again
//
// and is confirmed at the end. So there is always one image slot that is whole.
// The error is that of a flash that cannot be read or written.
func Boot(st Storage, m *model.Model, policy Policy) (Report, error) {
	r, _, err := loadRecord(st, m)
	if err != nil {
		return Report{}, err
	}
	l := loader{st: st, m: m, policy: policy, r: r, report: Report{From: r.Version, To: r.Version}}
	if r.Images[r.Active] == (installed{}) {
		l.report.Installed = true
		if err := l.install(); err != nil {
			return l.report, err
		}
	}
	for l.r.State != idle {
		if err := l.step(); err != nil {
			return l.report, err
		}
	}
	return l.report, l.start()
}

// loader is one run of the boot loader.
type loader struct {
	st     Storage
	m      *model.Model
	policy Policy
	r      record
	report Report
	whole  bool // the image that runs was checked
}

// install puts the factory's image of the version in the record into the slot
// that runs.
func (l *loader) install() error {
	w := newImageWriter(l.st.Images[l.r.Active])
	err := copyAll(w, Image(l.m, l.r.Version, FactorySize))
	if err == nil {
		l.r.Images[l.r.Active], err = w.end()
	}
	if err != nil {
		return fmt.Errorf("install the firmware: %w", err)
	}
	l.whole = true // it was written just now
	return l.r.save(l.st)
}

// step does the step that the state asks for.
func (l *loader) step() error {
	if l.r.State == trial {
		return l.confirm()
	}
	begun := l.r.State == applying
	p, err := l.examine()
	if err == nil && !begun {
		l.r.State = applying
		if err := l.r.save(l.st); err != nil {
			return err
		}
		begun = true
	}
	if err == nil {
		err = l.apply(p)
	}
	if err != nil {
		return l.refuse(err, begun)
	}
	return l.r.save(l.st)
}

func (l *loader) examine() (plan, error) {
	t := target{model: l.m, version: l.r.Version, image: l.r.Images[l.r.Active], slot: l.st.Images[l.r.other()].Size(), policy: l.policy}
	return t.examine(packagesIn(l.st.Package, l.r.Stages))
}

// refuse drops the upgrade: what runs stays. A power cut drops nothing.
func (l *loader) refuse(why error, undone bool) error {
	if errors.Is(why, chip.ErrPowerCut) {
		return why
	}
	l.report.Refused, l.report.Undone = why, undone
	l.r.drop()
	return l.r.save(l.st)
}

// apply makes the new image out of the packages, and the one to start.
func (l *loader) apply(p plan) error {
	s := packagesIn(l.st.Package, l.r.Stages)
	w := newImageWriter(l.st.Images[l.r.other()])
	for i, info := range p.stages {
		payload := s.payload(i+1, info)
		var err error
		if !info.Foreign && info.Flags&Delta != 0 {
			_, err = delta.Apply(w, l.running(), payload, w.slot.Size())
		} else {
			err = copyAll(w, payload)
		}
		if err != nil {
			return fmt.Errorf("apply the upgrade: %w", err)
		}
	}
	made, err := w.end()
	if err != nil {
		return fmt.Errorf("apply the upgrade: %w", err)
	}
	l.r.Before, l.r.Version, l.r.Foreign = l.r.Version, p.to, p.foreign
	l.r.Active, l.r.State = l.r.other(), trial
	l.r.Images[l.r.Active] = made
	return nil
}

// running reads the image that runs.
func (l *loader) running() io.ReaderAt {
	return io.NewSectionReader(l.st.Images[l.r.Active], 0, l.r.Images[l.r.Active].Size)
}

// errSpoiled is an image that is not as it was written.
var errSpoiled = errors.New("the new image is damaged")

// confirm ends an upgrade: the new image is whole, or the old one comes back.
func (l *loader) confirm() error {
	whole, err := l.r.Images[l.r.Active].whole(l.st.Images[l.r.Active])
	if errors.Is(err, chip.ErrPowerCut) {
		return err
	}
	before := l.r.Before
	if err == nil && whole {
		l.whole = true
		l.report = Report{From: before, To: l.r.Version, Applied: true, Foreign: l.r.Foreign}
	} else {
		l.report = Report{From: before, To: before, Refused: errSpoiled, Undone: true}
		l.r.Images[l.r.Active] = installed{}
		l.r.Active, l.r.Version = l.r.other(), before
	}
	l.r.drop()
	return l.r.save(l.st)
}

// start checks the image that runs from now on. One that was damaged in a
// folder of the host comes anew from the factory.
func (l *loader) start() error {
	if l.whole {
		return nil
	}
	whole, err := l.r.Images[l.r.Active].whole(l.st.Images[l.r.Active])
	if err != nil || whole {
		return err
	}
	l.r.Version = l.m.Identity.QpyVer
	l.report = Report{From: l.report.From, To: l.r.Version, Repaired: true}
	return l.install()
}
