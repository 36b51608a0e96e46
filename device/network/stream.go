package network

import (
	"errors"
	"fmt"
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
	minChunks = 50 // of a body of known length, unless its chunks would fall below minChunk
)

// stream is the body of a virtual connection on its way.
type stream struct {
	c      *connection
	length int64 // announced, -1 when it is not
	body   io.Reader
	got    int64 // bytes that have arrived
	buf    []byte

	rate  int64         // bytes a second since start
	start time.Duration // when the rate began to hold
	base  int64         // bytes that had arrived then
	last  time.Duration // the latest arrival: bytes come in order
	stood time.Duration // of the transfer, when it was looked at last
}

func newStream(c *connection, length int64, body io.Reader) *stream {
	s := &stream{c: c, length: length, body: body, stood: c.t.stood}
	s.pace()
	size := s.rate / int64(time.Second/tick)
	if length >= 0 {
		size = min(size, length/minChunks)
	}
	s.buf = make([]byte, min(max(size, minChunk), maxChunk))
	return s
}

// pace looks whether the path has changed. As long as it has not, moments are
// counted from the first byte, so that no rounding adds up.
func (s *stream) pace() {
	s.start += s.c.t.stood - s.stood
	s.stood = s.c.t.stood
	s.c.way = s.c.t.n.pathTo(s.c.server)
	if now := s.c.t.n.k.Now(); s.rate != s.c.way.bandwidth {
		s.rate, s.start, s.base = s.c.way.bandwidth, now, s.got
	}
}

// schedule sets up the arrival of the next chunk.
func (s *stream) schedule() {
	t, n := s.c.t, s.c.t.n
	s.pace()
	want := min(int64(len(s.buf)), n.untilMark())
	if s.length >= 0 {
		want = min(want, s.length-s.got)
	}
	count, err := io.ReadFull(s.body, s.buf[:want])
	if want == 0 {
		err = io.EOF
	}
	at := s.start + duration(s.got+int64(count)-s.base, s.rate) + s.c.way.late(n.k.Rand())
	resent, ok := s.c.way.resend(n.k.Rand(), count, n.opts.Timeout)
	s.start += resent // what is behind a lost packet waits for it
	s.last = max(s.last, at+resent, n.k.Now())
	if !ok {
		t.after(s.last-n.k.Now(), func() { t.failed(fmt.Errorf("%w: packets are lost", ErrSilent)) })
		return
	}
	t.after(s.last-n.k.Now(), func() { s.arrive(count, err) })
}

func (s *stream) arrive(count int, err error) {
	t := s.c.t
	if count > 0 {
		s.got += int64(count)
		if !t.received(s.buf[:count]) {
			return
		}
	}
	switch {
	case s.got == s.length:
		t.ended()
	case err == nil:
		s.schedule()
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		t.ended()
	case errors.Is(err, ErrSilent):
		t.silence(detail(err, ErrSilent))
	default:
		t.failed(err)
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
