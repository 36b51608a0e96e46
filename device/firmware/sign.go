package firmware

import (
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"
)

// ErrUnsigned refuses a package without a signature, on a device that demands
// one.
var ErrUnsigned = errors.New("the package is not signed, and this device takes signed ones only; `qpy fota pack --sign KEY` makes one")

// SignatureError refuses a package for its signature.
type SignatureError struct{ Reason string }

func (e *SignatureError) Error() string { return "the package's signature is not valid: " + e.Reason }

// signedText is what a signature signs: this, so that it can be taken for
// nothing else, and the SHA-256 of header and payload.
func signedText(digest []byte) []byte {
	return append([]byte("qpy upgrade package\x00"), digest...)
}

// sign makes the signature block: the public key and the signature.
func sign(key ed25519.PrivateKey, digest []byte) []byte {
	public := key.Public().(ed25519.PublicKey)
	return append(append([]byte(nil), public...), ed25519.Sign(key, signedText(digest))...)
}

// verify checks a signature block, and gives whose it is.
func verify(block, digest []byte) (ed25519.PublicKey, error) {
	key := ed25519.PublicKey(block[:ed25519.PublicKeySize])
	if !ed25519.Verify(key, signedText(digest), block[ed25519.PublicKeySize:]) {
		return nil, &SignatureError{"it does not fit the package and its key " + Fingerprint(key)}
	}
	return key, nil
}

// Fingerprint names a public key: the first 16 hex digits of its SHA-256.
func Fingerprint(key ed25519.PublicKey) string {
	digest := sha256.Sum256(key)
	return fmt.Sprintf("%x", digest[:8])
}
