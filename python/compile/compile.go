package compile

import (
	"fmt"
	"math"
	"math/big"

	"github.com/go-python/gpython/ast"
	"github.com/go-python/gpython/py"

	"qpy/python/object"
	"qpy/python/syntax"
)

// internLen is the length up to which string constants are interned
// (MICROPY_ALLOC_PARSE_INTERN_STRING_LEN); it shows in `is`.
const internLen = 10

// Source reads and compiles a source text. An error in the text comes back as
// the exception that MicroPython raises, with its traceback.
func Source(in *object.Interp, src []byte, file string, mode syntax.Mode) (*Code, error) {
	mod, err := syntax.ParseOptimised(src, file, mode, in.OptLevel > 0)
	if err != nil {
		return nil, syntaxError(err)
	}
	internNames(in, string(src))
	return Compile(in, mod, file)
}

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
	a := analyze(mod)
	for _, s := range a.queue {
		s.code = &Code{Name: s.name, File: file}
	}
	for _, s := range a.queue {
		f := &fn{in: in, an: a, s: s, code: s.code, line: 1, consts: map[constKey]int{}, names: map[string]int{},
			globals: map[string]int{}}
		if err := f.compile(); err != nil {
			return nil, err
		}
	}
	for _, s := range a.queue {
		if err := Verify(s.code); err != nil {
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

type constKey struct {
	kind byte
	n    uint64
	s    string
}

type handler struct {
	start, end, target label
	reg                int
}

// fn compiles one scope.
type fn struct {
	in      *object.Interp
	an      *analyzer
	s       *scope
	code    *Code
	ins     []ins
	labels  []int
	line    int // never goes back, like MicroPython's
	top     int // first free register
	max     int
	nlocals int
	consts  map[constKey]int
	names   map[string]int
	globals map[string]int
	nested  map[*Code]int
	blocks  []*block
	sure    []bool // registers of locals that are bound for certain
	unsure  bool   // some local is checked before use
	never   []bool // registers of locals that a del unbinds somewhere: never sure
	handler []handler
	loops   int              // loops around the present statement
	kept    map[constKey]int // constants that loops use: kept in registers of their own
	keptVal []int            // index of each in Consts
	start   int              // first instruction after those that set up the registers
	repl    bool             // a line of a prompt: shows the values of expressions
	err     error
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

func (f *fn) constant(k constKey, v object.Value) int {
	if i, ok := f.consts[k]; ok {
		return i
	}
	i := len(f.code.Consts)
	f.code.Consts = append(f.code.Consts, v)
	f.consts[k] = i
	return i
}

// add adds a constant that is not shared with others.
func (f *fn) add(v object.Value) int {
	f.code.Consts = append(f.code.Consts, v)
	return len(f.code.Consts) - 1
}

func (f *fn) name(s string) int {
	if i, ok := f.names[s]; ok {
		return i
	}
	i := len(f.code.Names)
	f.code.Names = append(f.code.Names, f.in.Intern(s))
	f.names[s] = i
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
	f.globals[s] = i
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

func (f *fn) strConst(s string) int {
	return f.constant(constKey{kind: 's', s: s}, f.str(s))
}

func (f *fn) str(s string) object.Value {
	if len(s) <= internLen {
		return f.in.Intern(s).Value()
	}
	return object.NewStr(s)
}

// number returns the constant of a number literal.
func number(n any) (object.Value, constKey) {
	switch x := n.(type) {
	case py.Int:
		return object.Int(int64(x)), constKey{kind: 'i', n: uint64(x)}
	case *py.BigInt:
		b := (*big.Int)(x)
		v := object.NewBig(new(big.Int).Set(b))
		if v.IsInt() {
			return v, constKey{kind: 'i', n: uint64(v.Int())}
		}
		return v, constKey{kind: 'b', s: b.String()}
	case py.Float:
		return object.Float(float64(x)), constKey{kind: 'f', n: math.Float64bits(float64(x))}
	case py.Complex:
		return object.NewComplex(real(x), imag(x)), constKey{kind: 'c', s: fmt.Sprint(math.Float64bits(real(x)), math.Float64bits(imag(x)))}
	}
	return object.None, constKey{kind: 'N'}
}

// constOf returns the value of an expression that is a constant.
func (f *fn) constOf(e ast.Expr) (object.Value, constKey, bool) {
	switch x := e.(type) {
	case *ast.Num:
		v, k := number(x.N)
		return v, k, true
	case *ast.Str:
		return f.str(string(x.S)), constKey{kind: 's', s: string(x.S)}, true
	case *ast.Bytes:
		return object.NewBytes(string(x.S)), constKey{kind: 'y', s: string(x.S)}, true
	case *ast.NameConstant:
		switch x.Value {
		case py.Object(py.True):
			return object.True, constKey{kind: 'T'}, true
		case py.Object(py.False):
			return object.False, constKey{kind: 'F'}, true
		}
		return object.None, constKey{kind: 'N'}, true
	case *ast.Ellipsis:
		return object.Ellipsis, constKey{kind: 'E'}, true
	case *ast.BinOp, *ast.UnaryOp:
		if n, ok := syntax.ConstInt(e); ok {
			v, k := number(n)
			return v, k, true
		}
		if truth, ok := syntax.ConstTruth(e); ok {
			return object.Bool(truth), constKey{kind: map[bool]byte{true: 'T', false: 'F'}[truth]}, true
		}
	}
	return object.Null, constKey{}, false
}

// smallConst returns the value of an integer constant of at most bits bits.
func (f *fn) smallConst(e ast.Expr, bits uint) (int, bool) {
	switch e.(type) {
	case *ast.Num, *ast.BinOp, *ast.UnaryOp:
	default:
		return 0, false
	}
	n, ok := syntax.ConstInt(e)
	if !ok {
		return 0, false
	}
	i, ok := n.(py.Int)
	if !ok || int64(i) < -1<<(bits-1) || int64(i) >= 1<<(bits-1) {
		return 0, false
	}
	return int(i), true
}

// loadConst puts a constant into dst.
func (f *fn) loadConst(v object.Value, k constKey, dst int) {
	if v.IsInt() && v.Int() >= math.MinInt32 && v.Int() <= math.MaxInt32 {
		f.emit(OpLoadI, dst, int(v.Int()), 0)
		return
	}
	f.emit(OpLoadK, dst, f.constant(k, v), 0)
}

func (f *fn) loadNone(dst int) { f.loadConst(object.None, constKey{kind: 'N'}, dst) }

// compile compiles the scope's body.
func (f *fn) compile() error {
	s, c := f.s, f.code
	f.nested = map[*Code]int{}
	c.Block = s.name
	c.Generator = s.gen && s.kind.function()
	f.params()
	// Locals come after the parameters, one register each.
	for _, y := range s.order {
		if y.param {
			continue
		}
		switch y.kind {
		case symLocal:
			if s.kind.function() || y.name == "__class__" && s.kind == scopeClass {
				y.reg = f.temp()
			}
		case symCell:
			y.reg = f.temp()
		}
	}
	f.nlocals = f.top
	f.sure = make([]bool, f.nlocals)
	f.never = make([]bool, f.nlocals)
	if s.kind == scopeFunction {
		deleted(bodyStmts(s.node), func(name string) {
			if y := s.syms[name]; y != nil && (y.kind == symLocal || y.kind == symCell) {
				f.never[y.reg] = true
			}
		})
	}
	for _, y := range s.order {
		if y.param {
			f.sure[y.reg] = true
		}
	}
	unbind := f.emit(OpUnbind, 0, 0, 0)
	for _, y := range s.order {
		if y.kind == symCell {
			if y.param {
				f.emit(OpMakeCell, y.reg, 0, 0)
			} else {
				f.emit(OpNewCell, y.reg, 0, 0)
			}
		}
	}
	f.start = len(f.ins)
	f.bodyOf()
	first := f.ins[f.start].line
	if body := bodyStmts(s.node); len(body) > 0 {
		if try, ok := body[0].(*ast.Try); ok {
			first = try.Lineno
		}
	}
	for i := range f.ins[:f.start] { // an exception that comes at once has the first line of the body
		f.ins[i].line = first
	}
	f.keep()
	if n := f.nlocals - f.params1(); f.unsure && n > 0 {
		f.ins[unbind].a, f.ins[unbind].b = f.params1(), n
	}
	if f.err != nil {
		return f.err
	}
	c.NRegs = f.max + len(f.kept) + 2
	c.Free = f.freeVars()
	return f.assemble()
}

// bodyStmts returns the statements of a function.
func bodyStmts(node ast.Ast) []ast.Stmt {
	switch n := node.(type) {
	case *ast.FunctionDef:
		return n.Body
	case *syntax.AsyncFunctionDef:
		return n.Body
	}
	return nil
}

// keptBase is the number of the first register for a kept constant, until the
// number of the other registers is known.
const keptBase = 1 << 20

// maxKept limits the constants that are kept in registers.
const maxKept = 16

// keepConst returns the register that holds a constant for the loops of the
// function.
func (f *fn) keepConst(v object.Value, k constKey) (int, bool) {
	if f.loops == 0 || f.s.kind == scopeClass {
		return 0, false
	}
	if r, ok := f.kept[k]; ok {
		return r, true
	}
	if len(f.kept) == maxKept {
		return 0, false
	}
	if f.kept == nil {
		f.kept = map[constKey]int{}
	}
	r := keptBase + len(f.kept)
	f.kept[k] = r
	f.keptVal = append(f.keptVal, f.constant(k, v))
	return r, true
}

// keep inserts the instructions that load the kept constants.
func (f *fn) keep() {
	n := len(f.keptVal)
	if n == 0 {
		return
	}
	load := make([]ins, n, n+len(f.ins)-f.start)
	for i, c := range f.keptVal {
		load[i] = ins{op: OpLoadK, a: keptBase + i, b: c, line: 1}
	}
	f.ins = append(f.ins[:f.start], append(load, f.ins[f.start:]...)...)
	for i := range f.labels {
		if f.labels[i] >= f.start {
			f.labels[i] += n
		}
	}
}

// params1 is the number of registers that the call fills.
func (f *fn) params1() int {
	n := f.code.NPos + f.code.NKwOnly
	if f.code.VarArgs {
		n++
	}
	if f.code.VarKw {
		n++
	}
	return n
}

func (f *fn) params() {
	s, c := f.s, f.code
	var args *ast.Arguments
	switch n := s.node.(type) {
	case *ast.FunctionDef:
		args = n.Args
	case *syntax.AsyncFunctionDef:
		args = n.Args
	case *ast.Lambda:
		args = n.Args
	}
	add := func(name string) {
		s.syms[name].reg = f.temp()
	}
	if s.kind.comp() {
		add("")
		c.NPos = 1
		c.Args = []*object.Str{f.in.Intern("")}
	}
	if args != nil {
		for _, x := range args.Args {
			add(string(x.Arg))
			c.Args = append(c.Args, f.in.Intern(string(x.Arg)))
		}
		for _, x := range args.Kwonlyargs {
			add(string(x.Arg))
			c.Args = append(c.Args, f.in.Intern(string(x.Arg)))
		}
		c.NPos, c.NKwOnly = len(args.Args), len(args.Kwonlyargs)
		if args.Vararg != nil {
			c.VarArgs = true
			add(string(args.Vararg.Arg))
		}
		if args.Kwarg != nil {
			c.VarKw = true
			add(string(args.Kwarg.Arg))
		}
	}
	c.Simple = !c.VarArgs && !c.VarKw && c.NKwOnly == 0 && !c.Generator
	if len(c.Args) > 250 {
		f.fail("function takes too many arguments")
	}
}

func (f *fn) bodyOf() {
	if f.s.gen && !f.s.kind.function() {
		// With an async for or async with, a module or a class body is a generator
		// to MicroPython, and calling it does nothing.
		f.emit(OpReturnNone, 0, 0, 0)
		return
	}
	switch n := f.s.node.(type) {
	case *ast.Module:
		f.stmts(n.Body)
		f.emit(OpReturnNone, 0, 0, 0)
	case *ast.Interactive:
		f.repl = true
		f.stmts(n.Body)
		f.emit(OpReturnNone, 0, 0, 0)
	case *ast.Expression:
		r := f.temp()
		f.exprTo(n.Body, r)
		f.emit(OpReturn, r, 0, 0)
	case *ast.FunctionDef:
		f.stmts(n.Body)
		f.emit(OpReturnNone, 0, 0, 0)
	case *syntax.AsyncFunctionDef:
		f.stmts(n.Body)
		f.emit(OpReturnNone, 0, 0, 0)
	case *ast.Lambda:
		f.setLine(n.Lineno)
		r := f.temp()
		f.exprTo(n.Body, r)
		if f.code.Generator {
			f.emit(OpReturnNone, 0, 0, 0)
		} else {
			f.emit(OpReturn, r, 0, 0)
		}
	case *ast.ClassDef:
		f.classBody(n)
	case *ast.ListComp:
		f.setLine(n.Lineno)
		f.compBody(n.Generators, OpMakeList, func(acc int) { f.collect(OpAppend, acc, n.Elt) })
	case *ast.SetComp:
		f.setLine(n.Lineno)
		f.compBody(n.Generators, OpMakeSet, func(acc int) { f.collect(OpSetAdd, acc, n.Elt) })
	case *ast.DictComp:
		f.setLine(n.Lineno)
		f.compBody(n.Generators, OpMakeDict, func(acc int) {
			v := f.temp()
			f.exprTo(n.Value, v)
			k := f.expr(n.Key)
			f.emit(OpStoreMap, acc, k, v)
		})
	case *ast.GeneratorExp:
		f.setLine(n.Lineno)
		f.compBody(n.Generators, OpNop, func(int) {
			r := f.temp()
			f.exprTo(n.Elt, r)
			f.emit(OpYield, r, r, 0)
		})
	}
}

func (f *fn) classBody(n *ast.ClassDef) {
	f.code.Class = true
	r := f.temp()
	f.loadName("__name__", r)
	f.storeName("__module__", r)
	f.emit(OpLoadK, r, f.strConst(string(n.Name)), 0)
	f.storeName("__qualname__", r)
	f.top = r
	f.stmts(n.Body)
	if y := f.s.syms["__class__"]; y != nil && y.kind == symCell {
		f.emit(OpReturn, y.reg, 0, 0)
		return
	}
	f.emit(OpReturnNone, 0, 0, 0)
}

// collect adds the value of e to the list or set acc.
func (f *fn) collect(op Op, acc int, e ast.Expr) {
	f.emit(op, acc, f.expr(e), 0)
}

// compBody compiles the body of a comprehension; each stores one result.
func (f *fn) compBody(gens []ast.Comprehension, make Op, each func(acc int)) {
	acc := f.temp()
	switch make {
	case OpMakeDict:
		f.emit(make, acc, 0, 0)
	case OpMakeList, OpMakeSet:
		f.emit(make, acc, acc, 0)
	}
	it := f.temp()
	if make == OpNop {
		f.emit(OpMove, it, 0, 0)
	} else {
		f.emit(OpGetIter, it, 0, 0)
	}
	f.loops++
	f.compLoop(gens, 0, it, func() {
		save := f.top
		each(acc)
		f.top = save
	})
	if make == OpNop {
		f.emit(OpReturnNone, 0, 0, 0)
	} else {
		f.emit(OpReturn, acc, 0, 0)
	}
}

func (f *fn) compLoop(gens []ast.Comprehension, i, it int, inner func()) {
	next, body := f.newLabel(), f.newLabel()
	line := f.line
	f.jump(next)
	f.place(body)
	g := gens[i]
	save := f.top
	val, local := f.loopTarget(g.Target)
	if !local {
		f.assign(g.Target, val)
	}
	for _, c := range g.Ifs {
		f.cond(c, false, next)
	}
	if i+1 < len(gens) {
		it2 := f.temp()
		src := f.expr(gens[i+1].Iter)
		f.emit(OpGetIter, it2, src, 0)
		f.compLoop(gens, i+1, it2, inner)
	} else {
		inner()
	}
	f.place(next)
	k := f.emit(OpForIter, it, val, int(body))
	f.ins[k].line = line
	f.top = save
}

// loopTarget returns the register that receives each item of a loop: the
// variable's own if it is a plain local.
func (f *fn) loopTarget(e ast.Expr) (reg int, local bool) {
	if n, ok := e.(*ast.Name); ok {
		if y := f.s.syms[string(n.Id)]; y != nil && y.kind == symLocal && f.s.kind.function() {
			f.sure[y.reg] = true
			return y.reg, true
		}
	}
	return f.temp(), false
}

// freeVars tells the function around where the free variables come from.
func (f *fn) freeVars() []FreeVar {
	var out []FreeVar
	for _, y := range f.s.free {
		p := f.s.parent.syms[y.name]
		if p.kind == symFree {
			out = append(out, FreeVar{Outer: true, Index: p.reg})
		} else {
			out = append(out, FreeVar{Index: p.reg * RegSize})
		}
	}
	return out
}

// finalReg returns the number that a register has in the end: the kept constants
// come after the locals and before the temporaries, where calls do not reach.
func (f *fn) finalReg(r int) int {
	switch {
	case r >= keptBase:
		return r - keptBase + f.nlocals
	case r >= f.nlocals:
		return r + len(f.kept)
	}
	return r
}

// assemble scales the operands and resolves the labels.
func (f *fn) assemble() error {
	c := f.code
	c.Instrs = make([]Instr, len(f.ins))
	c.Lines = make([]int32, len(f.ins))
	for i, x := range f.ins {
		v := [3]int{x.a, x.b, x.c}
		wide := false
		for j, form := range []byte(forms[x.op]) {
			switch form {
			case 'r', '2', '3', '4', 'C', 'M', 'V', 'B', 'N', 'A', 'E':
				v[j] = f.finalReg(v[j]) * RegSize
			case 't':
				if v[j] = f.labels[v[j]] - i - 1; v[j] != int(int16(v[j])) {
					f.line = x.line
					f.fail("function has too many instructions")
					return f.err
				}
			case 'T':
				v[j] = f.labels[v[j]] - i - 1
				wide = true
			case 'K', 'I':
				wide = true
			}
		}
		in := Instr(x.op) | Instr(x.marks)<<8 | Instr(uint16(v[0]))<<16
		if wide {
			in |= Instr(uint32(v[1])) << 32
		} else {
			in |= Instr(uint16(v[1]))<<32 | Instr(uint16(v[2]))<<48
		}
		c.Instrs[i] = in
		c.Lines[i] = int32(x.line)
	}
	// Execution never comes there, but the address after the last instruction
	// must be one of the code.
	c.Instrs, c.Lines = append(c.Instrs, Instr(OpNop)), append(c.Lines, int32(f.line))
	for _, h := range f.handler {
		if f.labels[h.start] < f.labels[h.end] {
			c.Handlers = append(c.Handlers, Handler{f.labels[h.start], f.labels[h.end], f.labels[h.target], uint16(f.finalReg(h.reg) * RegSize)})
		}
	}
	return nil
}
