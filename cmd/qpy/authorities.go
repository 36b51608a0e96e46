package main

import (
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"os"
)

// maxAuthorities is more than any file of certificates has.
const maxAuthorities = 16 << 20

// readAuthorities gives those whom the PC trusts, and those whose certificates a
// PEM file holds.
func readAuthorities(name string) (*x509.CertPool, error) {
	f, err := os.Open(name)
	if err != nil {
		var path *os.PathError
		if errors.As(err, &path) {
			err = path.Err
		}
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxAuthorities))
	if err != nil {
		return nil, err
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("no certificate in it: a PEM file with blocks \"CERTIFICATE\" is needed")
	}
	return pool, nil
}
