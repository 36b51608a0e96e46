package compile

// Op is an operation of the register machine.
type Op uint8

// The operations. A comment shows the operands: r a register, k a constant, i
// a signed number, u an unsigned one, t a jump, counted from the next instruction, n a name,
// g and m entries of the caches for globals and attributes, f a nested code. A
// capital letter takes the operands b and c together as 32 bits.
const (
	OpNop        Op = iota
	OpMove          // r r: a = b
	OpLoadK         // r K: a = constant
	OpLoadI         // r I: a = int
	OpCheck         // r: NameError if a is unbound
	OpDelLocal      // r: unbind a, NameError if it is unbound
	OpUnbind        // r u: unbind u registers from a on
	OpMakeCell      // r: a = new cell that holds a
	OpNewCell       // r: a = new empty cell
	OpLoadCell      // r r: a = value of cell b
	OpStoreCell     // r r: cell a = b
	OpDelCell       // r: empty cell a
	OpLoadFree      // r u: a = value of free variable u
	OpStoreFree     // r u: free variable u = a
	OpDelFree       // u: empty free variable
	OpLoadGlobal    // r g
	OpStoreGlobal
	OpDelGlobal  // g
	OpLoadName   // r g: from the locals of a module or class, then global
	OpStoreName  // r g
	OpDelName    // g
	OpLoadAttr   // r r m: a = b.name
	OpStoreAttr  // r r m: a.name = b
	OpDelAttr    // r n
	OpLoadMethod // r r m: a = method of b, a+1 = what to call it with or nothing
	OpLoadSuper  // r r n: the same for super(b, b+1)
	OpGetItem    // r r r: a = b[c]
	OpGetItemI   // r r i
	OpSetItem    // r r r: a[b] = c
	OpDelItem    // r r
	OpMakeSlice  // r r: a = slice(b, b+1, b+2)
	OpPos        // r r
	OpNeg
	OpInvert
	OpNot

	// Arithmetic, in the order of object.OpOr to object.OpPower.
	OpOr // r r r
	OpXor
	OpAnd
	OpLshift
	OpRshift
	OpAdd
	OpSub
	OpMul
	OpMatMul
	OpFloorDiv
	OpTrueDiv
	OpMod
	OpPow
	// The same in place, for augmented assignment.
	OpInOr // r r r
	OpInXor
	OpInAnd
	OpInLshift
	OpInRshift
	OpInAdd
	OpInSub
	OpInMul
	OpInMatMul
	OpInFloorDiv
	OpInTrueDiv
	OpInMod
	OpInPow
	// The same two groups with a small int as right operand.
	OpOrI // r r i
	OpXorI
	OpAndI
	OpLshiftI
	OpRshiftI
	OpAddI
	OpSubI
	OpMulI
	OpMatMulI
	OpFloorDivI
	OpTrueDivI
	OpModI
	OpPowI
	OpInOrI // r r i
	OpInXorI
	OpInAndI
	OpInLshiftI
	OpInRshiftI
	OpInAddI
	OpInSubI
	OpInMulI
	OpInMatMulI
	OpInFloorDivI
	OpInTrueDivI
	OpInModI
	OpInPowI

	// Comparisons, in the order of object.OpLess to object.OpIs.
	OpLt // r r r
	OpGt
	OpEq
	OpLe
	OpGe
	OpNe
	OpIn
	OpIs
	OpNotIn
	OpIsNot
	// Jumps if a comparison holds, and if it does not hold.
	OpJLt // r r t
	OpJGt
	OpJEq
	OpJLe
	OpJGe
	OpJNe
	OpJNotLt // r r t
	OpJNotGt
	OpJNotEq
	OpJNotLe
	OpJNotGe
	OpJNotNe
	OpJLtI // r i t
	OpJGtI
	OpJEqI
	OpJLeI
	OpJGeI
	OpJNeI
	OpJNotLtI // r i t
	OpJNotGtI
	OpJNotEqI
	OpJNotLeI
	OpJNotGeI
	OpJNotNeI
	OpJIs      // r r t
	OpJIsNot   // r r t
	OpJNone    // r t: as r u t with b unused
	OpJNotNone // r t
	OpJump     // T in b, c; a unused
	OpJTrue    // r T
	OpJFalse   // r T

	OpGetIter // r r: a = iterator of b
	OpForIter // r r t: next item of iterator a into b and jump; go on at the end
	OpForPrep // r r t: if a < a+1 (or > if a+2 is negative) then b = a, else jump
	OpForLoop // r r t: a += a+2, then if a < a+1 then b = a and jump

	OpCall       // r r u: a = b(b+1, ...); u = positional | keyword<<8
	OpCallMethod // r r u: a = b(b+1 unless nothing, b+2, ...)
	OpCallVar    // r r u: as OpCallMethod; then *sequence and **mapping or nothing
	OpReturn     // r
	OpReturnNone //
	OpMakeFunc   // r f u: a = function; with u, b's defaults are in a, a+1
	OpMakeClass  // r r u: a = class of body b, name b+1 and u bases
	OpMakeTuple  // r r u: a = (b, ...)
	OpMakeList   // r r u
	OpMakeSet    // r r u
	OpMakeDict   // r U: with room for u entries
	OpStoreMap   // r r r: dict a[b] = c
	OpAppend     // r r: list a.append(b)
	OpSetAdd     // r r
	OpExtend     // r r: list a takes the items of the tuple b
	OpToTuple    // r r: a = tuple of list b
	OpUnpack     // r r u: a, ... = b
	OpUnpackEx   // r r u: u = left | right<<8; a, ... *, ... = b
	OpRaise      // r
	OpRaiseFrom  // r r
	OpReraise    // r: without another line in the traceback
	OpRaiseLast  // there is no exception to raise again
	OpEndExcept  // the handled exception is done with
	OpJNoMatch   // r r t: jump unless exception a matches b
	OpImport     // r r n: a = module; b = level, b+1 = names
	OpImportFrom // r r n
	OpImportStar // r
	OpYield      // r r: yield b; a = what is sent
	OpYieldFrom  // r r: a = result of iterator b; b+1 = what to send it
	OpWithSetup  // r r: a = __exit__ of b in two registers, a+2 = __enter__ in two
	OpClassOf    // r r: a = type of b
	OpGetSlice   // r r r: a = b[c:c+1:c+2], the parts in three registers
	OpSetSlice   // r r r: a[b:b+1:b+2] = c
	NumOps
)

