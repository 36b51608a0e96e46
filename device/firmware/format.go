package firmware

import (
	"bytes"
	"crypto/ed25519"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math/bits"
	"strings"
)

// The package format is written down in docs/package-format.md. All numbers
// are little-endian.
const (
	// FormatVersion is the version of the package format that this code
	// writes, and the only one it reads.
	FormatVersion = 1
	// HeaderSize and TrailerSize are the bytes before and after the payload.
	HeaderSize  = 128
	TrailerSize = 64
	// SignatureSize is the bytes of the signature between payload and trailer.
	SignatureSize = ed25519.PublicKeySize + ed25519.SignatureSize
	// MaxPayload is the largest payload a package can hold, in bytes.
	MaxPayload = 1 << 32
	// MaxSize is the size of the largest package, in bytes.
	MaxSize = HeaderSize + MaxPayload + SignatureSize + TrailerSize

	nameSize = 24 // bytes of the model's name and of a version, NUL-padded

	// A damaged package of ours must not pass for a foreign file, which is
	// taken unread. So the file carries two magics, one at each end, and a
	// magic counts as ours while at most nearBits of its 64 bits differ. Two
	// random magics differ in about 32 bits; fewer than one foreign file in
	// 10^8 comes this near by chance.
	nearBits = 8
)

// The magics hold a byte that is no text and a line end in both styles, so
// that a transfer in text mode damages them. Each is the other reversed.
var (
	headMagic = [8]byte{0x8f, 'Q', 'P', 'Y', 'U', 'P', '\r', '\n'}
	tailMagic = [8]byte{'\n', '\r', 'P', 'U', 'Y', 'P', 'Q', 0x8f}
)

// Flags say what kind of package it is.
type Flags uint32

// The flags of format version 1; all other bits must be 0.
const (
	// Stage1 and Stage2 mark the two packages of a mini-FOTA upgrade; a
	// package with neither is a whole upgrade.
	Stage1 Flags = 1 << iota
	Stage2
	// Delta says that the payload is a differential patch (package delta)
	// against the image that runs; without it the payload is the new image.
	Delta
	// AllowOlder lets the package go back to an older version.
	AllowOlder
	// Signed says that a signature stands between payload and trailer.
	Signed

	stageFlags = Stage1 | Stage2
	knownFlags = stageFlags | Delta | AllowOlder | Signed
)

// String names the flags that are set.
func (f Flags) String() string {
	text := map[Flags]string{0: "whole upgrade", Stage1: "mini-FOTA stage 1", Stage2: "mini-FOTA stage 2"}[f&stageFlags]
	if f&^knownFlags != 0 || text == "" {
		return fmt.Sprintf("unknown flags %#x", uint32(f))
	}
	for _, also := range []struct {
		flag Flags
		text string
	}{{Delta, ", differential"}, {AllowOlder, ", to an older version too"}, {Signed, ", signed"}} {
		if f&also.flag != 0 {
			text += also.text
		}
	}
	return text
}

// Header is what a package says of itself.
type Header struct {
	Model       string // target model, as device/model spells it
	From        string // firmware version that it upgrades; "" is any
	To          string // firmware version afterwards
	Flags       Flags
	PayloadSize int64 // bytes
}

// Size is the size of the whole package in bytes.
func (h Header) Size() int64 {
	size := HeaderSize + h.PayloadSize + TrailerSize
	if h.Flags&Signed != 0 {
		size += SignatureSize
	}
	return size
}

// check refuses what the format cannot hold.
func (h Header) check() error {
	if err := checkName("model", h.Model, false); err != nil {
		return err
	}
	if err := checkName("from version", h.From, true); err != nil {
		return err
	}
	if err := checkName("to version", h.To, false); err != nil {
		return err
	}
	if h.Flags&^knownFlags != 0 || h.Flags&stageFlags == stageFlags {
		return fmt.Errorf("package header: flags %#x: there are %d (stage 1) or %d (stage 2), %d, %d and %d", uint32(h.Flags), Stage1, Stage2, Delta, AllowOlder, Signed)
	}
	if h.PayloadSize <= 0 || h.PayloadSize > MaxPayload {
		return fmt.Errorf("package header: payload of %d bytes: want 1 to %d", h.PayloadSize, int64(MaxPayload))
	}
	return nil
}

func checkName(what, name string, mayBeEmpty bool) error {
	if name == "" && !mayBeEmpty {
		return fmt.Errorf("package header: the %s is empty", what)
	}
	if len(name) > nameSize {
		return fmt.Errorf("package header: the %s %q has %d bytes: at most %d", what, name, len(name), nameSize)
	}
	for _, c := range []byte(name) {
		if c <= ' ' || c > '~' {
			return fmt.Errorf("package header: the %s %q: only printable ASCII without spaces", what, name)
		}
	}
	return nil
}

// The header's fields by offset.
const (
	atMagic    = 0
	atFormat   = 8  // uint16
	atLength   = 10 // uint16, HeaderSize
	atFlags    = 12 // uint32
	atPayload  = 16 // uint64
	atModel    = 24
	atFrom     = 48
	atTo       = 72
	atReserved = 96  // 28 bytes of 0
	atHeadCRC  = 124 // uint32, CRC-32 of bytes 0 to 123
)

