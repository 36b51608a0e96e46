package urandom_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"qpy"
	"qpy/modules/internal/script"
)

// A board starts where every module does; with a seed of its own it starts as
// after urandom.seed.
func TestSeedOfTheBoard(t *testing.T) {
	const source = "import urandom\nprint([urandom.getrandbits(16) for i in range(3)])\n"
	plain := script.Run(t, source)
	assert.Equal(t, plain, script.Run(t, source))
	assert.Equal(t, plain, script.Run(t, "import urandom\nurandom.seed(0xeda4baba)\n"+source))
	seeded, _ := script.RunOn(t, qpy.Config{Seed: 42}, source)
	assert.NotEqual(t, plain, seeded)
	assert.Equal(t, seeded, script.Run(t, "import urandom\nurandom.seed(42)\n"+source))
}

func TestNoDefaultSeed(t *testing.T) {
	assert.Equal(t, "no default seed\nno default seed\n", script.Run(t, `
import urandom
for args in ((), (None,)):
    try:
        urandom.seed(*args)
    except ValueError as e:
        print(e)
`))
}

// randrange knows 32 bits of the size of its range.
func TestWideRange(t *testing.T) {
	assert.Equal(t, "ValueError()\n", script.Run(t, `
import urandom
try:
    urandom.randrange(1 << 32)
except ValueError as e:
    print(repr(e))
`))
}
