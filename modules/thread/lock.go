package thread

import (
	"fmt"

	"github.com/go-python/gpython/py"

	"qpy/device/kernel"
	"qpy/modules/board"
)

var (
	lockType     *py.Type // made by setUpTypes
	semphoreType *py.Type
)

// einval is what a lock or semaphore answers after it was deleted.
const einval = 22

// lock is a mutex that any thread may release.
type lock struct {
	b       *board.Board
	name    string
	queue   kernel.Queue
	locked  bool
	deleted bool
}

// Type of this object.
func (l *lock) Type() *py.Type { return lockType }

// semphore counts from 0 to max; Quectel's spelling.
type semphore struct {
	b          *board.Board
	name       string
	queue      kernel.Queue
	max, count int64
	deleted    bool
}

// Type of this object.
func (s *semphore) Type() *py.Type { return semphoreType }

func setUpTypes() {
	lockType = py.NewType("lock", "a lock")
	semphoreType = py.NewType("semphore", "a counting semaphore")
	acquire := board.Method("acquire", 0, 2, (*lock).acquire)
	lockType.Dict["acquire"] = acquire
	lockType.Dict["__enter__"] = acquire
	lockType.Dict["__del__"] = board.Method("__del__", 0, 0, func(l *lock, _ []py.Object) (py.Object, error) {
		return deleteLock(l.b, []py.Object{l})
	})
	lockType.Dict["release"] = board.Method("release", 0, 0, (*lock).release)
	lockType.Dict["__exit__"] = board.Method("__exit__", 3, 3, (*lock).release)
	lockType.Dict["locked"] = board.Method("locked", 0, 0, func(l *lock, _ []py.Object) (py.Object, error) {
		return py.NewBool(l.locked), nil
	})
	semphoreType.Dict["acquire"] = board.Method("acquire", 0, 2, (*semphore).acquire)
	semphoreType.Dict["release"] = board.Method("release", 0, 0, (*semphore).release)
	semphoreType.Dict["getCnt"] = board.Method("getCnt", 0, 0, func(s *semphore, _ []py.Object) (py.Object, error) {
		return py.Tuple{py.Int(s.max), py.Int(s.count)}, nil
	})
}

func allocateLock(b *board.Board, _ []py.Object) (py.Object, error) {
	b.Locks++
	return &lock{b: b, name: fmt.Sprintf("lock %d", b.Locks)}, nil
}

// acquire(waitflag=1): True once the lock is held, False when it is not to wait.
func (l *lock) acquire(args []py.Object) (py.Object, error) {
	wait, err := waits(args)
	if err != nil {
		return nil, err
	}
	for l.locked && !l.deleted {
		if !wait {
			return py.False, nil
		}
		if err := l.b.Wait(&l.queue, l.name); err != nil {
			return nil, err
		}
	}
	if l.deleted {
		return nil, board.OSError(einval)
	}
	l.locked = true
	return py.True, nil
}

func (l *lock) release([]py.Object) (py.Object, error) {
	if !l.locked {
		exc := py.ExceptionNewf(py.RuntimeError, "")
		exc.Args = py.Tuple{}
		return nil, exc
	}
	l.locked = false
	l.queue.Wake()
	return py.None, nil
}

func deleteLock(_ *board.Board, args []py.Object) (py.Object, error) {
	l, ok := args[0].(*lock)
	if !ok {
		return nil, py.ExceptionNewf(py.TypeError, "The argument isn't a lock.")
	}
	l.locked, l.deleted = false, true
	l.queue.WakeAll()
	return py.None, nil
}

// allocateSemphore(n) makes a semaphore that is full: n may acquire it at once.
func allocateSemphore(b *board.Board, args []py.Object) (py.Object, error) {
	n, err := board.Int(args[0])
	if err != nil {
		return nil, err
	}
	if n < 1 || n > 1<<16-1 {
		return nil, py.ExceptionNewf(py.ValueError, "semphore count must be in [1, 65535], not %d", n)
	}
	b.Locks++
	return &semphore{b: b, name: fmt.Sprintf("semphore %d", b.Locks), max: n, count: n}, nil
}

func (s *semphore) acquire(args []py.Object) (py.Object, error) {
	wait, err := waits(args)
	if err != nil {
		return nil, err
	}
	for s.count == 0 && !s.deleted {
		if !wait {
			return py.False, nil
		}
		if err := s.b.Wait(&s.queue, s.name); err != nil {
			return nil, err
		}
	}
	if s.deleted {
		return nil, board.OSError(einval)
	}
	s.count--
	return py.True, nil
}

// release gives one back; more than were taken is the caller's mistake.
func (s *semphore) release([]py.Object) (py.Object, error) {
	if s.count == s.max {
		exc := py.ExceptionNewf(py.RuntimeError, "")
		exc.Args = py.Tuple{}
		return nil, exc
	}
	s.count++
	s.queue.Wake()
	return py.None, nil
}

func deleteSemphore(_ *board.Board, args []py.Object) (py.Object, error) {
	s, ok := args[0].(*semphore)
	if !ok {
		return nil, py.ExceptionNewf(py.TypeError, "The argument isn't a semphore.")
	}
	s.deleted = true
	s.queue.WakeAll()
	return py.None, nil
}

// waits reads the optional waitflag; a timeout after it is taken and ignored,
// as the firmware does (modthread.c).
func waits(args []py.Object) (bool, error) {
	if len(args) == 0 {
		return true, nil
	}
	n, err := board.Int(args[0])
	return n != 0, err
}
