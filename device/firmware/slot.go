package firmware

import "fmt"

// maxStages is how many packages an upgrade has at most: mini FOTA's two.
const maxStages = 2

// slot is the upgrade slot, where packages wait for the boot loader. Bytes reach
// it through a RAM buffer of fixed size, as on the module, so what was written
// last needs a flush.
type slot struct {
	region Region
	limit  int64   // bytes of all stages together
	sizes  []int64 // of the stages that have begun; the last one's grows
	ram    []byte  // what is not in the flash yet
}

func newSlot(region Region, limit int64, buffer int) *slot {
	return &slot{region: region, limit: limit, ram: make([]byte, 0, buffer)}
}

// total is the bytes of all stages, those in RAM included.
func (s *slot) total() (n int64) {
	for _, size := range s.sizes {
		n += size
	}
	return n
}

// written is the bytes of the stage that began last, those in RAM included.
func (s *slot) written() int64 {
	if len(s.sizes) == 0 {
		return 0
	}
	return s.sizes[len(s.sizes)-1]
}

// begin opens a stage; the first one empties the slot. size is the announced
// length, -1 when there is none: what does not fit is refused before anything
// is written.
func (s *slot) begin(stage int, size int64) error {
	if size == 0 {
		return ErrEmpty
	}
	before := s.total()
	if stage == 1 {
		before = 0
	}
	if size > s.limit-before {
		return &TooLargeError{Size: size, Limit: s.limit - before}
	}
	if stage == 1 {
		s.clear()
	}
	s.sizes = append(s.sizes, 0)
	s.ram = s.ram[:0]
	return nil
}

// write takes more bytes of the stage.
func (s *slot) write(p []byte) error {
	if total := s.total(); total+int64(len(p)) > s.limit {
		return &TooLargeError{Size: -1, Limit: s.limit - total + s.written()}
	}
	for len(p) > 0 {
		n := min(len(p), cap(s.ram)-len(s.ram))
		s.ram = append(s.ram, p[:n]...)
		s.sizes[len(s.sizes)-1] += int64(n)
		p = p[n:]
		if len(s.ram) == cap(s.ram) {
			if err := s.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

// flush writes the RAM buffer to the flash.
func (s *slot) flush() error {
	if len(s.ram) == 0 {
		return nil
	}
	at := stageAt(s.region, s.sizes[:len(s.sizes)-1]) + s.written() - int64(len(s.ram))
	if _, err := s.region.WriteAt(s.ram, at); err != nil {
		return fmt.Errorf("write the upgrade slot: %w", err)
	}
	s.ram = s.ram[:0]
	return nil
}

// flushed tells whether the flash has every byte that was written.
func (s *slot) flushed() bool { return len(s.ram) == 0 }

// packages are what is in the flash.
func (s *slot) packages() packages { return packagesIn(s.region, s.sizes) }

// clear forgets the packages. The flash keeps their bytes until the next ones
// need the place: nothing refers to them.
func (s *slot) clear() { s.sizes, s.ram = nil, s.ram[:0] }
