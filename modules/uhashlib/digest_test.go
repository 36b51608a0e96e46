package uhashlib_test

import (
	"crypto/sha256"
	"encoding"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/modules/internal/script"
)

// compress runs one block over a state of SHA-256.
func compress(t *testing.T, state, block []byte) []byte {
	t.Helper()
	h := sha256.New()
	raw, err := h.(encoding.BinaryMarshaler).MarshalBinary()
	require.NoError(t, err)
	copy(raw[4:], state)
	require.NoError(t, h.(encoding.BinaryUnmarshaler).UnmarshalBinary(raw))
	_, err = h.Write(block)
	require.NoError(t, err)
	raw, err = h.(encoding.BinaryMarshaler).MarshalBinary()
	require.NoError(t, err)
	return raw[4:36]
}

// A second digest hashes the padded block once more, as mbedTLS does, which
// keeps its context as the first has left it.
func TestSecondDigestOfSHA256(t *testing.T) {
	for _, n := range []int{0, 3, 55, 56, 60, 63, 64, 130} {
		message := []byte(strings.Repeat("m", n))
		first := sha256.Sum256(message)
		used := n % 64
		block := make([]byte, 64)
		if used < 56 {
			copy(block, message[n-used:])
			block[used] = 0x80
			binary.BigEndian.PutUint64(block[56:], uint64(n)*8)
		} else {
			// What is left in the buffer is the second block of the padding;
			// the next one begins in the middle of its length again.
			binary.BigEndian.PutUint64(block[56:], uint64(n)*8)
			block[used] = 0x80
			clear(block[used+1:])
		}
		second := compress(t, first[:], block)
		if used >= 56 {
			last := make([]byte, 64)
			binary.BigEndian.PutUint64(last[56:], uint64(n)*8)
			second = compress(t, second, last)
		}
		assert.Equal(t, fmt.Sprintf("b'%x'\nb'%x'\n", first, second), script.Run(t, fmt.Sprintf(`
import uhashlib, ubinascii
h = uhashlib.sha256("m" * %d)
print(ubinascii.hexlify(h.digest()))
print(ubinascii.hexlify(h.digest()))
`, n)), "%d bytes", n)
	}
}

// sha1 and md5 wipe their context: a later digest is that of zeros, whatever
// was hashed.
func TestSecondDigestOfTheOthers(t *testing.T) {
	out := script.Run(t, `
import uhashlib
for kind in (uhashlib.sha1, uhashlib.md5):
    seen = []
    for text in ("a", "b" * 100):
        h = kind(text)
        first = h.digest()
        seen.append(h.digest())
        print(first != seen[-1], h.digest() == seen[-1])
    print(seen[0] == seen[1])
`)
	assert.Equal(t, "True True\nTrue True\nTrue\nTrue True\nTrue True\nTrue\n", out)
}

func BenchmarkSHA256(b *testing.B) {
	data := make([]byte, 1<<20)
	b.Run("go", func(b *testing.B) {
		b.SetBytes(100 << 20)
		for b.Loop() {
			h := sha256.New()
			for range 100 {
				h.Write(data)
			}
			_ = hex.EncodeToString(h.Sum(nil))
		}
	})
	b.Run("script", func(b *testing.B) {
		b.SetBytes(100 << 20)
		for b.Loop() {
			script.Run(b, `
import uhashlib
data = bytes(1 << 20)
h = uhashlib.sha256()
for i in range(100):
    h.update(data)
h.digest()
`)
		}
	})
}