// The trailer's fields by offset.
const (
	atDigest  = 0  // SHA-256 of header, payload and signature
	atTotal   = 32 // uint64, size of the whole package
	atZero    = 40 // 12 bytes of 0
	atTailCRC = 52 // uint32, CRC-32 of the trailer's bytes 0 to 51
	atMagic2  = 56
)

func (h Header) marshal() []byte {
	b := make([]byte, HeaderSize)
	copy(b[atMagic:], headMagic[:])
	binary.LittleEndian.PutUint16(b[atFormat:], FormatVersion)
	binary.LittleEndian.PutUint16(b[atLength:], HeaderSize)
	binary.LittleEndian.PutUint32(b[atFlags:], uint32(h.Flags))
	binary.LittleEndian.PutUint64(b[atPayload:], uint64(h.PayloadSize))
	copy(b[atModel:atFrom], h.Model)
	copy(b[atFrom:atTo], h.From)
	copy(b[atTo:atReserved], h.To)
	binary.LittleEndian.PutUint32(b[atHeadCRC:], crc32.ChecksumIEEE(b[:atHeadCRC]))
	return b
}

func unmarshalHeader(b []byte) (Header, error) {
	var h Header
	if !bytes.Equal(b[:len(headMagic)], headMagic[:]) {
		return h, &DamageError{Part: "header", Reason: "its magic is damaged"}
	}
	if crc32.ChecksumIEEE(b[:atHeadCRC]) != binary.LittleEndian.Uint32(b[atHeadCRC:]) {
		return h, &DamageError{Part: "header", Reason: "its checksum does not fit"}
	}
	// From here on the header is as somebody wrote it: errors are theirs.
	if v := binary.LittleEndian.Uint16(b[atFormat:]); v != FormatVersion {
		return h, fmt.Errorf("package header: format version %d: this qpy reads version %d", v, FormatVersion)
	}
	if n := binary.LittleEndian.Uint16(b[atLength:]); n != HeaderSize {
		return h, fmt.Errorf("package header: header of %d bytes: want %d", n, HeaderSize)
	}
	if !allZero(b[atReserved:atHeadCRC]) {
		return h, fmt.Errorf("package header: reserved bytes are not 0")
	}
	size := binary.LittleEndian.Uint64(b[atPayload:])
	if size > MaxPayload {
		return h, fmt.Errorf("package header: payload of %d bytes: at most %d", size, int64(MaxPayload))
	}
	h = Header{Flags: Flags(binary.LittleEndian.Uint32(b[atFlags:])), PayloadSize: int64(size)}
	// Only the padding is cut off: a NUL inside a name is refused by check.
	name := func(b []byte) string { return strings.TrimRight(string(b), "\x00") }
	h.Model, h.From, h.To = name(b[atModel:atFrom]), name(b[atFrom:atTo]), name(b[atTo:atReserved])
	return h, h.check()
}

func marshalTrailer(digest []byte, total int64) []byte {
	b := make([]byte, TrailerSize)
	copy(b[atDigest:], digest)
	binary.LittleEndian.PutUint64(b[atTotal:], uint64(total))
	binary.LittleEndian.PutUint32(b[atTailCRC:], crc32.ChecksumIEEE(b[:atTailCRC]))
	copy(b[atMagic2:], tailMagic[:])
	return b
}

// checkTrailer compares a trailer with the one that the file should have.
func checkTrailer(b, digest []byte, total int64) error {
	want := marshalTrailer(digest, total)
	switch {
	case bytes.Equal(b, want):
		return nil
	case !bytes.Equal(b[atMagic2:], tailMagic[:]):
		return &DamageError{Part: "trailer", Reason: "its magic is damaged"}
	case crc32.ChecksumIEEE(b[:atTailCRC]) != binary.LittleEndian.Uint32(b[atTailCRC:]):
		return &DamageError{Part: "trailer", Reason: "its checksum does not fit"}
	case binary.LittleEndian.Uint64(b[atTotal:]) != uint64(total):
		return &DamageError{Part: "trailer", Reason: "its size is not the file's"}
	case !bytes.Equal(b[atDigest:atTotal], digest):
		return &DamageError{Part: "payload or signature", Reason: "the SHA-256 does not fit"}
	}
	return fmt.Errorf("package trailer: reserved bytes are not 0")
}

// ours tells whether a file is, or was before it was damaged, a package of
// this format. head and tail are the file's first and last bytes, up to 8 of
// each; a file cut off inside its first magic is ours as well.
func ours(head, tail []byte) bool {
	return near(head, headMagic[:min(len(head), 8)]) || len(tail) == 8 && near(tail, tailMagic[:])
}

func near(b, magic []byte) bool {
	if len(b) == 0 {
		return false
	}
	differing := 0
	for i := range b {
		differing += bits.OnesCount8(b[i] ^ magic[i])
	}
	// A beginning of a magic may differ in its share of the bits.
	return differing <= nearBits*len(b)/8
}

func allZero(b []byte) bool { return len(bytes.Trim(b, "\x00")) == 0 }
