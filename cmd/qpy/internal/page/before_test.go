package page_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"qpy/cmd/qpy/internal/page"
)

func TestBeforeTakesWhatIsMissing(t *testing.T) {
	blocks := []page.Block{
		{Code: "import m\nobj = m(1)\nprint(obj)\n"},
		{Code: "import m\n\nobj = m(\n    2)\nobj.go()\n"},
		{Code: "obj.x(", Kind: page.Signature},
		{Code: "def f(a):\n    return obj.y(a)\n"},
		{Code: "f(3)\n"},
		{Code: "import m\nm(4)\n"},
	}
	assert.Equal(t, "import m\n\nobj = m(\n    2)\n", page.Before(blocks, 3))
	assert.Equal(t, "import m\n\nobj = m(\n    2)\ndef f(a):\n    return obj.y(a)\n", page.Before(blocks, 4))
	assert.Equal(t, "", page.Before(blocks, 5), "it stands by itself")
	assert.Equal(t, "", page.Before(blocks, 0))
	assert.Equal(t, "", page.Before(blocks, 2), "what cannot be read needs nothing")
}
