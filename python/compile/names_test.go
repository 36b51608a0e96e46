package compile

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/python/object"
)

func TestNamesAreInternedInTheOrderOfTheText(t *testing.T) {
	in := object.NewInterp(object.Generic())
	internNames(in, "zoo = b'bytes' # comment\nfor k9 in range(0x1f, 1e5): bar.zoo = \"short\", r'raw\\n', 'a \\' b', 'much too long'\n"+
		"'''doc 'str' '''; last = u'uni'", func() {})
	var got []string
	require.NoError(t, in.EachName(func(name *object.Str) (bool, error) {
		got = append(got, name.String())
		return true, nil
	}))
	assert.Equal(t, []string{"zoo", "k9", "bar", "short", "doc 'str' ", "last", "uni"}, got[len(got)-7:])
}

func BenchmarkInternNames(b *testing.B) {
	in := object.NewInterp(object.Generic())
	src := ""
	for range 100 {
		src += "class Point:\n    def __init__(self, x, y=3):\n        self.x = x # abscissa\n        print('point %d' % (x + y), file=None)\n"
	}
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		internNames(in, src, func() {})
	}
}
