package firmware

import (
	"fmt"

	"qpy/device/model"
	"qpy/device/nvram"
)

// recordName is the non-volatile record of the firmware.
const recordName = "firmware.json"

// state is where an upgrade is. Each step ends with the record's change to the
// next state; a power cut in a step leaves the state before it, and the step is
// done again from its beginning.
type state string

// The states of an upgrade.
const (
	idle     state = ""         // none waits
	flagged  state = "flagged"  // packages are in the upgrade slot, checked
	applying state = "applying" // the other image slot is being written
	trial    state = "trial"    // the new image is the one to start, and has not started yet
)

// record is what the boot loader knows. Its fields change together, in one
// step.
type record struct {
	Model   string       `json:"model"`
	Version string       `json:"version"`
	New     bool         `json:"new,omitempty"` // the device has not been set up yet
	State   state        `json:"state,omitempty"`
	Stages  []int64      `json:"packages,omitempty"` // sizes of the packages in the upgrade slot
	Active  int          `json:"slot"`               // image slot that runs
	Images  [2]installed `json:"images"`
	Before  string       `json:"versionBefore,omitempty"` // on trial: that of the other slot
	Foreign bool         `json:"foreign,omitempty"`       // on trial: the version is a guess
	APN     *APN         `json:"apn,omitempty"`
}

// other is the image slot that does not run.
func (r *record) other() int { return 1 - r.Active }

// drop forgets the upgrade.
func (r *record) drop() { r.State, r.Stages, r.Before, r.Foreign = idle, nil, "", false }

// loadRecord gives the record of a model, the factory's when none is there.
func loadRecord(st Storage, m *model.Model) (r record, found bool, err error) {
	factory := record{Model: m.Name, Version: m.Identity.QpyVer, New: true}
	if found, err = nvram.Load(st.Records, recordName, &r); err != nil {
		return r, false, err
	}
	if !found {
		return factory, false, nil
	}
	if r.Model != m.Name {
		// The flash comes from another model: this one's firmware is new on it.
		factory.New = false
		return factory, true, nil
	}
	if err := r.check(st); err != nil {
		return r, true, fmt.Errorf("device record %s is damaged; delete it to start with a new one: %w", recordName, err)
	}
	return r, true, nil
}

func (r *record) check(st Storage) error {
	if err := checkName("firmware version", r.Version, false); err != nil {
		return err
	}
	stages := len(r.Stages)
	switch {
	case r.State != idle && r.State != flagged && r.State != applying && r.State != trial:
		return fmt.Errorf("state %q", r.State)
	case stages > maxStages, (r.State == flagged || r.State == applying) && stages == 0:
		return fmt.Errorf("%d stages", stages)
	case r.Active != 0 && r.Active != 1:
		return fmt.Errorf("image slot %d", r.Active)
	}
	total := int64(0)
	for _, size := range r.Stages {
		if size <= 0 || size > st.Package.Size()-total {
			return fmt.Errorf("a package of %d bytes", size)
		}
		total += size + st.Package.BlockSize()
	}
	for slot, i := range r.Images {
		if i != (installed{}) && !i.fits(st.Images[slot]) {
			return fmt.Errorf("an image of %d bytes with SHA-256 %q in slot %d", i.Size, i.Digest, slot)
		}
	}
	return nil
}

func (r *record) save(st Storage) error { return nvram.Save(st.Records, recordName, r) }

// Installed tells of which model and version the firmware is whose record is in
// a store; both are "" when there is none yet.
func Installed(store nvram.Store) (model, version string, err error) {
	var r record
	_, err = nvram.Load(store, recordName, &r)
	return r.Model, r.Version, err
}
