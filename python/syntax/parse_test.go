package syntax

import (
	"strings"
	"testing"

	"github.com/go-python/gpython/ast"
	"github.com/go-python/gpython/py"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func parse(t testing.TB, src string) []ast.Stmt {
	t.Helper()
	mod, err := Parse([]byte(src), "x.py", Exec)
	require.NoError(t, err, src)
	return mod.(*ast.Module).Body
}

// dump is ast.Dump for a statement, with "Async" before what is asynchronous.
func dump(s ast.Stmt) string {
	switch x := s.(type) {
	case *AsyncFunctionDef:
		var body []string
		for _, s := range x.Body {
			body = append(body, dump(s))
		}
		outer := x.FunctionDef
		outer.Body = nil
		return "Async" + ast.Dump(&outer) + "{" + strings.Join(body, "; ") + "}"
	case *AsyncFor:
		return "Async" + ast.Dump(&x.For)
	case *AsyncWith:
		return "Async" + ast.Dump(&x.With)
	}
	return ast.Dump(s)
}

// What gpython's grammar lacks.
func TestOwnNodes(t *testing.T) {
	const x, y = "Name(id='x', ctx=Load())", "Name(id='y', ctx=Load())"
	const sx = "Name(id='x', ctx=Store())"
	for src, want := range map[string]string{
		"x: int":   "AnnAssign(target=Name(id='x', ctx=Store()), annotation=Name(id='int', ctx=Load()), value=None)",
		"x: y = 1": "AnnAssign(target=" + sx + ", annotation=" + y + ", value=Num(n=1))",
		"x.y: x = y": "AnnAssign(target=Attribute(value=" + x + ", attr='y', ctx=Store()), annotation=" + x +
			", value=" + y + ")",
		"x, y: x = y, x": "AnnAssign(target=Tuple(elts=[" + sx + ", Name(id='y', ctx=Store())], ctx=Store()), " +
			"annotation=Name(id='x', ctx=Load()), value=Tuple(elts=[" + y + ", " + x + "], ctx=Load()))",
		"(x := y)":        "Expr(value=NamedExpr(target=" + sx + ", value=" + y + "))",
		"y(x := 1)":       "Expr(value=Call(func=" + y + ", args=[NamedExpr(target=" + sx + ", value=Num(n=1))], keywords=[], starargs=None, kwargs=None))",
		"[x := 1, y]":     "Expr(value=List(elts=[NamedExpr(target=" + sx + ", value=Num(n=1)), " + y + "], ctx=Load()))",
		"if x := y: x":    "If(test=NamedExpr(target=" + sx + ", value=" + y + "), body=[Expr(value=" + x + ")], orelse=[])",
		"while x := y: x": "While(test=NamedExpr(target=" + sx + ", value=" + y + "), body=[Expr(value=" + x + ")], orelse=[])",
		"x @ y":           "Expr(value=BinOp(left=" + x + ", op=UnknownOperatorNumber(13), right=" + y + "))",
		"x @= y":          "AugAssign(target=" + sx + ", op=UnknownOperatorNumber(13), value=" + y + ")",
		"y(**x, a=1)":     "Expr(value=Call(func=" + y + ", args=[], keywords=[keyword(arg='a', value=Num(n=1))], starargs=None, kwargs=" + x + "))",
		"y(**x, *x)":      "Expr(value=Call(func=" + y + ", args=[], keywords=[], starargs=" + x + ", kwargs=" + x + "))",
		"y(a=1, x for x in y)": "Expr(value=Call(func=" + y + ", args=[GeneratorExp(elt=" + x +
			", generators=[comprehension(target=" + sx + ", iter=" + y + ", ifs=[])])], keywords=[keyword(arg='a', value=Num(n=1))], starargs=None, kwargs=None))",
		"async def x(): await y": "AsyncFunctionDef(name='x', args=arguments(args=[], vararg=None, kwonlyargs=[], kw_defaults=[], kwarg=None, defaults=[]), " +
			"body=[], decorator_list=[], returns=None){Expr(value=Await(value=" + y + "))}",
		"@x\nasync def x(): await y.x()**2": "AsyncFunctionDef(name='x', args=arguments(args=[], vararg=None, kwonlyargs=[], kw_defaults=[], kwarg=None, defaults=[]), " +
			"body=[], decorator_list=[" + x + "], returns=None){Expr(value=BinOp(left=Await(value=Call(func=Attribute(value=" + y +
			", attr='x', ctx=Load()), args=[], keywords=[], starargs=None, kwargs=None)), op=Pow(), right=Num(n=2)))}",
		"async for x in y: x\nelse: y": "AsyncFor(target=" + sx + ", iter=" + y + ", body=[Expr(value=" + x + ")], orelse=[Expr(value=" + y + ")])",
		"async with y as x, x: y": "AsyncWith(items=[withitem(context_expr=" + y + ", optional_vars=" + sx + "), withitem(context_expr=" + x +
			", optional_vars=None)], body=[Expr(value=" + y + ")])",
		"from x import y,": "ImportFrom(module='x', names=[alias(name='y', asname=None)], level=0)",
		"x = __debug__":    "Assign(targets=[" + sx + "], value=NameConstant(value=True))",
	} {
		body := parse(t, src)
		require.Len(t, body, 1, src)
		assert.Equal(t, want, dump(body[0]), src)
	}
}

// Where gpython's tree is wrong or loses something, ours differs.
func TestDeviations(t *testing.T) {
	// gpython: one Name "a.b".
	f := parse(t, "@a.b(1)\ndef f(): pass")[0].(*ast.FunctionDef)
	assert.Equal(t, "Call(func=Attribute(value=Name(id='a', ctx=Load()), attr='b', ctx=Load()), args=[Num(n=1)], "+
		"keywords=[], starargs=None, kwargs=None)", ast.Dump(f.DecoratorList[0]))
	// gpython: the defaults alone, so that nothing tells whose they are.
	f = parse(t, "def f(*, a, b=1, c): pass")[0].(*ast.FunctionDef)
	require.Len(t, f.Args.KwDefaults, 3)
	assert.Nil(t, f.Args.KwDefaults[0])
	assert.Equal(t, "Num(n=1)", ast.Dump(f.Args.KwDefaults[1]))
	assert.Nil(t, f.Args.KwDefaults[2])
	// gpython: a parameter may not be followed by a comma after *args.
	f = parse(t, "def f(*a, b,): pass")[0].(*ast.FunctionDef)
	assert.Len(t, f.Args.Kwonlyargs, 1)
	// gpython makes "for x, in y" a plain x.
	assert.IsType(t, &ast.Tuple{}, parse(t, "for x, in y: pass")[0].(*ast.For).Target)
	// gpython rejects a byte from 0x80 on in bytes; MicroPython takes it as it is.
	assert.Equal(t, py.Bytes("\xc3\xa9"), parse(t, "b'\u00e9'")[0].(*ast.ExprStmt).Value.(*ast.Bytes).S)
}

func value(t testing.TB, src string) ast.Expr {
	t.Helper()
	mod, err := Parse([]byte(src), "x.py", Eval)
	require.NoError(t, err, src)
	return mod.(*ast.Expression).Body
}

// The values on the right were printed by MicroPython 1.13.
func TestStrings(t *testing.T) {
	for src, want := range map[string]string{
		`'a' "b" '''c'''`:    "abc",
		`u'a' r'\n' 'c'`:     `a\nc`,
		`'\a\b\t\n\v\f\r'`:   "\a\b\t\n\v\f\r",
		`'\\\'\"'`:           `\'"`,
		`'\0\12\1234\8'`:     "\x00\nS4\\8",
		`'\x41\u00e9\u20AC'`: "A\u00e9\u20ac",
		`'\U0001F600'`:       "\U0001F600",
		`'\ud800'`:           "\xed\xa0\x80",
		`'\q\ '`:             `\q\ `,
		"'a\\\nb'":           "ab",
		"'a\\\r\nb'":         "ab",
		"'''a\r\nb\rc'''":    "a\nb\nc",
		"r'a\\\nb'":          "a\\\nb",
		`r'\''`:              `\'`,
		`''''a''b'''`:        "'a''b",
		`""`:                 "",
		`"" ""`:              "",
		"'\\\xc3\xa9'":       "\\\xc3\x83\xa9",
		"'\xff'":             "\xff",
		`'\777'`:             "\u01ff",
	} {
		assert.Equal(t, py.String(want), value(t, src).(*ast.Str).S, src)
	}
	for src, want := range map[string]string{
		`b'a' rb'\n' br"\x" b'''c'''`: `a\n\xc`,
		`b'\x00\xff\377'`:             "\x00\xff\xff",
		`b'\u1234\U1'`:                `\u1234\U1`,
		"b'\xff'":                     "\xff",
	} {
		assert.Equal(t, py.Bytes(want), value(t, src).(*ast.Bytes).S, src)
	}
}

func TestNumbers(t *testing.T) {
	for src, want := range map[string]py.Object{
		"0":          py.Int(0),
		"012":        py.Int(12),
		"1_000":      py.Int(1000),
		"1__0_":      py.Int(10),
		"0x_fF":      py.Int(255),
		"0B101":      py.Int(5),
		"0O17":       py.Int(15),
		"1e3":        py.Float(1000),
		"1_0.5_0e1_": py.Float(105),
		"1.":         py.Float(1),
		".5":         py.Float(0.5),
		"1E-2":       py.Float(0.01),
		"2j":         py.Complex(2i),
		".5J":        py.Complex(.5i),
	} {
		assert.Equal(t, want, py.Object(value(t, src).(*ast.Num).N), src)
	}
	big := value(t, "0x1_0000_0000_0000_0000").(*ast.Num).N.(*py.BigInt)
	s, err := big.M__str__()
	require.NoError(t, err)
	assert.Equal(t, py.String("18446744073709551616"), s)
}

// A byte order mark belongs to the first name, as MicroPython has it.
func TestByteOrderMark(t *testing.T) {
	binds, _ := Names(&ast.Module{Body: parse(t, "\ufeffx = 1\ny = 2\n")})
	assert.Equal(t, []string{"\ufeffx", "y"}, binds)
}

// name = const(value) makes a literal of the name.
func TestConst(t *testing.T) {
	body := parse(t, "A = const(1 << 3)\n_B = const(-A)\nx = A + _B\ndef f(A): return A\ny.A\nC = const(2, )\n")
	var got []string
	for _, s := range body {
		got = append(got, dump(s))
	}
	assert.Equal(t, []string{
		"Assign(targets=[Name(id='A', ctx=Store())], value=Num(n=8))",
		"Pass()",
		"Assign(targets=[Name(id='x', ctx=Store())], value=BinOp(left=Num(n=8), op=Add(), right=Num(n=-8)))",
		"FunctionDef(name='f', args=arguments(args=[arg(arg='A', annotation=None)], vararg=None, kwonlyargs=[], " +
			"kw_defaults=[], kwarg=None, defaults=[]), body=[Return(value=Num(n=8))], decorator_list=[], returns=None)",
		"Expr(value=Attribute(value=Name(id='y', ctx=Load()), attr='A', ctx=Load()))",
		"Assign(targets=[Name(id='C', ctx=Store())], value=Num(n=2))",
	}, got)
}

func TestPlaces(t *testing.T) {
	body := parse(t, "x = [\n  a.b(\n   c)[d],\n  e + f]\n\nasync def g():\n\treturn (yield)\n")
	list := body[0].(*ast.Assign).Value.(*ast.List)
	sub := list.Elts[0].(*ast.Subscript)
	call := sub.Value.(*ast.Call)
	attr := call.Func.(*ast.Attribute)
	at := func(n ast.Ast) [2]int { return [2]int{n.GetLineno(), n.GetColOffset()} }
	assert.Equal(t, [2]int{1, 4}, at(list))
	assert.Equal(t, [2]int{3, 5}, at(sub))
	assert.Equal(t, [2]int{2, 5}, at(call))
	assert.Equal(t, [2]int{2, 3}, at(attr))
	assert.Equal(t, 2, StartLine(sub))
	assert.Equal(t, [2]int{4, 2}, at(list.Elts[1]))
	g := body[1].(*AsyncFunctionDef)
	assert.Equal(t, [2]int{6, 0}, at(g))
	assert.Equal(t, [2]int{7, 9}, at(g.Body[0].(*ast.Return).Value))
}

func TestNodeTypes(t *testing.T) {
	for want, n := range map[string]ast.Ast{
		"AnnAssign": &AnnAssign{}, "NamedExpr": &NamedExpr{}, "Await": &Await{},
		"AsyncFunctionDef": &AsyncFunctionDef{}, "AsyncFor": &AsyncFor{}, "AsyncWith": &AsyncWith{},
	} {
		assert.Equal(t, want, n.Type().Name)
	}
}
