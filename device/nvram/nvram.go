// Package nvram keeps the module's non-volatile items: small records in the
// hidden part of the flash that outlive a restart. A record is either as before
// or as after a Save, never half.
package nvram

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
)

// Store is where the records are, flash.System on a device. It writes a record
// at once or not at all; one that is not there reads as fs.ErrNotExist.
type Store interface {
	ReadRecord(name string) ([]byte, error)
	WriteRecord(name string, data []byte) error
}

// Load reads the record of a name into v. It is false, and v untouched, when
// there is none yet. A record that cannot be read is an error that names the
// file.
func Load(store Store, name string, v any) (bool, error) {
	text, err := store.ReadRecord(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("device record %s: %w", name, err)
	}
	if err := json.Unmarshal(text, v); err != nil {
		return false, fmt.Errorf("device record %s is damaged; delete it to start with a new one: %w", name, err)
	}
	return true, nil
}

// Save writes the record of a name.
func Save(store Store, name string, v any) error {
	text, err := json.MarshalIndent(v, "", "  ")
	if err == nil {
		err = store.WriteRecord(name, append(text, '\n'))
	}
	if err != nil {
		return fmt.Errorf("device record %s: %w", name, err)
	}
	return nil
}
