package object

import "sync"

// UnaryOp is a unary operator (mp_unary_op_t).
type UnaryOp uint8

// The unary operators. OpNot never reaches a slot.
const (
	OpPositive UnaryOp = iota
	OpNegative
	OpInvert
	OpNot
	OpBool
	OpLen
	OpHash
	OpAbs
	OpInt
	OpSizeof
	numUnary
)

// BinaryOp is a binary operator (mp_binary_op_t, in its order).
type BinaryOp uint8

// The binary operators. OpIn, OpIs, OpExceptionMatch, OpNotIn and OpIsNot never
// reach a slot; `x in y` comes to y's slot as OpContains with x as other.
const (
	OpLess BinaryOp = iota
	OpMore
	OpEqual
	OpLessEqual
	OpMoreEqual
	OpNotEqual
	OpIn
	OpIs
	OpExceptionMatch
	OpInplaceOr
	OpInplaceXor
	OpInplaceAnd
	OpInplaceLshift
	OpInplaceRshift
	OpInplaceAdd
	OpInplaceSubtract
	OpInplaceMultiply
	OpInplaceMatMultiply
	OpInplaceFloorDivide
	OpInplaceTrueDivide
	OpInplaceModulo
	OpInplacePower
	OpOr
	OpXor
	OpAnd
	OpLshift
	OpRshift
	OpAdd
	OpSubtract
	OpMultiply
	OpMatMultiply
	OpFloorDivide
	OpTrueDivide
	OpModulo
	OpPower
	OpDivmod
	OpContains
	OpReverseOr
	OpReverseXor
	OpReverseAnd
	OpReverseLshift
	OpReverseRshift
	OpReverseAdd
	OpReverseSubtract
	OpReverseMultiply
	OpReverseMatMultiply
	OpReverseFloorDivide
	OpReverseTrueDivide
	OpReverseModulo
	OpReversePower
	OpNotIn
	OpIsNot
	numBinary
)

// Plain returns the operator that an in-place operator falls back to; other
// operators are returned as they are.
func (op BinaryOp) Plain() BinaryOp {
	if op >= OpInplaceOr && op <= OpInplacePower {
		return op + (OpOr - OpInplaceOr)
	}
	return op
}

// Method returns the name of the operator's special method, or nil if it has
// none.
func (op BinaryOp) Method() *Str { return methodNames().binary[op] }

// operators are the special methods of the operators (mp_unary_op_method_name,
// mp_binary_op_method_name). An operator without an entry has no method and shows
// an empty name in error messages.
var operators opMethods

type opMethods struct {
	once   sync.Once
	unary  [numUnary]*Str
	binary [numBinary]*Str
}

// methodNames are looked up when somebody first asks for them: a start has no use
// for them, nor has many a program.
func methodNames() *opMethods {
	operators.once.Do(fillOperators)
	return &operators
}

func fillOperators() {
	operators.unary = [numUnary]*Str{
		OpBool: Intern("__bool__"), OpLen: Intern("__len__"), OpHash: Intern("__hash__"),
		OpInt: Intern("__int__"), OpPositive: Intern("__pos__"), OpNegative: Intern("__neg__"),
		OpInvert: Intern("__invert__"), OpAbs: Intern("__abs__"), OpSizeof: Intern("__sizeof__"),
	}
	operators.binary = [numBinary]*Str{
		OpLess: Intern("__lt__"), OpMore: Intern("__gt__"), OpEqual: Intern("__eq__"),
		OpLessEqual: Intern("__le__"), OpMoreEqual: Intern("__ge__"), OpNotEqual: Intern("__ne__"),
		OpContains: Intern("__contains__"), OpInplaceAdd: Intern("__iadd__"), OpInplaceSubtract: Intern("__isub__"),
		OpAdd: Intern("__add__"), OpSubtract: Intern("__sub__"), OpMultiply: Intern("__mul__"),
		OpMatMultiply: Intern("__matmul__"), OpFloorDivide: Intern("__floordiv__"),
		OpTrueDivide: Intern("__truediv__"), OpModulo: Intern("__mod__"), OpDivmod: Intern("__divmod__"),
		OpPower: Intern("__pow__"), OpOr: Intern("__or__"), OpXor: Intern("__xor__"), OpAnd: Intern("__and__"),
		OpLshift: Intern("__lshift__"), OpRshift: Intern("__rshift__"),
		OpReverseAdd: Intern("__radd__"), OpReverseSubtract: Intern("__rsub__"), OpReverseMultiply: Intern("__rmul__"),
		OpReverseMatMultiply: Intern("__rmatmul__"), OpReverseFloorDivide: Intern("__rfloordiv__"),
		OpReverseTrueDivide: Intern("__rtruediv__"), OpReverseModulo: Intern("__rmod__"),
		OpReversePower: Intern("__rpow__"), OpReverseOr: Intern("__ror__"), OpReverseXor: Intern("__rxor__"),
		OpReverseAnd: Intern("__rand__"), OpReverseLshift: Intern("__rlshift__"), OpReverseRshift: Intern("__rrshift__"),
	}
}

func init() {
	if !staticNames {
		methodNames() // names are made in init functions only
	}
}

func nameOf(s *Str) string {
	if s == nil {
		return ""
	}
	return s.s
}
