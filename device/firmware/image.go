package firmware

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"math/rand/v2"

	"qpy/device/model"
)

// FactorySize is the size of the firmware image of a new device in bytes: small,
// so that a board starts fast, and large enough for a differential package to
// be worth it.
const FactorySize = 64 << 10

// section is the unit of an image that stays or changes as a whole from one
// version to the next; one section in changing does.
const (
	section  = 1 << 10
	changing = 8
)

// Image is the firmware image of a model's version, size bytes: a pure function
// of the arguments, as hard to compress as a real one. Like the images of real
// firmware, those of two versions have most of their bytes in common.
func Image(m *model.Model, version string, size int64) io.Reader {
	return &image{model: m.Name, version: version, left: size}
}

type image struct {
	model, version string
	left           int64
	n              int64 // sections that have begun
	random         *rand.ChaCha8
	name           []byte // of the section
	rest           []byte
	buf            [section]byte
}

func (i *image) Read(p []byte) (n int, err error) {
	for n < len(p) && i.left > 0 {
		if len(i.rest) == 0 {
			i.fill()
		}
		m := copy(p[n:], i.rest[:min(int64(len(i.rest)), i.left)])
		i.rest = i.rest[m:]
		i.left -= int64(m)
		n += m
	}
	if n == 0 && len(p) > 0 {
		return 0, io.EOF
	}
	return n, nil
}

// fill makes the next section. The first one begins with what it is, in words.
func (i *image) fill() {
	version := ""
	if i.n%changing == 0 {
		version = i.version
	}
	i.name = fmt.Appendf(i.name[:0], "%s\x00%s\x00%d", i.model, version, i.n)
	if seed := sha256.Sum256(i.name); i.random == nil {
		i.random = rand.NewChaCha8(seed)
	} else {
		i.random.Seed(seed)
	}
	_, _ = i.random.Read(i.buf[:])
	if i.n == 0 {
		copy(i.buf[:], fmt.Sprintf("qpy firmware image of %s %s\n", i.model, i.version))
	}
	i.rest = i.buf[:]
	i.n++
}

// installed is what the boot loader knows of the image in a slot.
type installed struct {
	Size   int64  `json:"size"`
	Digest string `json:"sha256"`
}

// fits tells whether there can be such an image in a slot.
func (i installed) fits(slot Region) bool {
	d, err := hex.DecodeString(i.Digest)
	return i.Size > 0 && i.Size <= slot.Size() && err == nil && len(d) == sha256.Size
}

// whole tells whether the image in the slot is the one that was installed.
func (i installed) whole(slot Region) (bool, error) {
	hash := sha256.New()
	if err := copyAll(hash, io.NewSectionReader(slot, 0, i.Size)); err != nil {
		return false, err
	}
	return hex.EncodeToString(hash.Sum(nil)) == i.Digest, nil
}

// imageWriter writes an image to a slot, from its first byte on, in pieces of an
// erase block.
type imageWriter struct {
	slot Region
	at   int64
	buf  []byte
	sum  interface {
		io.Writer
		Sum([]byte) []byte
	}
}

func newImageWriter(slot Region) *imageWriter {
	return &imageWriter{slot: slot, buf: make([]byte, 0, slot.BlockSize()), sum: sha256.New()}
}

func (w *imageWriter) Write(p []byte) (int, error) {
	n := len(p)
	if w.at+int64(len(w.buf)+n) > w.slot.Size() {
		return 0, &TooLargeError{Size: -1, Limit: w.slot.Size()}
	}
	_, _ = w.sum.Write(p)
	for len(p) > 0 {
		m := min(len(p), cap(w.buf)-len(w.buf))
		w.buf = append(w.buf, p[:m]...)
		p = p[m:]
		if len(w.buf) == cap(w.buf) {
			if err := w.flush(); err != nil {
				return 0, err
			}
		}
	}
	return n, nil
}

func (w *imageWriter) flush() error {
	_, err := w.slot.WriteAt(w.buf, w.at)
	w.at += int64(len(w.buf))
	w.buf = w.buf[:0]
	return err
}

// end writes the last piece, and gives what was written.
func (w *imageWriter) end() (installed, error) {
	if len(w.buf) > 0 {
		if err := w.flush(); err != nil {
			return installed{}, err
		}
	}
	return installed{Size: w.at, Digest: hex.EncodeToString(w.sum.Sum(nil))}, nil
}

// copyAll copies by a buffer of a fixed size, whatever src could do by itself.
func copyAll(dst io.Writer, src io.Reader) error {
	_, err := io.CopyBuffer(struct{ io.Writer }{dst}, struct{ io.Reader }{src}, make([]byte, 32<<10))
	return err
}
