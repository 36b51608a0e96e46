package modules_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"qpy"
	"qpy/modules/internal/script"
)

// names is what a script finds in a module.
type names struct {
	functions []string // and methods, as Class.method
	classes   []string
	constants []string
}

// lister prints each name of a module with what it is, and those of its classes.
const lister = `
def list_names(module, objects, foreign):
    def kind(v):
        if isinstance(v, type):
            return "class"
        return "function" if callable(v) else "constant"
    def methods(name, c):
        for n in sorted(dir(c)):
            if not n.startswith("_"):
                k = kind(getattr(c, n))
                print(k if k != "class" else "constant", name + "." + n)
    for n in sorted(dir(module)):
        if n.startswith("_") or n in foreign:
            continue
        v = getattr(module, n)
        print(kind(v), n)
        if isinstance(v, type):
            methods(n, v)
    for name, o in objects:
        c = o if isinstance(o, type) else type(o)
        if name not in dir(module):
            print("class", name)
        methods(name, c)
`

// list looks into a module as a script does, on the generic model.
func list(t *testing.T, e entry) names {
	t.Helper()
	var b strings.Builder
	b.WriteString(lister)
	fmt.Fprintf(&b, "import %s\nlist_names(%s, [", e.name, e.name)
	for _, o := range e.objects {
		fmt.Fprintf(&b, "(%q, %s), ", o[0], o[1])
	}
	b.WriteString("], [")
	for _, name := range e.foreign {
		fmt.Fprintf(&b, "%q, ", name)
	}
	b.WriteString("])\n")
	out, result := script.RunOn(t, qpy.Config{}, b.String())
	require.Equal(t, qpy.Finished, result.Ending, "%s: %s", e.name, out)
	var n names
	for line := range strings.Lines(out) {
		kind, name, ok := strings.Cut(strings.TrimSpace(line), " ")
		require.True(t, ok, out)
		switch kind {
		case "class":
			n.classes = append(n.classes, name)
		case "function":
			n.functions = append(n.functions, name)
		default:
			n.constants = append(n.constants, name)
		}
	}
	return n
}
