// Package uhashlib is the module `uhashlib` (and `hashlib`): sha256, sha1 and
// md5, each with update and digest and nothing else (extmod/moduhashlib.c).
package uhashlib

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding"
	"hash"

	"qpy/python"
	"qpy/python/object"
)

// kind is one of the three algorithms.
type kind struct {
	typ    *object.Type
	fresh  func() hash.Hash
	magic  string // begins a state that is marshaled
	words  int    // of 32 bits in the state
	little bool   // byte order of the words in a digest
	wiped  bool   // digest leaves all zero behind
}

// hasher is an object of one of them.
type hasher struct {
	object.Header
	h hash.Hash
}

var sha256Kind, sha1Kind, md5Kind *kind

// Module is the module `uhashlib`.
var Module = python.Module{Name: "uhashlib", SetUp: setUp, Build: build}

// setUp makes the types.
func setUp() {
	sha256Kind = newKind("sha256", kind{fresh: sha256.New, magic: "sha\x03", words: 8})
	sha1Kind = newKind("sha1", kind{fresh: sha1.New, magic: "sha\x01", words: 5, wiped: true})
	md5Kind = newKind("md5", kind{fresh: md5.New, magic: "md5\x01", words: 4, little: true, wiped: true})
}

func build(in *object.Interp, m *object.Module) {
	for _, k := range []*kind{sha256Kind, sha1Kind, md5Kind} {
		m.Define(in, k.typ.Name, k.typ.Value())
	}
}

func newKind(name string, k kind) *kind {
	k.typ = object.NewType(name)
	layout := object.NewLayout[hasher](k.typ)
	k.typ.New = func(t *object.Thread, _ *object.Type, args, kw []object.Value) (object.Value, error) {
		if err := object.CheckNum(args, kw, 0, 1, false); err != nil {
			return object.Null, err
		}
		if err := t.Alloc(stateSize); err != nil {
			return object.Null, err
		}
		o := &hasher{Header: object.NewHeader(k.typ), h: k.fresh()}
		if len(args) == 1 {
			if err := o.update(t, args[0]); err != nil {
				return object.Null, err
			}
		}
		return o.Header.Value(), nil
	}
	k.typ.Visit = func(object.Value, func(object.Value)) int { return stateSize }
	k.typ.Define("update", object.Func2("update", func(t *object.Thread, self, data object.Value) (object.Value, error) {
		return object.None, layout.Must(self).update(t, data)
	}))
	k.typ.Define("digest", object.Func1("digest", func(_ *object.Thread, self object.Value) (object.Value, error) {
		return object.NewBytes(string(k.digest(layout.Must(self)))), nil
	}))
	return &k
}

// stateSize is about what an object takes, in bytes.
const stateSize = 128

// pieceSize is how many bytes are hashed between two looks whether the script is
// to be stopped, pieceItem how many of them count as one item of work.
const (
	pieceSize = 1 << 16
	pieceItem = 16
)

func (o *hasher) update(t *object.Thread, data object.Value) error {
	buf, err := object.GetBuffer(t, data, false)
	for data := buf.Data; err == nil && len(data) > 0; {
		piece := data[:min(len(data), pieceSize)]
		_, _ = o.h.Write(piece) // a hash never fails
		data = data[len(piece):]
		err = t.Work(len(piece) / pieceItem)
	}
	return err
}

// block is how many bytes the three algorithms take at a time.
const block = 64

// digest ends the message and gives its hash. What the object is afterwards is
// an accident of mbedTLS, which the firmware hashes with: sha256 goes on from
// the padded block, sha1 and md5 are wiped. A second digest is therefore
// neither an error nor the hash again.
func (k *kind) digest(o *hasher) []byte {
	sum := o.h.Sum(nil)
	state, err := o.h.(encoding.BinaryMarshaler).MarshalBinary()
	if err != nil {
		return sum
	}
	words := state[len(k.magic) : len(k.magic)+4*k.words]
	if k.wiped {
		clear(state[len(k.magic):])
	} else {
		copy(words, sum)
		length := state[len(state)-8:]
		rest := state[len(state)-8-block : len(state)-8]
		if used := int(length[7]) % block; used >= block-8 {
			// The padding took two blocks; the second is left in the buffer:
			// zeros, and the length in bits at its end.
			bits := uint64(0)
			for _, c := range length {
				bits = bits<<8 | uint64(c)
			}
			bits *= 8
			clear(rest)
			for i := block - 8; i < used; i++ {
				rest[i] = byte(bits >> (8 * (block - 1 - i)))
			}
		}
	}
	h := k.fresh()
	if h.(encoding.BinaryUnmarshaler).UnmarshalBinary(state) == nil {
		o.h = h
	}
	return sum
}
