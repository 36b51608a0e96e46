package firmware

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	mathrand "math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device/firmware/delta"
	"qpy/device/kernel"
)

// testKey is a key pair of a seed.
func testKey(seed byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize))
}

func public(key ed25519.PrivateKey) ed25519.PublicKey { return key.Public().(ed25519.PublicKey) }

func packedSigned(t testing.TB, h Header, payload []byte, key ed25519.PrivateKey) []byte {
	t.Helper()
	h.PayloadSize = int64(len(payload))
	var b bytes.Buffer
	require.NoError(t, PackSigned(&b, h, bytes.NewReader(payload), key))
	return b.Bytes()
}

// upgrade gives a package to the device by both ways, if the model has both,
// and tells what became of it.
func (b *bench) upgrade(p []byte) (result int, note string) {
	b.t.Helper()
	b.serves(p)
	b.run(func(*kernel.Task) {
		result, _ = b.s.Download("http://up.example/f", "", nil)
		if result == OK {
			return
		}
		b.writeLocal(p, int64(len(p)), 1024)
		b.s.Flush()
		assert.Equal(b.t, result, b.s.Verify(), "both ways")
	})
	if len(b.notes) > 0 {
		note = b.notes[0]
	}
	return result, note
}

func TestSignedPackages(t *testing.T) {
	h := Header{Model: "generic", From: "V0001", To: "V0002"}
	image := bytes.Repeat([]byte("image "), 2000)
	signed := packedSigned(t, h, image, testKey(1))
	info, err := inspect(signed)
	require.NoError(t, err)
	assert.Equal(t, public(testKey(1)), info.Signer)
	assert.Equal(t, "whole upgrade, signed", info.Flags.String())
	assert.EqualValues(t, len(signed), info.Header.Size())

	for name, c := range map[string]struct {
		p    []byte
		key  ed25519.PublicKey
		want string // "" is taken
	}{
		"by the right one":             {signed, public(testKey(1)), ""},
		"nobody asks":                  {signed, nil, ""},
		"by somebody else":             {packedSigned(t, h, image, testKey(2)), public(testKey(1)), "somebody else has signed it"},
		"by nobody":                    {packed(t, h, image), public(testKey(1)), "is not signed"},
		"in no format":                 {bytes.Repeat([]byte("vendor"), 500), public(testKey(1)), "is not signed"},
		"wrong, and nobody asks":       {resigned(signed, func(s []byte) { s[40] ^= 1 }), nil, "does not fit the package"},
		"wrong":                        {resigned(signed, func(s []byte) { s[40] ^= 1 }), public(testKey(1)), "does not fit the package"},
		"with another's key put there": {resigned(signed, func(s []byte) { copy(s, public(testKey(2))) }), public(testKey(2)), "does not fit the package"},
		"of another package": {resigned(signed, func(s []byte) {
			copy(s, sign(testKey(1), bytes.Repeat([]byte{1}, 32)))
		}), public(testKey(1)), "does not fit the package"},
	} {
		b := newBench(t, "generic")
		b.policy.PublicKey = c.key
		result, note := b.upgrade(c.p)
		if c.want == "" {
			assert.Equal(t, OK, result, name)
			assert.True(t, b.boot().Applied, name)
			continue
		}
		assert.Equal(t, Error, result, name)
		assert.Contains(t, note, c.want, name)
		b.keepsOldFirmware(name)
	}
	assert.Equal(t, CodeSignature, ErrorCode(ErrUnsigned))
	assert.Equal(t, CodeSignature, ErrorCode(&SignatureError{}))
}

// resigned changes the signature block of a package and makes its checksums anew.
func resigned(p []byte, change func(signature []byte)) []byte {
	p = bytes.Clone(p)
	end := len(p) - TrailerSize
	change(p[end-SignatureSize : end])
	return append(p[:end], marshalTrailer(digestOf(p[:end]), int64(len(p)))...)
}

