package text

// ErrorKind names the built-in exception class that an [Error] stands for.
type ErrorKind uint8

// The exception classes that formatting and parsing raise.
const (
	ValueError ErrorKind = iota
	TypeError
	IndexError
	NotImplementedError
	RuntimeError
)

var errorKindNames = [...]string{"ValueError", "TypeError", "IndexError", "NotImplementedError", "RuntimeError"}

// String returns the class name, such as "ValueError".
func (k ErrorKind) String() string { return errorKindNames[k] }

// Error is an exception for the interpreter to raise: a class and the text of
// its only argument, worded as MicroPython words it. Text holds raw bytes and
// need not be valid UTF-8.
type Error struct {
	Kind ErrorKind
	Text string
}

// Error returns the class and the text as a traceback's last line shows them.
func (e *Error) Error() string { return e.Kind.String() + ": " + e.Text }
