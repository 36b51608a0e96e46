// Package stream gives types that are streams their methods: read, readline,
// write and the rest, over the few functions of object.Stream (py/stream.c).
package stream

import (
	"io"

	"qpy/python/object"
)

// method makes a method that a stream can have.
func method(name string) object.Value {
	switch name {
	case "read":
		return object.FuncVar(name, 1, 2, read)
	case "readinto":
		return object.FuncVar(name, 2, 3, readInto)
	case "readline":
		return object.FuncVar(name, 1, 2, readLine)
	case "readlines":
		return object.Func1(name, readLines)
	case "write":
		return object.FuncVar(name, 2, 4, write)
	case "seek":
		return object.FuncVar(name, 2, 3, seek)
	case "tell":
		return object.Func1(name, tell)
	case "flush":
		return object.Func1(name, flush)
	case "close":
		return object.Func1(name, closeStream)
	case "__enter__":
		return object.Func1(name, object.Identity)
	case "__exit__":
		return object.FuncVar(name, 4, 4, exit)
	}
	panic("stream: no stream has a method " + name)
}

func tell(t *object.Thread, self object.Value) (object.Value, error) {
	return seekTo(t, self, 0, io.SeekCurrent)
}

func flush(t *object.Thread, self object.Value) (object.Value, error) {
	return object.None, run(self.Type().Stream.Flush, t, self)
}

func closeStream(t *object.Thread, self object.Value) (object.Value, error) {
	return object.None, run(self.Type().Stream.Close, t, self)
}

func exit(t *object.Thread, args []object.Value) (object.Value, error) {
	return closeStream(t, args[0])
}

// Define gives a type with a Stream the methods of a file: all those that the
// stream supports, and the with statement. [Iterate] is not among them. For
// functions given to object.DefineLater.
func Define(ty *object.Type) {
	if ty.Stream.Read != nil {
		DefineOnly(ty, "read", "readinto", "readline", "readlines")
	}
	if ty.Stream.Write != nil {
		DefineOnly(ty, "write")
	}
	if ty.Stream.Seek != nil {
		DefineOnly(ty, "seek", "tell")
	}
	DefineOnly(ty, "flush", "close", "__enter__", "__exit__")
}

// DefineOnly gives a type with a Stream the methods of these names and no
// others. For functions given to object.DefineLater.
func DefineOnly(ty *object.Type, names ...string) {
	for _, name := range names {
		ty.Define(name, method(name))
	}
}

// Iterate makes a type with a Stream an iterator over its lines.
func Iterate(ty *object.Type) {
	ty.Iter = object.Identity
	ty.Next = func(t *object.Thread, self object.Value) (object.Value, error) {
		line, err := lineOf(t, self, -1)
		if object.WouldBlock(err) {
			err = nil
		}
		if err != nil || len(line) == 0 {
			return object.Null, err
		}
		return give(t, self, line)
	}
}

func run(f func(*object.Thread, object.Value) error, t *object.Thread, self object.Value) error {
	if f == nil {
		return nil
	}
	return f(t, self)
}

// orNone makes None of an error that says that the stream would have to wait:
// what read, readinto, readline and write give then.
func orNone(v object.Value, err error) (object.Value, error) {
	if object.WouldBlock(err) {
		return object.None, nil
	}
	return v, err
}

// tooLarge is the MemoryError for a request of n bytes that nothing can hold,
// which is what MicroPython makes of a negative size.
func tooLarge(n int64) error { return object.MemoryErr(uint64(n)) }

// write is write(buf), write(buf, n) or write(buf, offset, n).
func write(t *object.Thread, args []object.Value) (object.Value, error) {
	buf, err := object.GetBuffer(t, args[1], false)
	if err != nil {
		return object.Null, err
	}
	p := buf.Data
	if len(args) > 3 {
		off, err := object.ToIntTruncated(t, args[2])
		if err != nil {
			return object.Null, err
		}
		p = p[min(uint64(off), uint64(len(p))):]
	}
	if len(args) > 2 {
		most, err := object.ToIntTruncated(t, args[len(args)-1])
		if err != nil {
			return object.Null, err
		}
		p = p[:min(uint64(most), uint64(len(p)))]
	}
	n, err := WriteAll(t, args[0], p)
	if err != nil {
		return orNone(object.Null, err)
	}
	return object.Int(int64(n)), nil
}

// WriteAll writes p to a stream and returns how much of it was taken. A stream
// that takes only a part for now is no error unless it took nothing.
func WriteAll(t *object.Thread, to object.Value, p []byte) (int, error) {
	s := to.Type().Stream
	if s == nil || s.Write == nil {
		return 0, object.ErrStream()
	}
	done := 0
	for done < len(p) {
		n, err := s.Write(t, to, p[done:])
		if err != nil {
			if done > 0 && object.WouldBlock(err) {
				err = nil
			}
			return done, err
		}
		if n <= 0 {
			break
		}
		done += min(n, len(p)-done)
	}
	return done, nil
}

// einval is the error number of a position before the beginning.
const einval = 22

func seek(t *object.Thread, args []object.Value) (object.Value, error) {
	off, err := object.ToInt(t, args[1])
	if err != nil {
		return object.Null, err
	}
	whence := int64(io.SeekStart)
	if len(args) > 2 {
		if whence, err = object.ToInt(t, args[2]); err != nil {
			return object.Null, err
		}
	}
	if whence == io.SeekStart && off < 0 {
		return object.Null, object.RaiseArgs(object.OSError, object.Int(einval))
	}
	return seekTo(t, args[0], off, whence)
}

func seekTo(t *object.Thread, self object.Value, off, whence int64) (object.Value, error) {
	pos, err := self.Type().Stream.Seek(t, self, off, int(int32(whence)))
	return object.Int(pos), err
}
