package object

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestStaticStringsAreFoundByTheirText(t *testing.T) {
	eachStatic(func(s *Str) {
		require.Same(t, s, static(s.s))
		require.Same(t, s, static([]byte(s.s)))
		require.Equal(t, hashText(s.s), s.hash)
		require.Equal(t, uint8(strInterned|strHashed), s.flags&(strInterned|strHashed))
		plain := Str{s: s.s}
		require.Equal(t, plain.ASCII(), s.flags&strASCII != 0)
		require.Same(t, StrType, s.typ)
	})
	for _, text := range []string{"no such name", "appen", "append ", "a name that is longer than any of the others is"} {
		assert.Nil(t, static(text), text)
	}
	for i, s := range oneChar {
		assert.Equal(t, string(rune(i)), s.s)
	}
}

func TestNoNameBecomesStaticOnceThereIsAnInterp(t *testing.T) {
	in := NewInterp(Generic())
	assert.Same(t, Intern("append"), in.Intern("append"))
	assert.PanicsWithValue(t, `object: the name "never heard of" is not in static_names.go and was not interned in an init function`,
		func() { Intern("never heard of") })
	assert.NotNil(t, in.Intern("never heard of"))
}

// Scripts of many boards ask for the attributes of a type at once.
func TestAttributesThatAreDefinedLater(t *testing.T) {
	NewInterp(Generic())
	a, b := NewType("a"), NewType("b")
	fills := 0
	DefineLater(func() {
		fills++
		fn := Func1("append", Identity)
		a.Define("append", fn)
		a.Define("pop", fn)
		b.Define("append", fn)
	}, a, b)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			in := NewInterp(Generic())
			assert.False(t, a.Own(in, in.Intern("append")).IsNull())
			assert.True(t, b.Own(in, in.Intern("pop")).IsNull())
		})
	}
	all.Wait()
	assert.Equal(t, 1, fills)
	assert.Len(t, b.Names(), 1)
	assert.Equal(t, a.Own(NewInterp(Generic()), Intern("append")), b.Own(NewInterp(Generic()), Intern("append")), "one function")
}
