package flash

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
)

// Errno is an error number as MicroPython knows it (py/mperrno.h).
type Errno int

// The error numbers of the file system.
const (
	EPERM        Errno = 1
	ENOENT       Errno = 2
	EIO          Errno = 5
	EBADF        Errno = 9
	EACCES       Errno = 13
	EEXIST       Errno = 17
	ENODEV       Errno = 19
	ENOTDIR      Errno = 20
	EISDIR       Errno = 21
	EINVAL       Errno = 22
	ENOSPC       Errno = 28
	ENAMETOOLONG Errno = 36
	ENOTEMPTY    Errno = 39
)

var errnoNames = [...]string{
	EPERM: "EPERM", ENOENT: "ENOENT", EIO: "EIO", EBADF: "EBADF", EACCES: "EACCES", EEXIST: "EEXIST",
	ENODEV: "ENODEV", ENOTDIR: "ENOTDIR", EISDIR: "EISDIR", EINVAL: "EINVAL", ENOSPC: "ENOSPC",
	ENAMETOOLONG: "ENAMETOOLONG", ENOTEMPTY: "ENOTEMPTY",
}

// String is the name, "ENOENT".
func (e Errno) String() string {
	if e >= 0 && int(e) < len(errnoNames) && errnoNames[e] != "" {
		return errnoNames[e]
	}
	return fmt.Sprintf("errno %d", int(e))
}

// Error is the text of MicroPython's OSError, "[Errno 2] ENOENT".
func (e Errno) Error() string { return fmt.Sprintf("[Errno %d] %s", int(e), e.String()) }

// Is lets errors.Is find the errors of io/fs.
func (e Errno) Is(target error) bool {
	switch target {
	case fs.ErrNotExist:
		return e == ENOENT
	case fs.ErrExist:
		return e == EEXIST || e == ENOTEMPTY
	case fs.ErrPermission:
		return e == EACCES || e == EPERM
	}
	return false
}

// Error is what every operation on the flash fails with.
type Error struct {
	Op    string // "open", "write", "rename", …
	Path  string // the device path as it was given
	Errno Errno
	Err   error // what the host said, if it was the host
}

func (e *Error) Error() string {
	text := fmt.Sprintf("%s %s: %v", e.Op, e.Path, e.Errno)
	if e.Err != nil {
		text += fmt.Sprintf(" (%v)", e.Err)
	}
	return text
}

// Unwrap gives the number, so that errors.Is(err, flash.ENOENT) works, and the
// host's error.
func (e *Error) Unwrap() []error {
	if e.Err == nil {
		return []error{e.Errno}
	}
	return []error{e.Errno, e.Err}
}

// fail makes an *Error of err: an Errno, or an error of the store below.
func fail(op, path string, err error) error {
	if err == nil {
		return nil
	}
	var inner *Error
	if errors.As(err, &inner) {
		return &Error{Op: op, Path: path, Errno: inner.Errno, Err: inner.Err}
	}
	var n Errno
	if errors.As(err, &n) {
		return &Error{Op: op, Path: path, Errno: n}
	}
	return &Error{Op: op, Path: path, Errno: hostErrno(err), Err: err}
}

func hostErrno(err error) Errno {
	for _, known := range []struct {
		host error
		n    Errno
	}{
		{syscall.ENOTEMPTY, ENOTEMPTY}, // before fs.ErrExist, which it also is
		{fs.ErrNotExist, ENOENT},
		{fs.ErrExist, EEXIST},
		{fs.ErrPermission, EACCES},
		{fs.ErrClosed, EBADF},
		{syscall.ENOTDIR, ENOTDIR},
		{syscall.EISDIR, EISDIR},
		{syscall.ENOSPC, ENOSPC},
		{syscall.ENAMETOOLONG, ENAMETOOLONG},
		{syscall.EINVAL, EINVAL},
	} {
		if errors.Is(err, known.host) {
			return known.n
		}
	}
	return EIO
}
