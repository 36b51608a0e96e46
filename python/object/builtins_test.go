package object

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestBuiltins(t *testing.T) {
	in := NewInterp(Generic())
	seen := map[string]bool{}
	in.EachBuiltin(func(name *Str, v Value) {
		assert.False(t, seen[name.String()], "%s is defined twice", name)
		seen[name.String()] = true
		assert.Equal(t, v, in.Builtin(name), name.String())
	})
	assert.True(t, seen["TypeError"])
	assert.False(t, seen["execfile"], "the profile does not bring it in")
	for _, name := range []string{"", "TypeErrors", "x", strings.Repeat("x", 1000)} {
		assert.True(t, in.Builtin(in.Intern(name)).IsNull(), name)
	}
	in.Profile.Hidden = map[string]bool{"TypeError": true}
	assert.True(t, in.Builtin(in.Intern("TypeError")).IsNull())
	assert.LessOrEqual(t, len(builtins), len(builtinRoom), "builtinRoom is too small")
}
