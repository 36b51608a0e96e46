package firmware

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device/model"
)

const anySize = MaxSize

func packed(t testing.TB, h Header, payload []byte) []byte {
	t.Helper()
	h.PayloadSize = int64(len(payload))
	var b bytes.Buffer
	require.NoError(t, Pack(&b, h, bytes.NewReader(payload)))
	return b.Bytes()
}

func smallPackage(t testing.TB) []byte {
	return packed(t, Header{Model: "EC600N", From: "V0001", To: "V0002"}, bytes.Repeat([]byte("payload "), 64))
}

func inspect(b []byte) (Info, error) { return Inspect(bytes.NewReader(b), anySize) }

func TestPackAndInspect(t *testing.T) {
	for _, size := range []int{1, 7, 63, 64, 65, 128, 4096, 100_000} {
		for _, flags := range []Flags{0, Stage1, Stage2} {
			b := packed(t, Header{Model: "EC600N", From: "V0001", To: "V0002", Flags: flags}, bytes.Repeat([]byte{0xa5}, size))
			info, err := inspect(b)
			require.NoError(t, err)
			assert.Equal(t, Header{Model: "EC600N", From: "V0001", To: "V0002", Flags: flags, PayloadSize: int64(size)}, info.Header)
			assert.Equal(t, int64(len(b)), info.Size)
			assert.False(t, info.Foreign)
			// However the bytes come in, the answer is the same.
			slow, err := Inspect(iotest.OneByteReader(bytes.NewReader(b)), anySize)
			require.NoError(t, err)
			assert.Equal(t, info, slow)
		}
	}
}

func TestEverySingleBitFlipIsFound(t *testing.T) {
	b := smallPackage(t)
	for bit := range len(b) * 8 {
		b[bit/8] ^= 1 << (bit % 8)
		info, err := inspect(b)
		if assert.Error(t, err, "bit %d of byte %d", bit%8, bit/8) {
			assert.False(t, info.Foreign, "a damaged package must not pass for a foreign file: byte %d", bit/8)
			var damage *DamageError
			assert.ErrorAs(t, err, &damage, "byte %d", bit/8)
		}
		b[bit/8] ^= 1 << (bit % 8)
	}
	_, err := inspect(b)
	require.NoError(t, err, "the package itself is whole")
}

func TestEveryTruncationIsFound(t *testing.T) {
	b := smallPackage(t)
	for n := range len(b) {
		info, err := inspect(b[:n])
		assert.Error(t, err, "%d bytes", n)
		assert.False(t, info.Foreign, "%d bytes", n)
	}
	for n := 1; n < HeaderSize; n++ { // the beginning is missing
		_, err := inspect(b[n:])
		assert.Error(t, err, "without the first %d bytes", n)
	}
	_, err := inspect(append(bytes.Clone(b), 0))
	assert.Error(t, err, "a byte too many")
	_, err = inspect(append(bytes.Clone(b), b...))
	assert.Error(t, err, "twice the package")
}

// Whatever becomes of one end of the file, the other still tells whose it is.
func TestOneDestroyedEndIsFound(t *testing.T) {
	whole := smallPackage(t)
	head, tail := bytes.Clone(whole), bytes.Clone(whole)
	clear(head[:HeaderSize])
	clear(tail[len(tail)-TrailerSize:])
	for _, b := range [][]byte{head, tail} {
		_, err := inspect(b)
		var damage *DamageError
		assert.ErrorAs(t, err, &damage)
	}
}

func TestEmptyForeignAndTooLarge(t *testing.T) {
	_, err := inspect(nil)
	assert.ErrorIs(t, err, ErrEmpty)
	for _, foreign := range []string{"x", "short", "a vendor's own file", strings.Repeat("long", 100_000), "QPYUPDAT", "\x00"} {
		info, err := inspect([]byte(foreign))
		assert.NoError(t, err)
		assert.True(t, info.Foreign)
		assert.Equal(t, int64(len(foreign)), info.Size)
	}
	b := smallPackage(t)
	_, err = Inspect(bytes.NewReader(b), int64(len(b)))
	assert.NoError(t, err)
	var large *TooLargeError
	_, err = Inspect(bytes.NewReader(b), int64(len(b))-1)
	assert.ErrorAs(t, err, &large)
}

func TestReadErrorIsTold(t *testing.T) {
	broken := errors.New("bad sector")
	for _, good := range []int{0, 10, 200} {
		_, err := Inspect(io.MultiReader(bytes.NewReader(smallPackage(t)[:good]), iotest.ErrReader(broken)), anySize)
		assert.ErrorIs(t, err, broken)
	}
}

