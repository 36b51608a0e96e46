// Package log is the module `log`: named loggers that print
// `LEVEL:name:message` on the console (log.py of the firmware's source).
package log

import (
	"fmt"

	"github.com/go-python/gpython/py"

	"qpy/modules/board"
	"qpy/python"
)

// The levels, and the text that a record of each starts with.
const (
	critical = 50
	errorLvl = 40
	warning  = 30
	info     = 20
	debug    = 10
	notset   = 0
)

// state is what one board's log module remembers.
type state struct {
	in      *python.Interp
	level   int64
	stream  py.Object
	loggers map[string]*logger
}

// logger is one named logger; level notset means the module's threshold.
type logger struct {
	state *state
	name  string
	level int64
}

// levelText is what stands for a level in a record.
func levelText(level int64) (text string, ok bool) {
	switch level {
	case critical:
		return "CRIT", true
	case errorLvl:
		return "ERROR", true
	case warning:
		return "WARN", true
	case info:
		return "INFO", true
	case debug:
		return "DEBUG", true
	}
	return "", false
}

var loggerType *py.Type // made by native

// Type of this object.
func (l *logger) Type() *py.Type { return loggerType }

// M__getattr__ gives the attributes that are data.
func (l *logger) M__getattr__(name string) (py.Object, error) {
	switch name {
	case "name":
		return py.String(l.name), nil
	case "level":
		return py.Int(l.level), nil
	}
	return nil, py.ExceptionNewf(py.AttributeError, "'Logger' object has no attribute '%s'", name)
}

// Module is the module `log`.
var Module = python.Module{Name: "log", Native: native}

func native() *py.ModuleImpl {
	loggerType = py.NewType("Logger", "a named logger")
	impl := &py.ModuleImpl{
		Info: py.ModuleInfo{Name: "log"},
		Globals: py.StringDict{
			"CRITICAL": py.Int(critical), "ERROR": py.Int(errorLvl), "WARNING": py.Int(warning),
			"INFO": py.Int(info), "DEBUG": py.Int(debug), "NOTSET": py.Int(notset),
			"Logger": loggerType,
		},
		Methods: []*py.Method{
			board.Func("__init__", 0, 0, setUp),
			board.KeywordFunc("getLogger", 1, []string{"name"}, getLogger),
			board.KeywordFunc("basicConfig", 4, []string{"level", "filename", "stream", "format"}, basicConfig),
			board.Func("set_output", 1, 1, setOutput),
		},
	}
	for name, level := range map[string]int64{"debug": debug, "info": info, "warning": warning, "error": errorLvl, "critical": critical} {
		loggerType.Dict[name] = board.Method(name, 1, -1, func(l *logger, args []py.Object) (py.Object, error) {
			return l.log(level, args[0], args[1:])
		})
	}
	loggerType.Dict["log"] = board.Method("log", 2, -1, func(l *logger, args []py.Object) (py.Object, error) {
		level, err := board.Int(args[0])
		if err != nil {
			return nil, err
		}
		return l.log(level, args[1], args[2:])
	})
	loggerType.Dict["setLevel"] = board.Method("setLevel", 1, 1, func(l *logger, args []py.Object) (py.Object, error) {
		level, err := board.Int(args[0])
		l.level = level
		return py.None, err
	})
	loggerType.Dict["isEnabledFor"] = board.Method("isEnabledFor", 1, 1, func(l *logger, args []py.Object) (py.Object, error) {
		level, err := board.Int(args[0])
		return py.NewBool(l.enabled(level)), err
	})
	return impl
}

func setUp(b *board.Board, _ []py.Object) (py.Object, error) {
	b.Log = &state{in: b.Py, level: info, stream: b.Py.Stderr(), loggers: map[string]*logger{}}
	return py.None, nil
}

func of(b *board.Board) *state { return b.Log.(*state) }

// enabled tells whether a record of this level is printed.
func (l *logger) enabled(level int64) bool {
	threshold := l.level
	if threshold == notset {
		threshold = l.state.level
	}
	return level >= threshold
}

// log prints a record; with args the message is `msg % args`.
func (l *logger) log(level int64, msg py.Object, args []py.Object) (py.Object, error) {
	if !l.enabled(level) {
		return py.None, nil
	}
	if len(args) > 0 {
		var err error
		if msg, err = l.state.in.Format(msg, args); err != nil {
			return nil, err
		}
	}
	text, ok := levelText(level)
	if !ok {
		text = fmt.Sprintf("LVL%d", level)
	}
	s, err := python.Text(msg)
	if err != nil {
		return nil, err
	}
	return py.None, python.WriteTo(l.state.stream, text+":"+l.name+":"+s+"\n")
}

func getLogger(b *board.Board, args []py.Object) (py.Object, error) {
	name := "root"
	if args[0] != nil {
		var err error
		if name, err = board.Str(args[0]); err != nil {
			return nil, err
		}
	}
	s := of(b)
	if s.loggers[name] == nil {
		s.loggers[name] = &logger{state: s, name: name}
	}
	return s.loggers[name], nil
}

// basicConfig sets the threshold (INFO when it is not given) and the stream.
func basicConfig(b *board.Board, args []py.Object) (py.Object, error) {
	s := of(b)
	s.level = info
	if args[0] != nil {
		level, err := board.Int(args[0])
		if err != nil {
			return nil, err
		}
		s.level = level
	}
	if args[2] != nil {
		if given, err := board.Truth(args[2]); err != nil {
			return nil, err
		} else if given {
			s.stream = args[2]
		}
	}
	for i, name := range []string{1: "filename", 3: "format"} {
		if name != "" && args[i] != nil && args[i] != py.None {
			if err := python.WriteTo(b.Py.Stdout(), "logging.basicConfig: "+name+" arg is not supported\n"); err != nil {
				return nil, err
			}
		}
	}
	return py.None, nil
}

// setOutput takes one of the console's streams. A UART is the third thing that
// the firmware takes; until there is a machine module no script can hold one.
func setOutput(b *board.Board, args []py.Object) (py.Object, error) {
	if args[0] != py.Object(b.Py.Stderr()) && args[0] != py.Object(b.Py.Stdout()) {
		s, err := python.Text(args[0])
		if err != nil {
			return nil, err
		}
		return nil, py.ExceptionNewf(py.ExceptionType, "%s must extend UART", s)
	}
	of(b).stream = args[0]
	return py.None, nil
}
