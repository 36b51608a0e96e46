package modules_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/modules"
	"qpy/python"
)

var update = flag.Bool("update", false, "write docs/modules.md anew")

const head = `# The modules that a script can import

Made by ` + "`go test ./modules -update`" + ` from the modules themselves, as a script on the
generic model finds them; what is in the firmware or in MicroPython 1.13 and not here
stands in the table as "no". "Source" is what says how a thing behaves: a file of
MicroPython 1.13 (` + "`py/`, `extmod/`" + `), a file of QuecPython's published 2021 firmware, or a
document of Quectel's. [models.md](models.md) has what only some models have,
[choices.md](choices.md) what qpy does where the sources are silent.

A module is also found without its u (%s), when no file of
that name is on the flash: ` + "`import json`" + ` finds ` + "`ujson`" + `, but a file ` + "`json.py`" + ` wins.

| module | name | supported | source, or why not |
|---|---|---|---|
`

// page makes docs/modules.md.
func page(t *testing.T) string {
	var short []string
	for _, name := range modules.Weak {
		short = append(short, "`"+name[1:]+"`")
	}
	slices.Sort(short)
	var b strings.Builder
	fmt.Fprintf(&b, head, strings.Join(short, ", "))
	row := func(module, name, supported, source string) {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", module, name, supported, source)
	}
	for _, e := range append(slices.Clone(catalog), more...) {
		n := list(t, e)
		require.NotEmpty(t, append(append(slices.Clone(n.functions), n.classes...), n.constants...), e.name)
		source := func(name string) string {
			if s := e.other[name]; s != "" {
				return s
			}
			return e.source
		}
		for _, name := range n.functions {
			row(e.name, "`"+name+"()`", "yes", source(name))
		}
		for _, name := range n.classes {
			row(e.name, "class `"+name+"`", "yes", source(name))
		}
		if len(n.constants) > 0 {
			row(e.name, constantsOf(n.constants), "yes", e.source)
		}
		for _, l := range e.lacking {
			row(e.name, "`"+l.names+"`", "no", "in "+l.of+": "+l.why)
		}
	}
	for _, l := range absent {
		for name := range strings.SplitSeq(l.names, ", ") {
			row(name, "the whole module", "no", "in "+l.of+": "+l.why)
		}
	}
	return b.String()
}

// constantsOf writes names, long rows of GPIO1, GPIO2 … by their ends.
func constantsOf(names []string) string {
	var out []string
	pins := map[string]bool{}
	for _, name := range names {
		if class, _, ok := strings.Cut(name, ".GPIO"); ok {
			if !pins[class] {
				pins[class] = true
				out = append(out, "`"+class+".GPIO1` …")
			}
			continue
		}
		out = append(out, "`"+name+"`")
	}
	return strings.Join(out, ", ")
}

func TestPageIsUpToDate(t *testing.T) {
	path := filepath.Join("..", "docs", "modules.md")
	want := page(t)
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(want), 0o644))
	}
	have, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.True(t, strings.ReplaceAll(string(have), "\r\n", "\n") == want, "docs/modules.md is not what the modules are: go test ./modules -update")
}

// Every module that can be imported is in the table, and no module is said to
// lack that can.
func TestEveryModuleIsInTheTable(t *testing.T) {
	known := map[string]bool{"__main__": true, "builtins": true, "_uasyncio": true}
	for _, e := range append(slices.Clone(catalog), more...) {
		known[e.name] = true
	}
	importable := map[string]bool{}
	for _, name := range python.ModuleNames(modules.All) {
		name, _, _ = strings.Cut(name, "/")
		importable[name] = true
		assert.True(t, known[name], "module %s is not in the catalog", name)
	}
	for _, e := range append(slices.Clone(catalog), more...) {
		n := list(t, e)
		for _, l := range e.lacking {
			for name := range strings.SplitSeq(l.names, ", ") {
				there := slices.Contains(slices.Concat(n.functions, n.classes, n.constants), name)
				assert.False(t, there, "%s.%s is there", e.name, name)
			}
		}
	}
	for _, l := range absent {
		for name := range strings.SplitSeq(l.names, ", ") {
			assert.False(t, importable[name], "module %s is there", name)
		}
	}
}
