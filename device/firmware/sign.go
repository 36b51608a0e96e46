package firmware

import (
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
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

// The kinds of PEM block that keys are kept in.
const (
	privatePEM = "PRIVATE KEY" // PKCS #8
	publicPEM  = "PUBLIC KEY"  // PKIX
)

// MarshalPrivateKey writes a key as PEM.
func MarshalPrivateKey(key ed25519.PrivateKey) ([]byte, error) {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	return pem.EncodeToMemory(&pem.Block{Type: privatePEM, Bytes: der}), err
}

// MarshalPublicKey writes a key as PEM.
func MarshalPublicKey(key ed25519.PublicKey) ([]byte, error) {
	der, err := x509.MarshalPKIXPublicKey(key)
	return pem.EncodeToMemory(&pem.Block{Type: publicPEM, Bytes: der}), err
}

// ParsePrivateKey reads an Ed25519 key from PEM, as `qpy fota keygen` and
// `openssl genpkey` write it.
func ParsePrivateKey(text []byte) (ed25519.PrivateKey, error) {
	return parseKey[ed25519.PrivateKey](text, privatePEM, x509.ParsePKCS8PrivateKey)
}

// ParsePublicKey reads an Ed25519 key from PEM, as `qpy fota keygen` and `openssl
// pkey -pubout` write it.
func ParsePublicKey(text []byte) (ed25519.PublicKey, error) {
	return parseKey[ed25519.PublicKey](text, publicPEM, x509.ParsePKIXPublicKey)
}

func parseKey[K any](text []byte, kind string, parse func([]byte) (any, error)) (key K, err error) {
	block, _ := pem.Decode(text)
	if block == nil {
		return key, fmt.Errorf("no PEM block \"%s\" in it; `qpy fota keygen` makes a pair of keys", kind)
	}
	if block.Type != kind {
		return key, fmt.Errorf("it holds a %s, here a %s is needed", block.Type, kind)
	}
	any, err := parse(block.Bytes)
	if err != nil {
		return key, err
	}
	key, ok := any.(K)
	if !ok {
		return key, fmt.Errorf("it holds a key of another kind: %T; an Ed25519 key is needed", any)
	}
	return key, nil
}
