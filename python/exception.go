package python

import (
	"errors"
	"fmt"
	"strings"

	"github.com/go-python/gpython/py"
)

// errnoNames are the numbers that MicroPython prints with a name
// (py/moderrno.c, MICROPY_PY_UERRNO_LIST, and the few more that littlefs gives).
var errnoNames = map[int]string{
	1: "EPERM", 2: "ENOENT", 5: "EIO", 9: "EBADF", 11: "EAGAIN", 12: "ENOMEM", 13: "EACCES",
	17: "EEXIST", 19: "ENODEV", 20: "ENOTDIR", 21: "EISDIR", 22: "EINVAL", 28: "ENOSPC",
	36: "ENAMETOOLONG", 39: "ENOTEMPTY", 95: "EOPNOTSUPP", 98: "EADDRINUSE", 103: "ECONNABORTED",
	104: "ECONNRESET", 105: "ENOBUFS", 107: "ENOTCONN", 110: "ETIMEDOUT", 111: "ECONNREFUSED",
	113: "EHOSTUNREACH", 114: "EALREADY", 115: "EINPROGRESS",
}

// OSError makes the exception OSError(errno), which prints as
// `OSError: [Errno 2] ENOENT`.
func OSError(errno int) error {
	e := py.ExceptionNewf(py.OSError, "")
	e.Args = py.Tuple{py.Int(errno)}
	return e
}

// OSErrorOf turns a Go error into the exception a script sees: an error with a
// method `Errno() int` becomes OSError with that number, an exception stays
// what it is, anything else is OSError(EIO).
func OSErrorOf(err error) error {
	if err == nil {
		return nil
	}
	var exc *py.Exception
	var info py.ExceptionInfo
	if errors.As(err, &exc) || errors.As(err, &info) {
		return err
	}
	var num interface{ Errno() int }
	if errors.As(err, &num) {
		return OSError(num.Errno())
	}
	return OSError(5)
}

// Exit tells whether err is an uncaught SystemExit, and the exit code in it:
// usys.exit() is 0, usys.exit(n) is n & 0xff, any other argument is 1.
func Exit(err error) (code int, ok bool) {
	exc := exceptionOf(err)
	if exc == nil || !exc.Base.IsSubtype(py.SystemExit) {
		return 0, false
	}
	args, _ := exc.Args.(py.Tuple)
	if len(args) == 0 || args[0] == py.None {
		return 0, true
	}
	switch v := args[0].(type) {
	case py.Int:
		return int(v) & 0xff, true
	case py.Bool:
		if v {
			return 1, true
		}
		return 0, true
	}
	return 1, true
}

// exceptionOf gives the exception object in err, or nil.
func exceptionOf(err error) *py.Exception {
	switch e := err.(type) {
	case py.ExceptionInfo:
		exc, _ := e.Value.(*py.Exception)
		return exc
	case *py.ExceptionInfo:
		exc, _ := e.Value.(*py.Exception)
		return exc
	case *py.Exception:
		return e
	}
	return nil
}

// FormatException gives the text that the module prints for an uncaught
// exception: the traceback without source lines, then the error
// (py/obj.c, mp_obj_print_exception). It ends in a newline.
func FormatException(err error) string {
	var b strings.Builder
	exc := exceptionOf(err)
	var tb *py.Traceback
	switch e := err.(type) {
	case py.ExceptionInfo:
		tb = e.Traceback
	case *py.ExceptionInfo:
		tb = e.Traceback
	}
	if exc != nil && exc.Dict["lineno"] != nil && exc.Base.IsSubtype(py.SyntaxError) {
		fmt.Fprintf(&b, "Traceback (most recent call last):\n  File \"%v\", line %v\n", exc.Dict["filename"], exc.Dict["lineno"])
	} else if tb != nil {
		b.WriteString("Traceback (most recent call last):\n")
		for ; tb != nil; tb = tb.Next {
			fmt.Fprintf(&b, "  File \"%s\", line %d, in %s\n", tb.Frame.Code.Filename, tb.Lineno, tb.Frame.Code.Name)
		}
	}
	if exc == nil {
		fmt.Fprintf(&b, "%v\n", err)
		return b.String()
	}
	b.WriteString(exc.Base.Name + ": " + exceptionText(exc) + "\n")
	return b.String()
}

// exceptionText is the part after the colon (py/objexcept.c).
func exceptionText(exc *py.Exception) string {
	args, _ := exc.Args.(py.Tuple)
	switch len(args) {
	case 0:
		return ""
	case 1:
		if n, ok := args[0].(py.Int); ok && exc.Base == py.OSError {
			if name := errnoNames[int(n)]; name != "" {
				return fmt.Sprintf("[Errno %d] %s", int(n), name)
			}
		}
		s, err := py.StrAsString(args[0])
		if err != nil {
			return "?"
		}
		return s
	}
	s, err := py.ReprAsString(args)
	if err != nil {
		return "?"
	}
	return s
}

// KeyboardInterrupt is the exception that is raised where Ctrl-C stops the script.
func KeyboardInterrupt() error {
	e := py.ExceptionNewf(py.KeyboardInterrupt, "")
	e.Args = py.Tuple{}
	return e
}
