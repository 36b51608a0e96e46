package compile

import (
	"fmt"
	"math"

	"github.com/go-python/gpython/ast"

	"qpy/python/object"
	"qpy/python/syntax"
)

// Source reads and compiles a source text. An error in the text comes back as
// the exception that MicroPython raises, with its traceback.
//
// Interp.Poll is asked now and then: a long text takes seconds.
func Source(in *object.Interp, src []byte, file string, mode syntax.Mode) (code *Code, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case stopped:
			code, err = nil, r.err
		default:
			panic(r)
		}
	}()
	steps := 0
	step := func() {
		if steps++; steps%stepsAPoll == 0 && in.Poll != nil {
			if err := in.Poll(); err != nil {
				panic(stopped{err})
			}
		}
	}
	mod, err := syntax.ParseWith(src, file, mode, syntax.Options{Optimised: in.OptLevel > 0, Step: step})
	if err != nil {
		return nil, syntaxError(err)
	}
	internNames(in, string(src), step)
	return compileTree(in, mod, file, step)
}

// stopped carries the error of Poll from inside to Source.
type stopped struct{ err error }

// stepsAPoll is how many tokens, nodes and statements are gone through between two
// calls of Poll. One takes about 100 ns.
const stepsAPoll = 4096

// noLines is the level of micropython.opt_level at which code keeps no line
// numbers: all of it is on line 1.
const noLines = 3

// syntaxError turns an error of the parser into an exception.
func syntaxError(err error) error {
	se, ok := err.(*syntax.Error)
	if !ok {
		return err
	}
	ty := object.SyntaxError
	switch se.Kind {
	case syntax.IndentationError:
		ty = object.IndentationError
	case syntax.NotImplementedError:
		ty = object.NotImplementedError
	case syntax.RuntimeError:
		ty = object.RuntimeError
	}
	e := object.NewException(ty, object.NewStr(se.Msg))
	if se.Line > 0 {
		e.AddTrace(se.File, se.Line, se.Block)
	}
	return e
}

// Compile compiles a tree that syntax.Parse returned. The code of an
// *ast.Expression returns its value, any other returns None.
func Compile(in *object.Interp, mod ast.Mod, file string) (*Code, error) {
	return compileTree(in, mod, file, func() {})
}

func compileTree(in *object.Interp, mod ast.Mod, file string, step func()) (*Code, error) {
	a := analyze(mod, step)
	for _, s := range a.queue {
		s.code = &Code{Name: s.name, File: file}
	}
	room := make([]ins, 0, 64)
	for _, s := range a.queue {
		f := &fn{in: in, an: a, s: s, code: s.code, line: 1, ins: room}
		if err := f.compile(); err != nil {
			return nil, err
		}
		room = f.ins[:0] // the scopes share the longest
	}
	for _, s := range a.queue {
		if err := verify(s.code, step); err != nil {
			return nil, err
		}
	}
	return a.queue[0].code, nil
}

type label int

// ins is an instruction before its operands are scaled and labels are known.
type ins struct {
	op      Op
	a, b, c int
	line    int
	marks   uint8
}

type handler struct {
	start, end, target label
	reg                int
}

// fn compiles one scope.
type fn struct {
	in        *object.Interp
	an        *analyzer
	s         *scope
	code      *Code
	ins       []ins
	labels    []int
	line      int // never goes back, like MicroPython's
	top       int // first free register
	max       int
	nlocals   int
	consts    map[constKey]int
	names     map[string]int
	globals   map[string]int
	nested    map[*Code]int
	blocks    []*block
	begin     ast.Expr // see startLine
	beginLine int
	sure      []bool // registers of locals that are bound for certain
	unsure    bool   // some local is checked before use
	never     []bool // registers of locals that a del unbinds somewhere: never sure
	handler   []handler
	loops     int              // loops around the present statement
	kept      map[constKey]int // constants that loops use: kept in registers of their own
	keptVal   []int            // index of each in Consts
	start     int              // first instruction after those that set up the registers
	repl      bool             // a line of a prompt: shows the values of expressions
	err       error
}

// fail notes the first error.
func (f *fn) fail(format string, a ...any) {
	if f.err == nil {
		e := object.NewException(object.RuntimeError, object.NewStr(fmt.Sprintf(format, a...)))
		e.AddTrace(f.code.File, f.line, f.s.name)
		f.err = e
	}
}

func (f *fn) setLine(n int) {
	if n > f.line && f.in.OptLevel < noLines {
		f.line = n
	}
}

func (f *fn) emit(op Op, a, b, c int) int {
	f.ins = append(f.ins, ins{op: op, a: a, b: b, c: c, line: f.line})
	return len(f.ins) - 1
}

func (f *fn) newLabel() label {
	f.labels = append(f.labels, -1)
	return label(len(f.labels) - 1)
}

func (f *fn) place(l label) {
	f.labels[l] = len(f.ins)
}

// here returns a label for the next instruction.
func (f *fn) here() label {
	l := f.newLabel()
	f.labels[l] = len(f.ins)
	return l
}

func (f *fn) jump(l label) { f.emit(OpJump, 0, int(l), 0) }

// temp takes the next register.
func (f *fn) temp() int { return f.temps(1) }

// temps takes n registers in a row and returns the first.
func (f *fn) temps(n int) int {
	r := f.top
	f.top += n
	if f.top > f.max {
		f.max = f.top
		if f.max > MaxRegs-8 {
			f.fail("function needs too many registers")
			f.top, f.max = r, r
		}
	}
	return r
}

// set sets an item of a map that may not have been made yet: many scopes have
// nothing to put in.
func set[K comparable](m *map[K]int, key K, value int) {
	if *m == nil {
		*m = map[K]int{}
	}
	(*m)[key] = value
}

func (f *fn) name(s string) int {
	if i, ok := f.names[s]; ok {
		return i
	}
	i := len(f.code.Names)
	f.code.Names = append(f.code.Names, f.in.Intern(s))
	set(&f.names, s, i)
	if i > math.MaxUint16 {
		f.fail("function uses too many names")
	}
	return i
}

func (f *fn) global(s string) int {
	if i, ok := f.globals[s]; ok {
		return i
	}
	i := len(f.code.Globals)
	f.code.Globals = append(f.code.Globals, GlobalCache{Name: f.in.Intern(s)})
	set(&f.globals, s, i)
	if i > math.MaxUint16 {
		f.fail("function uses too many names")
	}
	return i
}

func (f *fn) attr(s string) int {
	f.code.Attrs = append(f.code.Attrs, AttrCache{Name: f.in.Intern(s)})
	if len(f.code.Attrs) > math.MaxUint16 {
		f.fail("function uses too many attributes")
	}
	return len(f.code.Attrs) - 1
}
