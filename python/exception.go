package python

import (
	"errors"
	"fmt"
	"strings"

	"github.com/go-python/gpython/py"

	"qpy/python/border"
	"qpy/python/object"
)

// The errors that this package raises itself.
const (
	enoent = 2
	eio    = 5
	enodev = 19
)

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
	var inside *object.Exception
	if errors.As(err, &exc) || errors.As(err, &inside) {
		return err
	}
	var num interface{ Errno() int }
	if errors.As(err, &num) {
		return OSError(num.Errno())
	}
	return OSError(eio)
}

// KeyboardInterrupt is the exception that is raised where Ctrl-C stops the script.
func KeyboardInterrupt() error {
	e := py.ExceptionNewf(py.KeyboardInterrupt, "")
	e.Args = py.Tuple{}
	return e
}

// Exit tells whether err is an uncaught SystemExit, and the exit code in it:
// usys.exit() is 0, usys.exit(n) is n & 0xff, any other argument is 1.
func Exit(err error) (code int, ok bool) {
	var exc *py.Exception
	if !errors.As(err, &exc) || !exc.Base.IsSubtype(py.SystemExit) {
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

// FormatException gives the text that the module prints for an uncaught
// exception: the traceback without source lines, then the error
// (py/obj.c, mp_obj_print_exception). It ends in a newline.
func FormatException(err error) string {
	var exc *py.Exception
	if !errors.As(err, &exc) {
		return fmt.Sprintf("%v\n", err)
	}
	if text, ok := border.Traceback(exc); ok {
		return text
	}
	return exc.Base.Name + ": " + exceptionText(exc) + "\n"
}

// exceptionText is str() of an exception that no script has seen yet
// (py/objexcept.c).
func exceptionText(exc *py.Exception) string {
	args, _ := exc.Args.(py.Tuple)
	if len(args) == 1 {
		if n, ok := args[0].(py.Int); ok && exc.Base == py.OSError {
			if name := object.ErrnoName(int64(n)); name != "" {
				return fmt.Sprintf("[Errno %d] %s", int(n), name)
			}
		}
		if s, err := Text(args[0]); err == nil {
			return s
		}
	}
	texts := make([]string, len(args))
	for i, a := range args {
		texts[i], _ = py.ReprAsString(a)
	}
	if len(texts) == 0 {
		return ""
	}
	return "(" + strings.Join(texts, ", ") + ")"
}
