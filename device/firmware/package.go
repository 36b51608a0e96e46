package firmware

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
)

// ErrEmpty says that an upgrade package has no byte at all.
var ErrEmpty = errors.New("the package is empty")

// DamageError says that a package of ours is not as it was made.
type DamageError struct {
	Part   string // "header", "payload or signature", "trailer" or "file"
	Reason string
}

func (e *DamageError) Error() string {
	return fmt.Sprintf("the package is damaged (%s: %s); make or transfer it again", e.Part, e.Reason)
}

// Pack writes a package: the header, the payload read to its end, and the
// trailer. The payload must have exactly h.PayloadSize bytes, and h.Flags must
// be without Signed.
func Pack(w io.Writer, h Header, payload io.Reader) error {
	if h.Flags&Signed != 0 {
		return errors.New("package header: a signed package needs a key")
	}
	return pack(w, h, payload, nil)
}

// PackSigned is Pack with key's signature, which sets Signed.
func PackSigned(w io.Writer, h Header, payload io.Reader, key ed25519.PrivateKey) error {
	if len(key) != ed25519.PrivateKeySize {
		return errors.New("package header: a signed package needs a key")
	}
	h.Flags |= Signed
	return pack(w, h, payload, key)
}

func pack(w io.Writer, h Header, payload io.Reader, key ed25519.PrivateKey) error {
	if err := h.check(); err != nil {
		return err
	}
	hash := sha256.New()
	both := io.MultiWriter(w, hash)
	if _, err := both.Write(h.marshal()); err != nil {
		return fmt.Errorf("write the package's header: %w", err)
	}
	n, err := io.CopyN(both, payload, h.PayloadSize)
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("the payload ends after %d of %d bytes", n, h.PayloadSize)
	}
	if err != nil {
		return fmt.Errorf("write the package's payload: %w", err)
	}
	if n, _ := io.ReadFull(payload, make([]byte, 1)); n != 0 {
		return fmt.Errorf("the payload has more than %d bytes", h.PayloadSize)
	}
	if key != nil {
		if _, err := both.Write(sign(key, hash.Sum(nil))); err != nil {
			return fmt.Errorf("write the package's signature: %w", err)
		}
	}
	if _, err := w.Write(marshalTrailer(hash.Sum(nil), h.Size())); err != nil {
		return fmt.Errorf("write the package's trailer: %w", err)
	}
	return nil
}

// Info is what Inspect found out about a file.
type Info struct {
	Header                    // empty when Foreign
	Foreign bool              // not in our format, nor a damaged file of it
	Size    int64             // bytes of the file
	Digest  string            // SHA-256 of all but the trailer, of a foreign file the whole; in hex
	Signer  ed25519.PublicKey // whose signature it has, and the signature is right; nil without one
}

// Inspect reads a file to its end and checks every bit of it, in constant
// memory. Errors: ErrEmpty, a *DamageError, a *SignatureError, a *TooLargeError
// when the file has more than limit bytes, or what is wrong with a header that
// is whole. A file that is not in our format has no error: Foreign is set.
func Inspect(r io.Reader, limit int64) (Info, error) {
	window := &tailReader{r: io.LimitReader(r, min(limit, MaxSize)+1), buf: make([]byte, 32<<10)}
	header := make([]byte, HeaderSize)
	n, err := io.ReadFull(window, header)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return Info{}, fmt.Errorf("read the package: %w", err)
	}
	header = header[:n]
	b := body{Reader: window, hash: sha256.New()}
	b.hash.Write(header)
	var wrong error // with the header, if it turns out to be ours
	var h Header
	if n == HeaderSize {
		if h, wrong = unmarshalHeader(header); wrong == nil {
			err = b.read(h)
		}
	}
	if n < HeaderSize {
		err = nil // it is short, which is not the reader's fault
	}
	if err == nil {
		err = b.rest()
	}
	if err != nil {
		return Info{}, fmt.Errorf("read the package: %w", err)
	}
	trailer := window.held // the whole file, if it is shorter than a trailer
	info := Info{Size: int64(n) + b.n + int64(len(trailer))}
	switch {
	case info.Size == 0:
		return info, ErrEmpty
	case info.Size > limit:
		return info, &TooLargeError{Size: -1, Limit: limit}
	}

	head := append(bytes.Clone(header), trailer...)
	if !ours(head[:min(len(head), 8)], trailer[max(0, len(trailer)-8):]) {
		b.hash.Write(trailer)
		info.Foreign = true
		info.Digest = fmt.Sprintf("%x", b.hash.Sum(nil))
		return info, nil
	}
	digest := b.hash.Sum(nil)
	info.Digest = fmt.Sprintf("%x", digest)
	if len(header) < HeaderSize {
		return info, &DamageError{Part: "file", Reason: fmt.Sprintf("%d bytes: it is cut short", info.Size)}
	}
	if wrong != nil {
		return info, wrong
	}
	info.Header = h
	if want := h.Size(); info.Size != want {
		return info, &DamageError{Part: "file", Reason: fmt.Sprintf("%d of %d bytes", info.Size, want)}
	}
	if err := checkTrailer(trailer, digest, info.Size); err != nil {
		return info, err
	}
	if h.Flags&Signed != 0 {
		info.Signer, err = verify(b.signature, b.signed)
	}
	return info, err
}

// body is a package between header and trailer.
type body struct {
	io.Reader
	hash      hash.Hash
	n         int64
	signed    []byte // SHA-256 of what the signature is for
	signature []byte
}

// read reads the payload that the header announces, and the signature.
func (b *body) read(h Header) error {
	n, err := io.CopyN(b.hash, b.Reader, h.PayloadSize)
	b.n += n
	if err == nil && h.Flags&Signed != 0 {
		b.signed = b.hash.Sum(nil)
		b.signature = make([]byte, SignatureSize)
		var m int
		m, err = io.ReadFull(b.Reader, b.signature)
		b.n += int64(m)
		b.hash.Write(b.signature[:m])
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil // it is too short, as its size will tell
	}
	return err
}

// rest reads what is left.
func (b *body) rest() error {
	n, err := io.Copy(b.hash, b.Reader)
	b.n += n
	return err
}

// TooLargeError says that a package has more bytes than its place takes.
type TooLargeError struct {
	Size  int64 // bytes; -1 when only known to exceed the limit
	Limit int64
}

func (e *TooLargeError) Error() string {
	if e.Size < 0 {
		return fmt.Sprintf("the package is larger than the upgrade slot of %d bytes", e.Limit)
	}
	return fmt.Sprintf("the package has %d bytes, the upgrade slot takes %d", e.Size, e.Limit)
}

// tailReader reads a stream but for its last TrailerSize bytes, which it
// holds back: only at the end is it known where the trailer began.
type tailReader struct {
	r    io.Reader
	held []byte // at the stream's end: its last bytes, at most TrailerSize
	buf  []byte
	err  error // the stream's, sticky
}

func (t *tailReader) Read(p []byte) (int, error) {
	for len(t.held) <= TrailerSize && t.err == nil {
		var n int
		n, t.err = t.r.Read(t.buf)
		t.held = append(t.held, t.buf[:n]...)
	}
	if len(t.held) <= TrailerSize {
		return 0, t.err
	}
	n := copy(p, t.held[:len(t.held)-TrailerSize])
	t.held = append(t.held[:0], t.held[n:]...)
	return n, nil
}
