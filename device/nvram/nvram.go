// Package nvram keeps the module's non-volatile items: small records in the
// hidden area of the flash that outlive a restart. A record is either as before
// or as after a Save, never half.
package nvram

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/spf13/afero"
)

// maxRecord is more than any record has; a larger file is not one of ours.
const maxRecord = 64 << 10

// Load reads the record of a name into v. It is false, and v untouched, when
// there is none yet. A record that cannot be read is an error that names the
// file.
func Load(system afero.Fs, name string, v any) (bool, error) {
	f, err := system.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("device record %s: %w", name, err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxRecord))
	if err == nil {
		err = json.Unmarshal(text, v)
	}
	if err != nil {
		return false, fmt.Errorf("device record %s is damaged; delete it to start with a new one: %w", name, err)
	}
	return true, nil
}

// Save writes the record of a name: first under another name, which then takes
// its place.
func Save(system afero.Fs, name string, v any) error {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return fmt.Errorf("device record %s: %w", name, err)
	}
	part := name + ".new"
	if err = write(system, part, append(text, '\n')); err == nil {
		err = system.Rename(part, name)
	}
	if err != nil {
		return fmt.Errorf("device record %s: %w", name, err)
	}
	return nil
}

func write(system afero.Fs, name string, text []byte) error {
	f, err := system.Create(name)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Sync(), f.Close())
}
