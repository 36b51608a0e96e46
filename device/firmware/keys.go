package firmware

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"os"
)

// The kinds of PEM block that keys are kept in.
const (
	privatePEM = "PRIVATE KEY" // PKCS #8
	publicPEM  = "PUBLIC KEY"  // PKIX
)

// maxKey is more than any key file has.
const maxKey = 64 << 10

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

// ReadPrivateKey is ParsePrivateKey of a file of the PC. The error does not name
// the file.
func ReadPrivateKey(file string) (ed25519.PrivateKey, error) { return readKey(file, ParsePrivateKey) }

// ReadPublicKey is ParsePublicKey of a file of the PC. The error does not name
// the file.
func ReadPublicKey(file string) (ed25519.PublicKey, error) { return readKey(file, ParsePublicKey) }

func readKey[K any](file string, parse func([]byte) (K, error)) (key K, err error) {
	f, err := os.Open(file)
	if err != nil {
		return key, bareError(err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxKey))
	if err != nil {
		return key, bareError(err)
	}
	return parse(text)
}

// bareError is the error of a file without the file's name.
func bareError(err error) error {
	var path *os.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
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
