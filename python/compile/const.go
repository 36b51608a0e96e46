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

type constKey struct {
	kind byte
	n    uint64
	s    string
}

func (f *fn) constant(k constKey, v object.Value) int {
	if i, ok := f.consts[k]; ok {
		return i
	}
	i := len(f.code.Consts)
	f.code.Consts = append(f.code.Consts, v)
	set(&f.consts, k, i)
	return i
}

// add adds a constant that is not shared with others.
func (f *fn) add(v object.Value) int {
	f.code.Consts = append(f.code.Consts, v)
	return len(f.code.Consts) - 1
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
			if truth {
				return object.True, constKey{kind: 'T'}, true
			}
			return object.False, constKey{kind: 'F'}, true
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
	r := keptBase + len(f.kept)
	set(&f.kept, k, r)
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
