// Package tests holds the project's tests from outside: golden transcripts,
// the documented examples, and the house rules that no single package can check.
package tests

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const root = ".."

// floors are the arrows of docs/architecture.md: a package below the key may
// import packages of the project below the values and nothing else of it. The
// longest key that fits a package counts.
var floors = map[string][]string{
	"qpy/cmd":     {"qpy", "qpy/cmd", "qpy/python", "qpy/device", "qpy/modules"},
	"qpy":         {"qpy/modules", "qpy/python", "qpy/device"},
	"qpy/modules": {"qpy/modules", "qpy/python", "qpy/device"},
	// What the modules' tests run scripts with; a package for tests only.
	"qpy/modules/internal/script": {"qpy"},
	"qpy/python":                  {"qpy/python"},
	"qpy/device":                  {"qpy/device"},
	"qpy/device/kernel":           {},
	"qpy/device/model":            {},
	"qpy/device/flash":            {"qpy/device/kernel", "qpy/device/flash"},
	"qpy/device/nvram":            {},
	"qpy/device/power":            {"qpy/device/kernel", "qpy/device/nvram"},
	"qpy/device/rtc":              {"qpy/device/nvram"},
	"qpy/device/network":          {"qpy/device/kernel", "qpy/device/model", "qpy/device/network"},
	"qpy/device/firmware":         {"qpy/device/kernel", "qpy/device/flash", "qpy/device/network", "qpy/device/power", "qpy/device/model", "qpy/device/nvram", "qpy/device/firmware"},
	"qpy/python/libm":             {},
	"qpy/python/bigint":           {},
	"qpy/python/slab":             {},
	"qpy/python/text":             {},
	"qpy/python/syntax":           {"qpy/python/text", "qpy/python/slab"},
	"qpy/python/object":           {"qpy/python/text", "qpy/python/libm", "qpy/python/bigint", "qpy/python/slab"},
	"qpy/python/stream":           {"qpy/python/object"},
	"qpy/python/compile":          {"qpy/python/syntax", "qpy/python/object", "qpy/python/text"},
	"qpy/python/vm":               {"qpy/python/compile", "qpy/python/object", "qpy/python/syntax", "qpy/python/text", "qpy/python/slab"},
	"qpy/python/builtin":          {"qpy/python/object", "qpy/python/text", "qpy/python/libm"},
	"qpy/python/border":           {"qpy/python/object"},
	"qpy/tests":                   {"qpy", "qpy/cmd", "qpy/device", "qpy/python", "qpy/modules", "qpy/tests"},
}

// within tells whether pkg is parent or lies below it.
func within(pkg, parent string) bool {
	return pkg == parent || (parent != "qpy" && strings.HasPrefix(pkg, parent+"/"))
}

func floorOf(pkg string) (string, bool) {
	best := ""
	for f := range floors {
		if within(pkg, f) && len(f) > len(best) {
			best = f
		}
	}
	return best, best != ""
}

func TestArrowsPointDown(t *testing.T) {
	imports := projectImports(t)
	require.Contains(t, imports, "qpy/python", "the walk must have found the project")
	for pkg, deps := range imports {
		floor, ok := floorOf(pkg)
		if !assert.True(t, ok, "package %s stands on no floor of docs/architecture.md", pkg) {
			continue
		}
		for dep, file := range deps {
			for _, forTests := range []string{"qpy/modules/internal/script", "qpy/modules/internal/bare"} {
				assert.NotEqual(t, forTests, dep, "%s: that package is for tests", file)
			}
			allowed := false
			for _, a := range floors[floor] {
				allowed = allowed || within(dep, a)
			}
			assert.True(t, allowed, "%s imports %s: arrows from %s may only go to %v", file, dep, floor, floors[floor])
		}
	}
}

// TestEvaluatorIsOutOfSight holds gpython to what it is used for: its object
// protocol (package py) everywhere, its syntax tree (package ast) in python/.
func TestEvaluatorIsOutOfSight(t *testing.T) {
	const gpython = "github.com/go-python/gpython/"
	for pkg, deps := range allImports(t) {
		for dep, file := range deps {
			if !strings.HasPrefix(dep, gpython) || dep == gpython+"py" || (dep == gpython+"ast" && within(pkg, "qpy/python")) {
				continue
			}
			assert.Fail(t, "gpython's evaluator is in sight", "%s imports %s", file, dep)
		}
	}
}

func projectImports(t *testing.T) map[string]map[string]string {
	out := map[string]map[string]string{}
	for pkg, deps := range allImports(t) {
		out[pkg] = map[string]string{}
		for dep, file := range deps {
			if within(dep, "qpy") || strings.HasPrefix(dep, "qpy/") {
				out[pkg][dep] = file
			}
		}
	}
	return out
}

// allImports gives, for each package of the project, what its files that are
// not tests import, and the file that does.
func allImports(t *testing.T) map[string]map[string]string {
	t.Helper()
	out := map[string]map[string]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); name != ".." && (strings.HasPrefix(name, ".") || name == "testdata") {
				return filepath.SkipDir
			}
			return nil
		}
		if filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, src, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		pkg := strings.TrimSuffix("qpy/"+filepath.ToSlash(rel), "/.")
		if out[pkg] == nil {
			out[pkg] = map[string]string{}
		}
		for _, imp := range f.Imports {
			name, err := strconv.Unquote(imp.Path.Value)
			if err != nil {
				return err
			}
			out[pkg][name] = strings.TrimPrefix(path, root+"/")
		}
		return nil
	})
	require.NoError(t, err)
	return out
}