// forms are the operands of the operations; see form.
var forms = [NumOps]string{
	OpNop: "", OpMove: "rr", OpLoadK: "rK", OpLoadI: "rI", OpCheck: "r", OpDelLocal: "r", OpUnbind: "ru",
	OpMakeCell: "r", OpNewCell: "r", OpLoadCell: "rr", OpStoreCell: "rr", OpDelCell: "r",
	OpLoadFree: "rv", OpStoreFree: "rv", OpDelFree: "v",
	OpLoadGlobal: "rg", OpStoreGlobal: "rg", OpDelGlobal: "g", OpLoadName: "rg", OpStoreName: "rg", OpDelName: "g",
	OpLoadAttr: "rrm", OpStoreAttr: "rrm", OpDelAttr: "rn", OpLoadMethod: "2rm", OpLoadSuper: "22n",
	OpGetItem: "rrr", OpGetItemI: "rri", OpSetItem: "rrr", OpDelItem: "rr", OpMakeSlice: "r3",
	OpPos: "rr", OpNeg: "rr", OpInvert: "rr", OpNot: "rr",
	OpJIs: "rrt", OpJIsNot: "rrt", OpJNone: "rut", OpJNotNone: "rut",
	OpJump: "uT", OpJTrue: "rT", OpJFalse: "rT",
	OpGetIter: "rr", OpForIter: "rrt", OpForPrep: "3rt", OpForLoop: "3rt",
	OpCall: "rCu", OpCallMethod: "rMu", OpCallVar: "rVu", OpReturn: "r", OpReturnNone: "",
	OpMakeFunc: "2fu", OpMakeClass: "rBu", OpMakeTuple: "rNu", OpMakeList: "rNu", OpMakeSet: "rNu", OpMakeDict: "rI",
	OpStoreMap: "rrr", OpAppend: "rr", OpSetAdd: "rr", OpExtend: "rr", OpToTuple: "rr",
	OpUnpack: "Aru", OpUnpackEx: "Eru",
	OpRaise: "r", OpRaiseFrom: "rr", OpReraise: "r", OpRaiseLast: "", OpEndExcept: "", OpJNoMatch: "rrt",
	OpImport: "r2n", OpImportFrom: "rrn", OpImportStar: "r", OpYield: "rr", OpYieldFrom: "r2",
	OpWithSetup: "4r", OpClassOf: "rr", OpGetSlice: "rr3", OpSetSlice: "r3r",
}

// form is the operands of an operation: of those that come in rows, of their row.
func form(op Op) string {
	switch {
	case OpOr <= op && op <= OpInPow, OpLt <= op && op <= OpIsNot:
		return "rrr"
	case OpOrI <= op && op <= OpInPowI:
		return "rri"
	case OpJLt <= op && op <= OpJNotNe:
		return "rrt"
	case OpJLtI <= op && op <= OpJNotNeI:
		return "rit"
	}
	return forms[op]
}