func TestPackRefusesWhatTheHeaderCannotHold(t *testing.T) {
	good := Header{Model: "EC600N", To: "V2", PayloadSize: 3}
	for name, change := range map[string]func(*Header){
		"the model is empty": func(h *Header) { h.Model = "" },
		"at most 24":         func(h *Header) { h.Model = strings.Repeat("x", 25) },
		"printable ASCII":    func(h *Header) { h.From = "V\x001" },
		"without spaces":     func(h *Header) { h.To = "V 1" },
		"flags 0x20":         func(h *Header) { h.Flags = 0x20 },
		"needs a key":        func(h *Header) { h.Flags = Signed },
		"flags 0x3":          func(h *Header) { h.Flags = 3 },
		"payload of 0":       func(h *Header) { h.PayloadSize = 0 },
		"payload of 429496":  func(h *Header) { h.PayloadSize = MaxPayload + 1 },
		"after 3 of 4":       func(h *Header) { h.PayloadSize = 4 },
		"more than 2":        func(h *Header) { h.PayloadSize = 2 },
	} {
		h := good
		change(&h)
		assert.ErrorContains(t, Pack(io.Discard, h, strings.NewReader("abc")), name)
	}
	assert.NoError(t, Pack(io.Discard, good, strings.NewReader("abc")))
}

// A header that somebody wrote wrong, checksum and all, is refused as well.
func TestForgedHeaders(t *testing.T) {
	base := Header{Model: "EC600N", From: "V1", To: "V2", PayloadSize: 3}
	for name, forge := range map[string]func(b []byte){
		"format version 2": func(b []byte) { b[atFormat] = 2 },
		"header of 129":    func(b []byte) { b[atLength] = 129 },
		"reserved":         func(b []byte) { b[atReserved+5] = 1 },
		"at most":          func(b []byte) { b[atPayload+7] = 0xff },
		"is empty":         func(b []byte) { clear(b[atModel:atFrom]) },
		"printable":        func(b []byte) { b[atTo+10] = 'x' }, // behind the padding
		"flags":            func(b []byte) { b[atFlags+3] = 0x80 },
	} {
		b := forged(t, base, forge)
		_, err := inspect(b)
		assert.ErrorContains(t, err, name)
	}
}

// forged makes a package whose header was changed and its checksums made anew.
func forged(t *testing.T, h Header, change func(header []byte)) []byte {
	t.Helper()
	b := h.marshal()
	change(b)
	binary.LittleEndian.PutUint32(b[atHeadCRC:], crc32.ChecksumIEEE(b[:atHeadCRC]))
	b = append(b, make([]byte, h.PayloadSize)...)
	digest := sha256.Sum256(b)
	return append(b, marshalTrailer(digest[:], int64(len(b)+TrailerSize))...)
}

func TestNextVersion(t *testing.T) {
	for in, want := range map[string]string{"V0001": "V0002", "V0009": "V0010", "V99": "V100", "1.0.9": "1.0.10", "beta": "beta.1", "": ".1",
		strings.Repeat("V", 24): "V0001", strings.Repeat("9", 24): "V0001", strings.Repeat("9", 23): "1" + strings.Repeat("0", 23)} {
		assert.Equal(t, want, NextVersion(in), in)
	}
}

func TestSamplesAreValidAndAlwaysTheSame(t *testing.T) {
	for _, m := range model.All() {
		b, err := SampleFile(m, m.Identity.QpyVer)
		require.NoError(t, err)
		again, err := SampleFile(m, m.Identity.QpyVer)
		require.NoError(t, err)
		assert.True(t, bytes.Equal(b, again))
		assert.Less(t, len(b), m.Flash.EraseBlock*m.Flash.UsrBlocks/4, "it leaves most of /usr free")
		info, err := inspect(b)
		require.NoError(t, err)
		assert.Equal(t, Header{Model: m.Name, From: "V0001", To: "V0002", PayloadSize: fileSample}, info.Header)
	}
}

func FuzzInspect(f *testing.F) {
	whole := smallPackage(f)
	f.Add(whole)
	f.Add(whole[:HeaderSize])
	f.Add(whole[len(whole)-TrailerSize:])
	f.Add([]byte(nil))
	f.Add([]byte("foreign"))
	f.Fuzz(func(t *testing.T, b []byte) {
		info, err := inspect(b)
		if err != nil {
			return
		}
		require.NotEmpty(t, b)
		require.Equal(t, int64(len(b)), info.Size)
		if info.Foreign {
			return
		}
		// What is accepted is exactly what Pack would have written.
		var again bytes.Buffer
		require.NoError(t, Pack(&again, info.Header, bytes.NewReader(b[HeaderSize:len(b)-TrailerSize])))
		require.Equal(t, b, again.Bytes())
	})
}
