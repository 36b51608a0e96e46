package python

import (
	"github.com/go-python/gpython/ast"

	"qpy/python/syntax"
)

// Outline is what a source says of itself without being run.
type Outline struct {
	Statements []Statement // at the top level, in order
	Binds      []string    // names that the top level binds
	Uses       []string    // names that it uses, in functions too, and does not bind
}

// Statement is one statement at the top level of a source.
type Statement struct {
	Line, End int  // first and last line, from 1; blank and comment lines after it belong to it
	Defines   bool // an import, an assignment, a function or a class
}

// Analyze reads a source without running it; the error is a syntax error.
func Analyze(src string) (Outline, error) {
	mod, err := syntax.Parse([]byte(src), "<page>", syntax.Exec)
	if err != nil {
		return Outline{}, err
	}
	var o Outline
	o.Binds, o.Uses = syntax.Names(mod)
	body := mod.(*ast.Module).Body
	for i, s := range body {
		end := lastLine(src)
		if i+1 < len(body) {
			end = startLine(body[i+1]) - 1
		}
		o.Statements = append(o.Statements, Statement{Line: startLine(s), End: max(end, startLine(s)), Defines: defines(s)})
	}
	return o, nil
}

func defines(s ast.Stmt) bool {
	switch s.(type) {
	case *ast.Import, *ast.ImportFrom, *ast.Assign, *ast.FunctionDef, *ast.ClassDef,
		*syntax.AnnAssign, *syntax.AsyncFunctionDef:
		return true
	}
	return false
}

// startLine is the first line of a statement, decorators included.
func startLine(s ast.Stmt) int {
	line := s.GetLineno()
	var decorators []ast.Expr
	switch d := s.(type) {
	case *ast.FunctionDef:
		decorators = d.DecoratorList
	case *ast.ClassDef:
		decorators = d.DecoratorList
	}
	for _, d := range decorators {
		line = min(line, syntax.StartLine(d))
	}
	return line
}

func lastLine(src string) int {
	n := 1
	for i := range len(src) {
		if src[i] == '\n' && i+1 < len(src) {
			n++
		}
	}
	return n
}
