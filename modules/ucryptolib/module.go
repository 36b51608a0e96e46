// Package ucryptolib is the module `ucryptolib` (and `cryptolib`): AES in the
// modes ECB, CBC and CTR (extmod/moducryptolib.c).
package ucryptolib

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"

	"qpy/python"
	"qpy/python/object"
)

// The modes, with the numbers of PEP 272.
const (
	modeECB = 1
	modeCBC = 2
	modeCTR = 6
)

// direction is what an object was used for first, which binds it.
type direction uint8

const (
	unused direction = iota
	encrypts
	decrypts
)

// aesObject is an object of class aes.
type aesObject struct {
	object.Header
	mode   int64
	used   direction
	block  cipher.Block
	iv     []byte
	chain  cipher.BlockMode // of CBC, once used
	stream cipher.Stream    // of CTR
}

var (
	aesType = object.NewType("aes")
	objects object.Layout[aesObject]
)

// Module is the module `ucryptolib`.
var Module = python.Module{Name: "ucryptolib", SetUp: setUp, Build: build}

func build(in *object.Interp, m *object.Module) {
	m.Define(in, "aes", aesType.Value())
	for _, c := range []struct {
		name string
		mode int64
	}{{"MODE_ECB", modeECB}, {"MODE_CBC", modeCBC}, {"MODE_CTR", modeCTR}} {
		m.Define(in, c.name, object.Int(c.mode))
	}
}

func setUp() {
	objects = object.NewLayout[aesObject](aesType)
	aesType.New = create
	aesType.Visit = func(object.Value, func(object.Value)) int { return objectSize }
	aesType.Define("encrypt", object.FuncVar("encrypt", 2, 3, func(t *object.Thread, args []object.Value) (object.Value, error) {
		return process(t, args, encrypts)
	}))
	aesType.Define("decrypt", object.FuncVar("decrypt", 2, 3, func(t *object.Thread, args []object.Value) (object.Value, error) {
		return process(t, args, decrypts)
	}))
}

// objectSize is about what an object takes, in bytes.
const objectSize = 320

func errValue(what string) error { return object.Raise(object.ValueError, what) }

// create is aes(key, mode[, IV]).
func create(t *object.Thread, _ *object.Type, args, kw []object.Value) (object.Value, error) {
	if err := object.CheckNum(args, kw, 2, 3, false); err != nil {
		return object.Null, err
	}
	mode, err := object.ToInt(t, args[1])
	if err != nil {
		return object.Null, err
	}
	if mode != modeECB && mode != modeCBC && mode != modeCTR {
		return object.Null, errValue("mode")
	}
	if err := t.Alloc(objectSize); err != nil {
		return object.Null, err
	}
	key, err := object.GetBuffer(t, args[0], false)
	if err != nil {
		return object.Null, err
	}
	if n := len(key.Data); n != 16 && n != 32 {
		return object.Null, errValue("key")
	}
	o := &aesObject{Header: object.NewHeader(aesType), mode: mode}
	if len(args) > 2 && !args[2].IsNone() {
		iv, err := object.GetBuffer(t, args[2], false)
		if err != nil {
			return object.Null, err
		}
		o.iv = bytes.Clone(iv.Data)
		if len(o.iv) != aes.BlockSize {
			return object.Null, errValue("IV")
		}
	} else if mode != modeECB {
		return object.Null, errValue("IV")
	}
	if o.block, err = aes.NewCipher(key.Data); err != nil {
		return object.Null, errValue("key")
	}
	return o.Header.Value(), nil
}

// process is encrypt(in[, out]) and decrypt(in[, out]).
func process(t *object.Thread, args []object.Value, what direction) (object.Value, error) {
	o, ok := objects.From(args[0])
	if !ok {
		return object.Null, object.RaiseArgs(object.TypeError)
	}
	in, err := object.GetBuffer(t, args[1], false)
	if err != nil {
		return object.Null, err
	}
	if o.mode != modeCTR && len(in.Data)%aes.BlockSize != 0 {
		return object.Null, errValue("blksize % 16")
	}
	src, dst := in.Data, []byte(nil)
	if len(args) > 2 {
		out, err := object.GetBuffer(t, args[2], true)
		if err != nil {
			return object.Null, err
		}
		if len(out.Data) < len(src) {
			return object.Null, errValue("output too small")
		}
		dst = out.Data[:len(src)]
		src = bytes.Clone(src) // the two may overlap
	} else {
		if err := t.Alloc(len(src)); err != nil {
			return object.Null, err
		}
		dst = make([]byte, len(src))
	}
	if o.used == unused {
		o.start(what)
	} else if o.used != what {
		return object.Null, errValue("can't encrypt & decrypt")
	}
	err = t.InPieces(len(src), func(from, to int) bool { // of whole blocks
		o.crypt(dst[from:to], src[from:to])
		return true
	})
	if err != nil {
		return object.Null, err
	}
	if len(args) > 2 {
		return args[2], nil
	}
	return object.NewBytes(string(dst)), nil
}

func (o *aesObject) start(what direction) {
	o.used = what
	switch {
	case o.mode == modeCTR:
		o.stream = cipher.NewCTR(o.block, o.iv)
	case o.mode == modeCBC && what == encrypts:
		o.chain = cipher.NewCBCEncrypter(o.block, o.iv)
	case o.mode == modeCBC:
		o.chain = cipher.NewCBCDecrypter(o.block, o.iv)
	}
}

func (o *aesObject) crypt(dst, src []byte) {
	switch o.mode {
	case modeECB:
		o.eachBlock(dst, src)
	case modeCBC:
		o.chain.CryptBlocks(dst, src)
	case modeCTR:
		o.stream.XORKeyStream(dst, src)
	}
}

func (o *aesObject) eachBlock(dst, src []byte) {
	for i := 0; i < len(src); i += aes.BlockSize {
		if o.used == encrypts {
			o.block.Encrypt(dst[i:], src[i:])
		} else {
			o.block.Decrypt(dst[i:], src[i:])
		}
	}
}
