package delta

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func random(seed uint64, n int) []byte {
	b := make([]byte, n)
	_, _ = rand.NewChaCha8([32]byte{byte(seed), byte(seed >> 8)}).Read(b)
	return b
}

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

const anySize = maxImage

func apply(base, patch []byte) ([]byte, error) {
	var out bytes.Buffer
	_, err := Apply(&out, bytes.NewReader(base), bytes.NewReader(patch), anySize)
	return out.Bytes(), err
}

func TestDiffAndApply(t *testing.T) {
	old := random(1, 50_000)
	for name, c := range map[string]struct {
		base, target []byte
		most         int // bytes of the patch behind its header
	}{
		"the same":           {old, old, 10},
		"a byte more":        {old, join([]byte("x"), old), 20},
		"a piece in between": {old, join(old[:20_001], random(2, 500), old[20_001:]), 540},
		"a piece less":       {old, join(old[:10_007], old[30_000:]), 20},
		"turned round":       {old, join(old[25_003:], old[:25_003]), 50},
		"a changed byte":     {old, join(old[:777], []byte{old[777] ^ 1}, old[778:]), 20 + stride},
		"all zeros":          {make([]byte, 5000), make([]byte, 9000), 20},
		"something else":     {old, random(3, 10_000), 10_010},
		"tiny":               {[]byte("a"), []byte("b"), 10},
		"shorter than one":   {old, old[100:120], 30},
	} {
		patch := Diff(c.base, c.target, nil)
		assert.LessOrEqual(t, len(patch)-HeaderSize, c.most, name)
		got, err := apply(c.base, patch)
		require.NoError(t, err, name)
		assert.True(t, bytes.Equal(c.target, got), name)
		h, err := Check(iotest.OneByteReader(bytes.NewReader(patch)), int64(len(c.target)))
		require.NoError(t, err, name)
		assert.Equal(t, Header{int64(len(c.base)), sha256.Sum256(c.base), int64(len(c.target)), sha256.Sum256(c.target)}, h)
		var large *TooLargeError
		_, err = Check(bytes.NewReader(patch), int64(len(c.target))-1)
		assert.ErrorAs(t, err, &large)
		_, err = Apply(io.Discard, bytes.NewReader(c.base), bytes.NewReader(patch), int64(len(c.target))-1)
		assert.ErrorAs(t, err, &large)
	}
}

func TestRandomEdits(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	base := random(9, 20_000)
	for range 200 {
		target := bytes.Clone(base)
		for range r.IntN(6) {
			at := r.IntN(len(target) + 1)
			end := at + r.IntN(len(target)-at+1)
			target = join(target[:at], random(r.Uint64(), r.IntN(50)), target[at+(end-at)/8:])
		}
		got, err := apply(base, Diff(base, target, nil))
		if len(target) == 0 {
			continue
		}
		require.NoError(t, err)
		require.True(t, bytes.Equal(target, got))
	}
}

func TestProgress(t *testing.T) {
	target := random(4, 300_000)
	last := 0
	Diff(random(5, 1000), target, func(done int) {
		assert.Greater(t, done, last)
		last = done
	})
	assert.Equal(t, len(target), last)
}

// patchOf is a patch with these instructions, right or wrong.
func patchOf(base, size uint64, instructions ...any) []byte {
	h := Header{BaseSize: int64(base), Size: int64(size)}
	b := h.marshal()
	for _, i := range instructions {
		switch i := i.(type) {
		case uint64:
			b = binary.AppendUvarint(b, i)
		case []byte:
			b = append(b, i...)
		}
	}
	return b
}

func add(n uint64) uint64   { return n << 1 }
func copy_(n uint64) uint64 { return n<<1 | 1 }

