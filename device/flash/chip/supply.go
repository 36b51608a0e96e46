package chip

import (
	"errors"
	"time"
)

// ErrPowerCut is the error of every operation from the moment at which the
// power fails until [Supply.Restore].
var ErrPowerCut = errors.New("power cut")

// ErrBadBlock is the error of programming or erasing a block that is worn out.
// It can still be read.
var ErrBadBlock = errors.New("the erase block is worn out")

// Torn says how far the operation gets during which the power fails.
type Torn int

// The ways to fail.
const (
	TornBefore Torn = iota // nothing of it happens
	TornHalf               // half of the page, or of the block, is done
	TornAfter              // it is done, but nobody hears of it
	TornWays               // how many ways there are
)

// Timing is how long operations take, in device time. Zero costs nothing.
type Timing struct {
	Program time.Duration // of a page
	Erase   time.Duration // of a block
}

// Supply feeds the chips of one device: it counts their operations, and fails
// at the one it is told. A Supply without anything set never fails.
type Supply struct {
	Timing    Timing
	Endurance uint32 // erases that a block bears before it is worn out; 0 is any number
	OnCut     func() // hears of the power cut, once; may be nil

	ops    int64
	markAt int64
	mark   func()
	cutAt  int64
	torn   Torn
	off    bool
	busy   time.Duration
}

// Ops is the number of program and erase operations so far. A program
// operation writes one page at most.
func (s *Supply) Ops() int64 { return s.ops }

// CutAfter lets n operations more succeed; the power fails during the one after
// those. A negative n takes the plan back.
func (s *Supply) CutAfter(n int64, how Torn) {
	s.cutAt, s.torn = 0, how
	if n >= 0 {
		s.cutAt = s.ops + n + 1
	}
}

// AfterOp calls fn once when n operations more have been done; see CutAfter for
// those that are not. fn must not use the flash. A nil fn takes the plan back.
func (s *Supply) AfterOp(n int64, fn func()) { s.markAt, s.mark = s.ops+n, fn }

// Off tells whether the power has failed.
func (s *Supply) Off() bool { return s.off }

// Restore brings the power back, and forgets the cut.
func (s *Supply) Restore() { s.off, s.cutAt = false, 0 }

// Busy is how long the operations since the last call have taken.
func (s *Supply) Busy() time.Duration {
	d := s.busy
	s.busy = 0
	return d
}

// spend begins n operations of d each. whole is how many of them succeed; if it
// is fewer, the power fails during the next one, and the caller must say so by
// cut. The error is that of a power that is off already.
func (s *Supply) spend(n int, d time.Duration) (whole int, err error) {
	if s.off {
		return 0, ErrPowerCut
	}
	whole = n
	if s.cutAt > 0 && s.ops+int64(n) >= s.cutAt {
		whole = int(s.cutAt - s.ops - 1)
		s.off = true
		n = whole + 1
	}
	s.ops += int64(n)
	s.busy += time.Duration(n) * d
	if s.mark != nil && s.ops >= s.markAt {
		fn := s.mark
		s.mark = nil
		fn()
	}
	return whole, nil
}

// cut reports the power cut once its traces are in the cells.
func (s *Supply) cut() error {
	if s.OnCut != nil {
		s.OnCut()
	}
	return ErrPowerCut
}
