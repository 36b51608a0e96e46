package syntax

import "fmt"

// ErrorKind is the name of the exception class that an [Error] stands for.
type ErrorKind string

// The classes of exception that a source text can raise before it runs.
const (
	// SyntaxError is what the grammar, the numbers and the compiler reject.
	SyntaxError ErrorKind = "SyntaxError"
	// IndentationError is a line that is indented where no block starts, or
	// that returns to a column at which no block stands.
	IndentationError ErrorKind = "IndentationError"
	// NotImplementedError is the escape \N{...}, which 1.13 has no table for.
	NotImplementedError ErrorKind = "NotImplementedError"
	// RuntimeError is nesting beyond the limits of this package.
	RuntimeError ErrorKind = "RuntimeError"
)

// Error is why a source text cannot be compiled.
type Error struct {
	Kind ErrorKind
	// Msg is the text of the exception, as MicroPython 1.13 words it.
	Msg  string
	File string
	// Line counts from 1. It is 0 for an error that MicroPython raises without
	// a traceback (NotImplementedError).
	Line int
	// Col counts bytes from 1; it is 0 where only the line is known.
	// MicroPython does not show it.
	Col int
	// Block names the function, class or "<module>" for an error of the
	// compile step, whose traceback line ends in ", in Block". It is empty for
	// an error of scanner and parser, whose traceback line has no such end.
	Block string
}

// Error gives file, line, class and text in one line, for a Go program's log.
// What MicroPython prints is [Error.Traceback].
func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s: %s", e.File, e.Kind, e.Msg)
	}
	return fmt.Sprintf("%s:%d: %s: %s", e.File, e.Line, e.Kind, e.Msg)
}

// Traceback gives the lines that MicroPython prints for the uncaught error.
func (e *Error) Traceback() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s\n", e.Kind, e.Msg)
	}
	block := ""
	if e.Block != "" {
		block = ", in " + e.Block
	}
	return fmt.Sprintf("Traceback (most recent call last):\n  File \"%s\", line %d%s\n%s: %s\n",
		e.File, e.Line, block, e.Kind, e.Msg)
}

// The texts of MicroPython 1.13 (py/lexer.c, py/parse.c, py/compile.c).
const (
	msgInvalid       = "invalid syntax"
	msgIndent        = "unexpected indent"
	msgUnindent      = "unindent doesn't match any outer indent level"
	msgUnicodeName   = "unicode name escapes"
	msgConstInteger  = "constant must be an integer"
	msgTooDeep       = "maximum recursion depth exceeded"
	msgAssign        = "can't assign to expression"
	msgDelete        = "can't delete expression"
	msgMultiStar     = "multiple *x in assignment"
	msgStarTarget    = "*x must be assignment target"
	msgDefaultOrder  = "non-default argument follows default argument"
	msgArgReused     = "argument name reused"
	msgDecorator     = "invalid micropython decorator"
	msgOutsideLoop   = "'break'/'continue' outside loop"
	msgReturn        = "'return' outside function"
	msgYield         = "'yield' outside function"
	msgAwait         = "'await' outside function"
	msgImportStar    = "import * not at module level"
	msgGlobal        = "identifier redefined as global"
	msgNonlocal      = "identifier redefined as nonlocal"
	msgNoBinding     = "no binding for nonlocal found"
	msgOuterNonlocal = "can't declare nonlocal in outer code"
	msgExceptLast    = "default 'except' must be last"
	msgSuper         = "super() can't find self"
	msgCallStar      = "can't have multiple *x"
	msgCallDblStar   = "can't have multiple **x"
	msgKeywordName   = "LHS of keyword arg must be an id"
	msgAfterStar     = "non-keyword arg after */**"
	msgAfterKeyword  = "non-keyword arg after keyword arg"
	msgDictItem      = "expecting key:value for dict"
	msgSetItem       = "expecting just a value for set"
)
