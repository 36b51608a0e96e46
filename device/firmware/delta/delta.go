// Package delta is qpy's format of differential upgrades: how to make a new
// image from the one that runs. It is a list of copies from the old image and
// of new bytes, nothing else, so that a patch costs no more time than its own
// size and that of the new image, and no more memory than a buffer, whatever
// its bytes are. docs/package-format.md describes it.
package delta

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// magic begins every patch.
var magic = [8]byte{'Q', 'P', 'Y', 'D', 'I', 'F', 'F', '1'}

// HeaderSize is the size of a patch's header in bytes.
const HeaderSize = len(magic) + 8 + 8 + sha256.Size + sha256.Size

// Header says what a patch is for and what it makes.
type Header struct {
	BaseSize   int64 // bytes of the old image
	BaseDigest [sha256.Size]byte
	Size       int64 // bytes of the new image
	Digest     [sha256.Size]byte
}

// FormatError says that a patch is not a valid one.
type FormatError struct{ Reason string }

func (e *FormatError) Error() string { return "differential package: " + e.Reason }

// TooLargeError says that the new image does not fit its place.
type TooLargeError struct{ Size, Limit int64 }

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("differential package: the new image has %d bytes, the image slot takes %d", e.Size, e.Limit)
}

// ErrBase says that the old image is not the one that the patch was made for.
var ErrBase = errors.New("differential package: it is made for another image than the one that runs")

// ErrResult says that the new image is not the one that the patch announces.
var ErrResult = errors.New("differential package: the new image is not the one that it announces")

func (h Header) marshal() []byte {
	b := append(make([]byte, 0, HeaderSize), magic[:]...)
	b = binary.LittleEndian.AppendUint64(b, uint64(h.BaseSize))
	b = binary.LittleEndian.AppendUint64(b, uint64(h.Size))
	b = append(b, h.BaseDigest[:]...)
	return append(b, h.Digest[:]...)
}

// ReadHeader reads a patch's header.
func ReadHeader(r io.Reader) (Header, error) {
	var h Header
	b := make([]byte, HeaderSize)
	if _, err := io.ReadFull(r, b); err != nil {
		return h, short(err)
	}
	if !bytes.Equal(b[:len(magic)], magic[:]) {
		return h, &FormatError{"it does not begin with " + string(magic[:])}
	}
	b = b[len(magic):]
	base, size := binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[8:])
	if base > maxImage || size > maxImage || base == 0 || size == 0 {
		return h, &FormatError{fmt.Sprintf("images of %d and %d bytes: want 1 to %d", base, size, int64(maxImage))}
	}
	h.BaseSize, h.Size = int64(base), int64(size)
	copy(h.BaseDigest[:], b[16:])
	copy(h.Digest[:], b[16+sha256.Size:])
	return h, nil
}

// maxImage is the size of the largest image, in bytes.
const maxImage = 1 << 32

// The kinds of an instruction: its length, shifted by kindBits, and its kind are
// one number. A copy is followed by where it begins in the old image, an add by
// its bytes.
const (
	kindAdd  = 0
	kindCopy = 1
	kindBits = 1
)

// instruction is one step of a patch.
type instruction struct {
	copy bool
	n    int64 // bytes, at least 1
	from int64 // of a copy: where in the old image
}

// reader reads the instructions of a patch and checks each.
type reader struct {
	Header
	r    *bufio.Reader
	made int64 // bytes of the new image so far
}

func newReader(patch io.Reader) (*reader, error) {
	r := bufio.NewReaderSize(patch, bufferSize)
	h, err := ReadHeader(r)
	return &reader{Header: h, r: r}, err
}

// bufferSize is the memory that a patch is read, and an image is written, by.
const bufferSize = 32 << 10

// next gives the next instruction, io.EOF after the last. The caller must read
// the bytes of an add.
func (r *reader) next() (instruction, error) {
	word, err := binary.ReadUvarint(r.r)
	if err == io.EOF {
		if r.made != r.Size {
			return instruction{}, &FormatError{fmt.Sprintf("it ends after %d of %d bytes of the new image", r.made, r.Size)}
		}
		return instruction{}, io.EOF
	}
	if err != nil {
		return instruction{}, short(err)
	}
	i := instruction{copy: word&(1<<kindBits-1) == kindCopy}
	if n := word >> kindBits; n == 0 || n > uint64(r.Size-r.made) {
		return i, &FormatError{fmt.Sprintf("an instruction for %d bytes where %d are left of the new image", n, r.Size-r.made)}
	} else {
		i.n = int64(n)
	}
	if i.copy {
		from, err := binary.ReadUvarint(r.r)
		if err != nil {
			return i, short(err)
		}
		if from > uint64(r.BaseSize) || uint64(i.n) > uint64(r.BaseSize)-from {
			return i, &FormatError{fmt.Sprintf("a copy of %d bytes from %d: the old image has %d", i.n, from, r.BaseSize)}
		}
		i.from = int64(from)
	}
	r.made += i.n
	return i, nil
}

// short tells a patch that ends too early from an error of the reader.
func short(err error) error {
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return &FormatError{"it is cut short"}
	case err != nil && err.Error() == "binary: varint overflows a 64-bit integer":
		return &FormatError{"a number of more than 64 bits"}
	}
	return fmt.Errorf("read the differential package: %w", err)
}

// Check reads a patch to its end without applying it: every instruction is
// valid, and the new image has at most limit bytes. It costs the time of
// reading.
func Check(patch io.Reader, limit int64) (Header, error) {
	r, err := newReader(patch)
	if err != nil {
		return r.Header, err
	}
	if r.Size > limit {
		return r.Header, &TooLargeError{r.Size, limit}
	}
	for {
		i, err := r.next()
		if err == io.EOF {
			return r.Header, nil
		}
		if err == nil && !i.copy {
			_, err = io.CopyN(io.Discard, r.r, i.n)
			if err != nil {
				err = short(err)
			}
		}
		if err != nil {
			return r.Header, err
		}
	}
}

// Apply writes the new image to dst, at most limit bytes. The old image is read
// from base; that it is the right one is the caller's to check (ErrBase), or
// shows at the end (ErrResult).
func Apply(dst io.Writer, base io.ReaderAt, patch io.Reader, limit int64) (Header, error) {
	r, err := newReader(patch)
	if err != nil {
		return r.Header, err
	}
	if r.Size > limit {
		return r.Header, &TooLargeError{r.Size, limit}
	}
	hash := sha256.New()
	out := io.MultiWriter(dst, hash)
	buf := make([]byte, bufferSize)
	for {
		i, err := r.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return r.Header, err
		}
		src := io.Reader(r.r)
		if i.copy {
			src = io.NewSectionReader(base, i.from, i.n)
		}
		n, err := io.CopyBuffer(writerOnly{out}, io.LimitReader(src, i.n), buf)
		if err == nil && n < i.n {
			err = io.ErrUnexpectedEOF
			if i.copy {
				return r.Header, ErrBase
			}
			err = short(err)
		}
		if err != nil {
			return r.Header, err
		}
	}
	if [sha256.Size]byte(hash.Sum(nil)) != r.Digest {
		return r.Header, ErrResult
	}
	return r.Header, nil
}

// writerOnly keeps io.CopyBuffer to its buffer.
type writerOnly struct{ io.Writer }
