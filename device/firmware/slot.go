package firmware

import (
	"fmt"
	"io"

	"github.com/spf13/afero"
)

// slot is the place in the flash's hidden area where an upgrade waits for the
// boot loader: one file a stage. Bytes reach it through a RAM buffer of fixed
// size, as on the module, so what was written last needs a flush.
type slot struct {
	system afero.Fs
	limit  int64 // bytes of all stages together
	ram    []byte

	file    afero.File // of the stage being written; nil between stages
	stage   int        // from 1
	written int64      // bytes of this stage, those in RAM included
	before  int64      // bytes of the stages before
}

func newSlot(system afero.Fs, limit int64, buffer int) *slot {
	return &slot{system: system, limit: limit, ram: make([]byte, 0, buffer)}
}

// stageName is the file of a stage.
func stageName(stage int) string { return fmt.Sprintf("slot%d.bin", stage) }

// begin opens a stage; the first one empties the slot. size is the announced
// length, -1 when there is none: what does not fit is refused before anything
// is written.
func (s *slot) begin(stage int, size int64) error {
	if size == 0 {
		return ErrEmpty
	}
	before := s.before + s.written
	if stage == 1 {
		before = 0
	}
	if size > s.limit-before {
		return &TooLargeError{Size: size, Limit: s.limit - before}
	}
	if stage == 1 {
		if err := s.clear(); err != nil {
			return err
		}
	}
	f, err := s.system.Create(stageName(stage))
	if err != nil {
		return fmt.Errorf("open the upgrade slot: %w", err)
	}
	s.file, s.stage, s.written, s.before = f, stage, 0, before
	s.ram = s.ram[:0]
	return nil
}

// write takes more bytes of the stage.
func (s *slot) write(p []byte) error {
	if s.before+s.written+int64(len(p)) > s.limit {
		return &TooLargeError{Size: -1, Limit: s.limit - s.before}
	}
	s.written += int64(len(p))
	for len(p) > 0 {
		n := min(len(p), cap(s.ram)-len(s.ram))
		s.ram = append(s.ram, p[:n]...)
		p = p[n:]
		if len(s.ram) == cap(s.ram) {
			if err := s.spill(); err != nil {
				return err
			}
		}
	}
	return nil
}

// spill writes the RAM buffer to the flash.
func (s *slot) spill() error {
	if _, err := s.file.Write(s.ram); err != nil {
		return fmt.Errorf("write the upgrade slot: %w", err)
	}
	s.ram = s.ram[:0]
	return nil
}

// flush writes what is left in RAM, and makes sure that the flash has it all.
func (s *slot) flush() error {
	if err := s.spill(); err != nil {
		return err
	}
	if err := s.file.Sync(); err != nil {
		return fmt.Errorf("flush the upgrade slot: %w", err)
	}
	return nil
}

// flushed tells whether the flash has every byte that was written.
func (s *slot) flushed() bool { return len(s.ram) == 0 }

// end closes the stage.
func (s *slot) end() error {
	if s.file == nil {
		return nil
	}
	f := s.file
	s.file = nil
	return f.Close()
}

// clear empties the slot.
func (s *slot) clear() error {
	s.end()
	s.ram, s.written, s.before = s.ram[:0], 0, 0
	for stage := 1; stage <= maxStages; stage++ {
		name := stageName(stage)
		if ok, err := afero.Exists(s.system, name); err != nil || !ok {
			continue
		}
		if err := s.system.Remove(name); err != nil {
			return fmt.Errorf("empty the upgrade slot: %w", err)
		}
	}
	return nil
}

// inspect checks every bit of a stage.
func (s *slot) inspect(stage int) (Info, error) {
	f, err := s.system.Open(stageName(stage))
	if err != nil {
		return Info{}, fmt.Errorf("read the upgrade slot: %w", err)
	}
	defer f.Close()
	return Inspect(io.Reader(f), s.limit)
}
