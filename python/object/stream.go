package object

// Stream is what makes a type a stream (mp_stream_p_t of py/stream.h). The
// functions get the object and may wait; an error is an exception.
type Stream struct {
	// Read fills p as far as there is data and returns how much; 0 is the end.
	// Nil if the stream cannot be read.
	Read func(t *Thread, self Value, p []byte) (int, error)
	// Write writes some or all of p and returns how much. Nil if the stream
	// cannot be written.
	Write func(t *Thread, self Value, p []byte) (int, error)
	// Seek moves the position (whence as for lseek) and returns it. Nil if the
	// stream has none.
	Seek func(t *Thread, self Value, offset int64, whence int) (int64, error)
	// Flush hands on what was written; Close ends the stream. Nil: nothing to do.
	Flush, Close func(t *Thread, self Value) error
	// Ioctl answers a request by number (MP_STREAM_POLL and the like of
	// py/stream.h). Nil: there are none.
	Ioctl func(t *Thread, self Value, request, arg int64) (int64, error)
	// Text says that read returns str and not bytes.
	Text bool
}

// ErrStream is the OSError for an object that is no stream, or not one for
// what is asked of it (mp_get_stream_raise).
func ErrStream() error { return Raise(OSError, "stream operation not supported") }

// eagain is the error number of a stream that would have to wait.
const eagain = 11

// WouldBlock reports whether err says that a stream without waiting has nothing
// to read or no room to write now: OSError(EAGAIN).
func WouldBlock(err error) bool {
	e, ok := err.(*Exception)
	return ok && e.typ == OSError && len(e.Args.Items) == 1 && e.Args.Items[0] == Int(eagain)
}

// einval is the error number of a request that a stream does not know.
const einval = 22

// NoRequests is the Ioctl of a stream that knows no requests: OSError(EINVAL).
func NoRequests(*Thread, Value, int64, int64) (int64, error) {
	return 0, RaiseArgs(OSError, Int(einval))
}

// StreamPrinter returns a printer that writes to the stream v.
func StreamPrinter(t *Thread, v Value) (*Printer, error) {
	s := v.Type().Stream
	if s == nil || s.Write == nil {
		return nil, ErrStream()
	}
	return NewPrinter(func(text string) error {
		for p := []byte(text); len(p) > 0; {
			n, err := s.Write(t, v, p)
			if WouldBlock(err) {
				return nil // as mp_stream_write_adaptor drops it
			}
			if err != nil {
				return err
			}
			if n <= 0 {
				return nil
			}
			p = p[n:]
		}
		return nil
	}), nil
}
