package network

import (
	"errors"
	"io"
	"math/bits"
	"time"
)

// A chunk is what arrives in tick of device time, within bounds: many enough
// that a download shows its progress, few enough that a long one is cheap to
// simulate.
const (
	tick      = 20 * time.Millisecond
	minChunk  = 1 << 10
	maxChunk  = 64 << 10
	minChunks = 50 // of a file of known size, unless its chunks would fall below minChunk
)

// stream is the body of a virtual transfer on its way.
type stream struct {
	t     *Transfer
	r     *Response
	start time.Duration // device time of the first byte
	got   int64         // bytes that have arrived
	buf   []byte
}

func (s *stream) chunkSize() int64 {
	size := s.t.n.opts.Bandwidth / int64(time.Second/tick)
	if s.r.Size >= 0 {
		size = min(size, s.r.Size/minChunks)
	}
	return min(max(size, minChunk), maxChunk)
}

// schedule sets up the arrival of the next chunk. Its moment is counted from
// the first byte, so that no rounding adds up.
func (s *stream) schedule() {
	want := int64(len(s.buf))
	if s.r.Size >= 0 {
		want = min(want, s.r.Size-s.got)
	}
	n, err := io.ReadFull(s.r.Body, s.buf[:want])
	if want == 0 {
		err = io.EOF
	}
	arrival := s.start + duration(s.got+int64(n), s.t.n.opts.Bandwidth)
	s.t.after(max(arrival-s.t.n.k.Now(), 0), func() { s.arrive(n, err) })
}

func (s *stream) arrive(n int, err error) {
	if n > 0 {
		s.got += int64(n)
		if err := s.t.handler.Data(s.buf[:n]); err != nil {
			s.t.end(err)
			return
		}
		if s.t.over {
			return
		}
	}
	switch {
	case s.got == s.r.Size:
		s.t.end(nil)
	case err == nil:
		s.schedule()
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		if s.r.Size < 0 {
			s.t.end(nil)
			return
		}
		s.t.end(short(s.t.name, s.got, s.r.Size))
	case errors.Is(err, ErrSilent):
		s.t.after(s.t.n.opts.Timeout, func() { s.t.end(asError(s.t.name, err)) })
	default:
		s.t.end(asError(s.t.name, err))
	}
}

// duration is the time that n bytes take at a rate of bytes a second.
func duration(n, rate int64) time.Duration {
	hi, lo := bits.Mul64(uint64(n), uint64(time.Second))
	if hi >= uint64(rate) {
		return 1<<63 - 1
	}
	q, _ := bits.Div64(hi, lo, uint64(rate))
	return time.Duration(min(q, 1<<63-1))
}