func TestEveryBitOfASignedPackage(t *testing.T) {
	p := packedSigned(t, Header{Model: "generic", To: "V0002"}, []byte("image"), testKey(1))
	for bit := range len(p) * 8 {
		p[bit/8] ^= 1 << (bit % 8)
		info, err := inspect(p)
		assert.Error(t, err, "bit %d of byte %d", bit%8, bit/8)
		assert.False(t, info.Foreign)
		p[bit/8] ^= 1 << (bit % 8)
	}
	for n := range p {
		_, err := inspect(p[:n])
		assert.Error(t, err, "%d bytes", n)
	}
	// Not even with new checksums: what is signed cannot be changed.
	for bit := range (len(p) - TrailerSize - SignatureSize) * 8 {
		if bit/8 >= atHeadCRC && bit/8 < HeaderSize {
			continue // the checksum, made anew
		}
		changed := bytes.Clone(p)
		changed[bit/8] ^= 1 << (bit % 8)
		_, err := inspect(forgedAnew(changed))
		assert.Error(t, err, "bit %d of byte %d", bit%8, bit/8)
	}
	_, err := inspect(forgedAnew(bytes.Clone(p)))
	assert.NoError(t, err)
}

func TestKeys(t *testing.T) {
	key := testKey(3)
	private, err := MarshalPrivateKey(key)
	require.NoError(t, err)
	pub, err := MarshalPublicKey(public(key))
	require.NoError(t, err)
	gotPrivate, err := ParsePrivateKey(private)
	require.NoError(t, err)
	assert.Equal(t, key, gotPrivate)
	gotPublic, err := ParsePublicKey(pub)
	require.NoError(t, err)
	assert.Equal(t, public(key), gotPublic)
	assert.Len(t, Fingerprint(gotPublic), 16)

	other, err := rsa.GenerateKey(rand.Reader, 1024)
	require.NoError(t, err)
	der, err := x509.MarshalPKCS8PrivateKey(other)
	require.NoError(t, err)
	for want, text := range map[string][]byte{
		"no PEM block":                     []byte("not a key"),
		"it holds a PUBLIC KEY":            pub,
		"asn1":                             pem.EncodeToMemory(&pem.Block{Type: privatePEM, Bytes: []byte("x")}),
		"an Ed25519 key is needed":         pem.EncodeToMemory(&pem.Block{Type: privatePEM, Bytes: der}),
		"`qpy fota keygen` makes a pair o": nil,
	} {
		_, err := ParsePrivateKey(text)
		assert.ErrorContains(t, err, want)
	}
	_, err = ParsePublicKey(private)
	assert.ErrorContains(t, err, "here a PUBLIC KEY is needed")
}

func TestOlderVersions(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"V0001", "V0002", true}, {"V0002", "V0001", false}, {"V0001", "V0001", false}, {"V1", "V0001", false},
		{"V9", "V10", true}, {"V10", "V9", false}, {"1.2.9", "1.10.0", true}, {"1.2", "1.2.1", true}, {"1.2.1", "1.2", false},
		{"beta1", "V1", false}, {"V1", "beta1", false}, {"1-rc1", "1-beta2", false},
		{"V99999999999999999999999", "V100000000000000000000000", true},
	} {
		assert.Equal(t, c.want, older(c.a, c.b), "%s before %s", c.a, c.b)
	}

	b := newBench(t, "generic")
	image := []byte("image")
	result, _ := b.upgrade(packed(t, Header{Model: "generic", To: "V0007"}, image))
	assert.Equal(t, OK, result)
	assert.True(t, b.boot().Applied)
	result, note := b.upgrade(packed(t, Header{Model: "generic", To: "V0006"}, image))
	assert.Equal(t, Error, result)
	assert.Contains(t, note, "would go back to version V0006, V0007 runs")
	result, _ = b.upgrade(packed(t, Header{Model: "generic", To: "V0007"}, image))
	assert.Equal(t, OK, result, "the same version once more")
	assert.True(t, b.boot().Applied)
	result, _ = b.upgrade(packed(t, Header{Model: "generic", To: "V0006", Flags: AllowOlder}, image))
	assert.Equal(t, OK, result)
	assert.Equal(t, "firmware V0007 -> V0006", b.boot().String())
}

