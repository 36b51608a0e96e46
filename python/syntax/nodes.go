package syntax

import (
	"sync"

	"github.com/go-python/gpython/ast"
	"github.com/go-python/gpython/py"
)

// MatMult is the operator @, which gpython's ast lacks. It stands in
// ast.BinOp.Op and ast.AugAssign.Op.
const MatMult = ast.FloorDiv + 1

// AnnAssign is an annotated variable, "target: annotation = value".
//
// MicroPython never evaluates the annotation. Without a value (nil) it does
// not evaluate the target either, whatever that is; a name is then declared
// local if the statement is in a function.
type AnnAssign struct {
	ast.StmtBase
	Target     ast.Expr
	Annotation ast.Expr
	Value      ast.Expr
}

// NamedExpr is the assignment expression "target := value". In a tree that
// Parse returned the target is always an *ast.Name. In a comprehension the name
// belongs to the scope around that comprehension (around one only: 1.13 does
// not look further out).
type NamedExpr struct {
	ast.ExprBase
	Target ast.Expr
	Value  ast.Expr
}

// Await is "await value": value is an atom with its trailers, it is evaluated
// and then driven as by "yield from".
type Await struct {
	ast.ExprBase
	Value ast.Expr
}

// AsyncFunctionDef is "async def": a function that is always a generator.
// Its place is that of "async".
type AsyncFunctionDef struct {
	ast.FunctionDef
}

// AsyncFor is "async for". Its place is that of "async".
type AsyncFor struct {
	ast.For
}

// AsyncWith is "async with". Its place is that of "async".
type AsyncWith struct {
	ast.With
}

// There is no node for an asynchronous comprehension: the grammar of 1.13 has
// none ("async for" in a comprehension is invalid syntax).

// nodeTypes are the gpython types of these nodes.
type nodeTypes struct {
	annAssign, namedExpr, await, asyncFunctionDef, asyncFor, asyncWith *py.Type
}

var (
	allTypes  nodeTypes
	typesOnce sync.Once
)

// types gives them, made when somebody first asks for one.
func types() *nodeTypes {
	typesOnce.Do(allTypes.fill)
	return &allTypes
}

func (t *nodeTypes) fill() {
	// What NewType does but for its list of types yet to be readied, which is gpython's
	// at the start of the program and has no lock.
	derive := func(base *py.Type, name string) *py.Type {
		return &py.Type{ObjectType: base, Name: name, Doc: name + " Node", New: base.New, Init: base.Init, Flags: base.Flags,
			Dict: py.StringDict{}, Bases: py.Tuple{base}}
	}
	t.annAssign = derive(ast.StmtBaseType, "AnnAssign")
	t.namedExpr = derive(ast.ExprBaseType, "NamedExpr")
	t.await = derive(ast.ExprBaseType, "Await")
	t.asyncFunctionDef = derive(ast.StmtBaseType, "AsyncFunctionDef")
	t.asyncFor = derive(ast.StmtBaseType, "AsyncFor")
	t.asyncWith = derive(ast.StmtBaseType, "AsyncWith")
}

var (
	_ ast.Stmt = (*AnnAssign)(nil)
	_ ast.Expr = (*NamedExpr)(nil)
	_ ast.Expr = (*Await)(nil)
	_ ast.Stmt = (*AsyncFunctionDef)(nil)
	_ ast.Stmt = (*AsyncFor)(nil)
	_ ast.Stmt = (*AsyncWith)(nil)
)

// StartLine returns the line on which an expression starts. It differs from
// e.GetLineno for a call, an attribute and a subscript, whose own place is that
// of their "(", "." or "[".
func StartLine(e ast.Expr) int {
	for {
		switch x := e.(type) {
		case *ast.Call:
			e = x.Func
		case *ast.Attribute:
			e = x.Value
		case *ast.Subscript:
			e = x.Value
		default:
			return e.GetLineno()
		}
	}
}

// Type returns the node's gpython type.
func (*AnnAssign) Type() *py.Type { return types().annAssign }

// Type returns the node's gpython type.
func (*NamedExpr) Type() *py.Type { return types().namedExpr }

// Type returns the node's gpython type.
func (*Await) Type() *py.Type { return types().await }

// Type returns the node's gpython type.
func (*AsyncFunctionDef) Type() *py.Type { return types().asyncFunctionDef }

// Type returns the node's gpython type.
func (*AsyncFor) Type() *py.Type { return types().asyncFor }

// Type returns the node's gpython type.
func (*AsyncWith) Type() *py.Type { return types().asyncWith }