func TestHostilePatches(t *testing.T) {
	const huge = uint64(1) << 60
	for name, c := range map[string]struct {
		patch []byte
		want  string
	}{
		"empty":                         {nil, "cut short"},
		"header cut":                    {patchOf(10, 10)[:HeaderSize-1], "cut short"},
		"not one":                       {bytes.Repeat([]byte("x"), 200), "does not begin"},
		"no instruction":                {patchOf(10, 10), "ends after 0 of 10"},
		"empty base":                    {patchOf(0, 10), "images of 0"},
		"empty image":                   {patchOf(10, 0), "and 0 bytes"},
		"an image of an exabyte":        {patchOf(10, huge), "images of 10 and"},
		"a base of an exabyte":          {patchOf(huge, 10), "images of"},
		"more than the image":           {patchOf(10, 10, copy_(11), uint64(0)), "where 10 are left"},
		"a copy of an exabyte":          {patchOf(10, 10, copy_(huge), uint64(0)), "where 10 are left"},
		"bytes of an exabyte":           {patchOf(10, 10, add(huge)), "where 10 are left"},
		"nothing, for ever":             {patchOf(10, 10, bytes.Repeat([]byte{0}, 1000)), "for 0 bytes"},
		"copies of nothing":             {patchOf(10, 10, bytes.Repeat([]byte{1, 0}, 1000)), "for 0 bytes"},
		"a copy behind the end":         {patchOf(10, 10, copy_(5), uint64(6)), "a copy of 5 bytes from 6"},
		"a copy before the beginning":   {patchOf(10, 10, copy_(5), ^uint64(0)), "a copy of 5 bytes from 1844"},
		"bytes that are not there":      {patchOf(10, 10, add(10), []byte("abc")), "cut short"},
		"a copy from nowhere":           {patchOf(10, 10, copy_(10)), "cut short"},
		"too little":                    {patchOf(10, 10, copy_(9), uint64(0)), "ends after 9 of 10"},
		"too much":                      {patchOf(10, 10, copy_(10), uint64(0), copy_(1), uint64(0)), "where 0 are left"},
		"a number without an end":       {patchOf(10, 10, bytes.Repeat([]byte{0xff}, 100)), "64 bits"},
		"a number cut off":              {patchOf(10, 10, []byte{0xff, 0xff}), "cut short"},
		"a number for the copy's place": {patchOf(10, 10, copy_(1), bytes.Repeat([]byte{0x80}, 20)), "64 bits"},
	} {
		_, err := Check(bytes.NewReader(c.patch), anySize)
		assert.ErrorContains(t, err, c.want, name)
		var format *FormatError
		assert.ErrorAs(t, err, &format, name)
		_, err = apply(make([]byte, 10), c.patch)
		assert.ErrorContains(t, err, c.want, name)
	}
}

// A few hundred bytes that announce four gigabytes cost nothing: they are
// refused by their header, and by what the image slot takes.
func TestBombs(t *testing.T) {
	bomb := patchOf(1<<20, maxImage)
	for range 4096 {
		bomb = binary.AppendUvarint(bomb, copy_(1<<20))
		bomb = binary.AppendUvarint(bomb, 0)
	}
	_, err := Check(bytes.NewReader(bomb), anySize)
	assert.NoError(t, err, "valid as such")
	var large *TooLargeError
	_, err = Check(bytes.NewReader(bomb), 2<<20)
	assert.ErrorAs(t, err, &large)
	written := counter(0)
	_, err = Apply(&written, bytes.NewReader(nil), bytes.NewReader(bomb), 2<<20)
	assert.ErrorAs(t, err, &large)
	assert.Zero(t, written)

	// What it says of its size does not help either.
	lie := patchOf(1<<20, 100, copy_(100), uint64(0))
	for range 1000 {
		lie = append(lie, bomb[HeaderSize:]...)
	}
	_, err = Apply(&written, bytes.NewReader(make([]byte, 1<<20)), bytes.NewReader(lie), 2<<20)
	assert.ErrorContains(t, err, "where 0 are left")
	assert.EqualValues(t, 100, written)
}

type counter int

func (c *counter) Write(p []byte) (int, error) { *c += counter(len(p)); return len(p), nil }

func TestAnotherBase(t *testing.T) {
	base, target := random(1, 5000), random(1, 4000)
	patch := Diff(base, target, nil)
	_, err := apply(random(2, 5000), patch)
	assert.ErrorIs(t, err, ErrResult)
	_, err = apply(base[:100], patch)
	assert.ErrorIs(t, err, ErrBase)
	broken := errors.New("bad block")
	_, err = Apply(io.Discard, bytes.NewReader(base), io.MultiReader(bytes.NewReader(patch[:HeaderSize+1]), iotest.ErrReader(broken)), anySize)
	assert.ErrorIs(t, err, broken)
	_, err = Check(iotest.ErrReader(broken), anySize)
	assert.ErrorIs(t, err, broken)
}

// Whatever the bytes are, a patch makes no more than it announces and the limit
// allows, Check and Apply agree about its form, and what was made is what it
// announces.
func FuzzApply(f *testing.F) {
	base := random(1, 500)
	f.Add(Diff(base, base, nil))
	f.Add(Diff(base, join(base[100:], random(2, 100), base[:300]), nil))
	f.Add(Diff(base, random(3, 200), nil))
	f.Add(patchOf(500, 100, copy_(100), uint64(0)))
	f.Add(patchOf(500, 1<<20, copy_(1<<20), uint64(0)))
	f.Add([]byte(nil))
	f.Fuzz(func(t *testing.T, patch []byte) {
		const limit = 1000
		var out bytes.Buffer
		h, err := Apply(&out, bytes.NewReader(base), bytes.NewReader(patch), limit)
		require.LessOrEqual(t, out.Len(), limit)
		_, checked := Check(bytes.NewReader(patch), limit)
		if err == nil {
			require.NoError(t, checked)
			require.EqualValues(t, h.Size, out.Len())
			require.Equal(t, h.Digest, sha256.Sum256(out.Bytes()))
		}
		if checked != nil {
			require.Error(t, err)
		}
		// The same instructions under a right header are taken.
		if checked == nil && h.BaseSize == int64(len(base)) && out.Len() == int(h.Size) {
			h.Digest = sha256.Sum256(out.Bytes())
			_, err = apply(base, append(h.marshal(), patch[HeaderSize:]...))
			require.NoError(t, err)
		}
	})
}
