package firmware

import (
	"errors"
	"fmt"
)

// local is an upgrade that a script writes piece by piece.
type local struct {
	size int64 // file_size, the same at every write
	err  error // why a write was refused: the rest is, too, until fota() or verify
}

// Write is fota.write: bytes of a package of size bytes in all. The first one
// begins an upgrade. A script that does not look at the result writes on and
// on: of an upgrade that fails only the first refusal is noted.
func (s *Service) Write(data []byte, size int64) int {
	defer s.o.Settle()
	if err := s.write(data, size); err != nil {
		if text := "fota.write: " + err.Error(); text != s.writeNote {
			s.writeNote = text
			s.tell("%s", text)
		}
		return Error
	}
	s.writeNote = ""
	return OK
}

func (s *Service) write(data []byte, size int64) error {
	if why := s.busy(); why != "" {
		return errors.New(why)
	}
	if s.local == nil {
		if size <= 0 {
			return fmt.Errorf("file_size %d; give the whole package's size in bytes", size)
		}
		if err := s.beginLocal(size); err != nil {
			return err
		}
	}
	l := s.local
	err := l.err
	switch total := s.slot.written() + int64(len(data)); {
	case err != nil:
	case size != l.size:
		err = fmt.Errorf("file_size is %d, it was %d before; it is the whole package's size at every call", size, l.size)
	case total > l.size:
		err = fmt.Errorf("%d bytes are more than file_size %d", total, l.size)
	default:
		err = s.slot.write(data)
	}
	l.err = err
	return err
}

func (s *Service) beginLocal(size int64) error {
	// A package too large must not cost an upgrade that is flagged already.
	if size > s.slot.limit {
		return &TooLargeError{Size: size, Limit: s.slot.limit}
	}
	if err := s.unflag(); err != nil {
		return err
	}
	if err := s.slot.begin(1, size); err != nil {
		return err
	}
	s.local = &local{size: size}
	return nil
}

// Flush is fota.flush: what is left in RAM reaches the slot.
func (s *Service) Flush() int {
	defer s.o.Settle()
	switch {
	case s.local == nil:
		return s.refuse("fota.flush: nothing was written; call fota.write first")
	case s.local.err != nil:
		return s.refuse("fota.flush: a write of this upgrade failed; begin again with fota()")
	}
	if err := s.slot.flush(); err != nil {
		s.local.err = err
		return s.refuse("fota.flush: %v", err)
	}
	return OK
}

// Verify is fota.verify: OK when the whole package is in the slot, intact and
// meant for this device. It is flagged then: the next restart applies it.
// Otherwise it is dropped, except when only a flush is missing.
func (s *Service) Verify() int {
	defer s.o.Settle()
	l := s.local
	if l == nil {
		if s.Flagged() { // a second verify
			if _, err := s.examine(packagesIn(s.o.Storage.Package, s.record.Stages)); err == nil {
				return OK
			}
		}
		return s.refuse("fota.verify: there is no package; write it with fota.write and fota.flush")
	}
	if l.err == nil && !s.slot.flushed() {
		return s.refuse("fota.verify: the last bytes are still in RAM; call fota.flush first")
	}
	s.local = nil
	fail := func(format string, args ...any) int {
		s.slot.clear()
		return s.refuse("fota.verify: "+format, args...)
	}
	switch {
	case l.err != nil:
		return fail("a write of this upgrade failed; begin again with fota()")
	case s.slot.written() != l.size:
		return fail("%d of %d bytes were written", s.slot.written(), l.size)
	}
	if err := s.flag(); err != nil {
		return fail("%v", err)
	}
	return OK
}
