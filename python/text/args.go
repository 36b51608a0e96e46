package text

// Class is how the formatting languages see an argument.
type Class uint8

// The classes of arguments.
const (
	ClassOther Class = iota // anything but the following
	ClassStr                // a str
	ClassInt                // an int or a bool
	ClassFloat              // a float
)

// Printing says which text of a value is wanted.
type Printing uint8

// The kinds of text.
const (
	PrintStr  Printing = iota // str(x)
	PrintRepr                 // repr(x)
	PrintRaw                  // str(x), but the plain bytes of a bytes object
)

// Args gives a format string its arguments. An argument is named by a number:
// 0 to Len()-1 for the positional ones, whatever Key returns for the others.
// Errors of its methods go back to the caller unchanged; they are the
// interpreter's own exceptions.
type Args interface {
	// Len is the number of positional arguments.
	Len() int
	// HasDict reports whether the right side of % is a dict; format does not
	// ask.
	HasDict() bool
	// Key finds a named argument: of the dict on the right of %, or of the
	// keyword arguments of format.
	Key(name string) (arg int, err error)
	// Class sorts the argument.
	Class(arg int) Class
	// TypeName is the name of the argument's type, for error texts.
	TypeName(arg int) string
	// Int is the argument as an integer: v, or, if it does not fit that, its sign
	// and its digits in base 2, 8, 10 or 16, small letters, in wide
	// (mp_print_mp_int's conversion). truncate allows a float.
	Int(arg, base int, truncate bool) (v int64, wide []byte, err error)
	// Word is the argument as a machine word (mp_obj_get_int).
	Word(arg int) (int64, error)
	// Float is the argument as a float (mp_obj_get_float).
	Float(arg int) (float64, error)
	// Text is the content of a str or bytes (mp_obj_str_get_data).
	Text(arg int) (string, error)
	// Append appends str or repr of the argument.
	Append(dst []byte, arg int, kind Printing) ([]byte, error)
	// Room is asked before the result grows to size bytes by padding alone,
	// so that the interpreter's memory budget can refuse.
	Room(size int) error
	// Work is called now and then in a long pattern, for n bytes of it: what takes
	// long can be ended by its error.
	Work(n int) error
}

// workStep is how much of a pattern is gone through between two calls of Args.Work.
const workStep = 1 << 18

// roomStep is the padding from which on Args.Room is asked.
const roomStep = 1024

func askRoom(args Args, dst []byte, width int) error {
	if width < roomStep {
		return nil
	}
	return args.Room(len(dst) + width)
}

// number reads digits of s from i on, as str_to_int of py/objstr.c: without
// digits the value is the default given. It wraps around like a C int.
func number[S ~string | ~[]byte](s S, i, def int) (next, value int) {
	if i >= len(s) || !IsDigit(s[i]) {
		return i, def
	}
	var n int32
	for i < len(s) && IsDigit(s[i]) {
		n = n*10 + int32(s[i]-'0')
		i++
	}
	return i, int(n)
}
