package firmware

import (
	"errors"
	"fmt"

	"github.com/spf13/afero"

	"qpy/device/model"
	"qpy/device/nvram"
)

// maxStages is how many packages an upgrade has at most: mini FOTA's two.
const maxStages = 2

// recordName is the non-volatile record of the firmware.
const recordName = "firmware.json"

// record is what the boot loader knows. Its fields change together, in one
// step, so an upgrade is either flagged, or applied, or neither.
type record struct {
	Model   string `json:"model"`
	Version string `json:"version"`
	Flagged int    `json:"flaggedStages,omitempty"` // packages in the slot to apply; 0 is none
	APN     *APN   `json:"apn,omitempty"`
}

// loadRecord gives the record of a model, the factory's when none is there.
func loadRecord(system afero.Fs, m *model.Model) (r record, found bool, err error) {
	factory := record{Model: m.Name, Version: m.Identity.QpyVer}
	r = factory
	if found, err = nvram.Load(system, recordName, &r); err != nil {
		return r, false, err
	}
	if r.Model != m.Name {
		// The flash comes from another model: this one's firmware is new on it.
		return factory, found, nil
	}
	// The version goes into package headers, one number further.
	if err = checkName("firmware version", r.Version, false); err == nil {
		err = checkName("next firmware version", NextVersion(r.Version), false)
	}
	if err == nil && (r.Flagged < 0 || r.Flagged > maxStages) {
		err = fmt.Errorf("%d stages", r.Flagged)
	}
	if err != nil {
		return r, found, fmt.Errorf("device record %s is damaged; delete it to start with a new one: %w", recordName, err)
	}
	return r, found, nil
}

// ErrForeign refuses a package that is not in qpy's format, under Strict.
var ErrForeign = errors.New("the package is not in qpy's format; make one with `qpy fota pack`, or leave --strict out")

// MismatchError says that a whole package is not meant for what is here.
type MismatchError struct {
	What      string // "model", "firmware version", "target version" or "kind"
	Want, Got string // what the package wants, what is here
}

func (e *MismatchError) Error() string {
	switch e.What {
	case "kind":
		return fmt.Sprintf("the package is a %s, here a %s is needed; a mini-FOTA upgrade takes stage 1 as url1 and stage 2 as url2", e.Want, e.Got)
	case "target version":
		return fmt.Sprintf("the package of stage 2 upgrades to %s, that of stage 1 to %s", e.Want, e.Got)
	}
	return fmt.Sprintf("the package is for %s %s, this is %s", e.What, e.Want, e.Got)
}

// plan is what an upgrade whose packages were checked will do.
type plan struct {
	to      string // firmware version afterwards
	foreign bool   // a package could be checked for its length alone
}

// examine checks the packages in a slot, every bit of them, and that they are
// meant for this model and version. strict refuses foreign ones.
func examine(s *slot, stages int, m *model.Model, version string, strict bool) (plan, error) {
	p := plan{}
	for stage := 1; stage <= stages; stage++ {
		info, err := s.inspect(stage)
		if err != nil {
			return p, err
		}
		if info.Foreign {
			if strict {
				return p, ErrForeign
			}
			p.foreign = true
			continue
		}
		want := Flags(0)
		if stages > 1 {
			want = Flags(stage) // Stage1, Stage2
		}
		switch {
		case info.Model != m.Name:
			return p, &MismatchError{"model", info.Model, m.Name}
		case info.From != "" && info.From != version:
			return p, &MismatchError{"firmware version", info.From, version}
		case info.Flags != want:
			return p, &MismatchError{"kind", info.Flags.String(), want.String()}
		case p.to != "" && p.to != info.To:
			return p, &MismatchError{"target version", info.To, p.to}
		}
		p.to = info.To
	}
	if p.to == "" {
		p.to = NextVersion(version) // a foreign package does not tell
	}
	return p, nil
}

// Report is what the boot loader did.
type Report struct {
	From, To string // firmware versions before and after; the same when nothing was applied
	Applied  bool
	Foreign  bool  // the package was not in qpy's format: To is a guess
	Refused  error // why a flagged upgrade was not applied
}

// String is one line for the user.
func (r Report) String() string {
	switch {
	case r.Refused != nil:
		return fmt.Sprintf("the upgrade is refused, firmware %s stays: %v", r.From, r.Refused)
	case r.Applied && r.Foreign:
		return fmt.Sprintf("firmware %s -> %s (the package is not in qpy's format; the new version is counted up)", r.From, r.To)
	case r.Applied:
		return fmt.Sprintf("firmware %s -> %s", r.From, r.To)
	}
	return fmt.Sprintf("firmware %s, no upgrade is waiting", r.From)
}

// Boot is the boot loader, at power-on: it applies the upgrade that is flagged,
// if every check that was made before still holds, and clears the flag; if
// not, the old firmware stays. The error is that of a flash that cannot be read
// or written.
func Boot(system afero.Fs, m *model.Model, strict bool) (Report, error) {
	r, _, err := loadRecord(system, m)
	if err != nil {
		return Report{}, err
	}
	report := Report{From: r.Version, To: r.Version}
	s := newSlot(system, m.Flash.SlotSize, m.Flash.RAMBuffer)
	if r.Flagged == 0 {
		return report, s.clear() // what a restart has cut off
	}
	p, err := examine(s, r.Flagged, m, r.Version, strict)
	if err != nil {
		report.Refused = err
	} else {
		report.Applied, report.Foreign, report.To = true, p.foreign, p.to
		r.Version = p.to
	}
	// Version and flag change in one step. The slot is emptied after it: a
	// power cut in between leaves an upgrade that nothing refers to.
	r.Flagged = 0
	if err := nvram.Save(system, recordName, r); err != nil {
		return report, err
	}
	return report, s.clear()
}