func TestDifferentialUpgrade(t *testing.T) {
	b := newBench(t, "generic")
	base := must(Running(b.st, b.m))
	want := append(bytes.Clone(base[:30_000]), bytes.Repeat([]byte("new"), 1000)...)
	want = append(want, base[10_000:]...)
	diff := packed(t, Header{Model: "generic", From: "V0001", To: "V0002", Flags: Delta}, delta.Diff(base, want, nil))
	assert.Less(t, len(diff), 4000)
	result, _ := b.upgrade(diff)
	assert.Equal(t, OK, result)
	assert.Equal(t, Report{From: "V0001", To: "V0002", Applied: true}, b.boot())
	assert.Equal(t, want, must(Running(b.st, b.m)))

	// The package leads from one image to another, and from no other.
	result, note := b.upgrade(packed(t, Header{Model: "generic", To: "V0003", Flags: Delta}, delta.Diff(base, want, nil)))
	assert.Equal(t, Error, result)
	assert.Contains(t, note, "is made for the image with SHA-256")
	// Chains of them work.
	base, want = want, want[5000:]
	result, _ = b.upgrade(packed(t, Header{Model: "generic", To: "V0003", Flags: Delta}, delta.Diff(base, want, nil)))
	assert.Equal(t, OK, result)
	assert.True(t, b.boot().Applied)
	assert.Equal(t, want, must(Running(b.st, b.m)))
}

// The stages of a mini-FOTA upgrade make the two parts of the image, in order.
func TestMiniFOTAMakesOneImage(t *testing.T) {
	for _, flags := range []Flags{0, Delta} {
		b := newBench(t, "EC600M")
		base := must(Running(b.st, b.m))
		one, two := append([]byte("one"), base[40_000:]...), append(bytes.Clone(base[:20_001]), "two"...)
		payload := func(part []byte) []byte {
			if flags&Delta != 0 {
				return delta.Diff(base, part, nil)
			}
			return part
		}
		first := packed(t, Header{Model: "EC600M", To: "V0005", Flags: Stage1 | flags}, payload(one))
		second := packed(t, Header{Model: "EC600M", To: "V0005", Flags: Stage2 | flags}, payload(two))
		b.servesTwo(first, second)
		assert.Equal(t, upgradeRestart, b.run(func(*kernel.Task) {
			b.s.Download("http://up.example/1", "http://up.example/2", nil)
		}), b.notes)
		assert.Equal(t, "firmware V0001 -> V0005", b.boot().String())
		assert.Equal(t, append(bytes.Clone(one), two...), must(Running(b.st, b.m)))
	}
}

// What a differential package would make is refused before a byte of it is
// made, and before anything is flagged.
func TestHostileDifferentials(t *testing.T) {
	b := newBench(t, "EC600U")
	slot := b.m.Flash.SlotSize
	base := must(Running(b.st, b.m))
	valid := delta.Diff(base, []byte("a new image of some length"), nil)
	hostile := map[string][]byte{
		"not one":     []byte("not a patch at all"),
		"header only": valid[:delta.HeaderSize],
		"cut":         valid[:len(valid)-1],
		"too long":    append(bytes.Clone(valid), 3, 0),
		"bomb":        bomb(base, slot+1),
		"giant bomb":  bomb(base, 1<<32),
		"exabytes":    bomb(base, 1<<60),
	}
	r := mathrand.New(mathrand.NewPCG(1, 1))
	for i := range 50 { // 50 random ones
		p := bytes.Clone(valid)
		for range 3 {
			p[r.IntN(len(p))] ^= byte(1 + r.IntN(255))
		}
		hostile[string(rune('a'+i))] = p
	}
	for name, patch := range hostile {
		ops := b.flash.Ops()
		result, note := b.upgrade(packed(t, Header{Model: "EC600U", To: "V0002", Flags: Delta}, patch))
		if result == OK { // a changed byte of what it adds: the result tells
			report := b.boot()
			assert.ErrorIs(t, report.Refused, delta.ErrResult, name)
			continue
		}
		assert.NotEmpty(t, note, name)
		assert.Less(t, b.flash.Ops()-ops, int64(2*len(patch)/200+200), "%s costs no more than its own bytes, twice", name)
		b.keepsOldFirmware(name)
		assert.Equal(t, base, must(Running(b.st, b.m)))
	}
}
