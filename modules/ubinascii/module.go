// Package ubinascii is the module `ubinascii` (and `binascii`): bytes as text
// and back (extmod/modubinascii.c).
package ubinascii

import (
	"encoding/base64"
	"encoding/hex"
	"hash/crc32"

	"qpy/python"
	"qpy/python/object"
	"qpy/python/text"
)

// Module is the module `ubinascii`.
var Module = python.Module{Name: "ubinascii", Build: build}

func build(in *object.Interp, m *object.Module) {
	python.Functions(in, m,
		object.FuncVar("hexlify", 1, 2, hexlify),
		object.Func1("unhexlify", unhexlify),
		object.Func1("a2b_base64", fromBase64),
		object.Func1("b2a_base64", toBase64),
		object.FuncVar("crc32", 1, 2, crc),
	)
}

// hexlify is hexlify(data[, sep]): only the first byte of sep counts, and it is
// looked at only where there are data.
func hexlify(t *object.Thread, args []object.Value) (object.Value, error) {
	buf, err := object.GetBuffer(t, args[0], false)
	if err != nil || len(buf.Data) == 0 {
		return object.NewBytes(""), err
	}
	if len(args) == 1 {
		if err := t.Alloc(2 * len(buf.Data)); err != nil {
			return object.Null, err
		}
		out := make([]byte, 2*len(buf.Data))
		err := t.InPieces(len(buf.Data), func(from, to int) bool {
			hex.Encode(out[2*from:], buf.Data[from:to])
			return true
		})
		return object.NewBytes(string(out)), err
	}
	sep, err := object.TextOf(args[1])
	if err != nil {
		return object.Null, err
	}
	if sep == "" {
		sep = "\x00" // the byte that ends a C string
	}
	if err := t.Alloc(3 * len(buf.Data)); err != nil {
		return object.Null, err
	}
	out := make([]byte, 0, 3*len(buf.Data))
	err = t.InPieces(len(buf.Data), func(from, to int) bool {
		for i, c := range buf.Data[from:to] {
			if from+i > 0 {
				out = append(out, sep[0])
			}
			out = hex.AppendEncode(out, []byte{c})
		}
		return true
	})
	return object.NewBytes(string(out)), err
}

func unhexlify(t *object.Thread, data object.Value) (object.Value, error) {
	buf, err := object.GetBuffer(t, data, false)
	if err != nil {
		return object.Null, err
	}
	if len(buf.Data)%2 != 0 {
		return object.Null, object.Raise(object.ValueError, "odd-length string")
	}
	if err := t.Alloc(len(buf.Data) / 2); err != nil {
		return object.Null, err
	}
	out := make([]byte, 0, len(buf.Data)/2)
	var bad error
	err = t.InPieces(len(buf.Data), func(from, to int) bool { // of an even length
		out, bad = hex.AppendDecode(out, buf.Data[from:to])
		return bad == nil
	})
	if bad != nil {
		return object.Null, object.Raise(object.ValueError, "non-hex digit found")
	}
	return object.NewBytes(string(out)), err
}

// sextet is the value of a character of base64, -1 for any other.
func sextet(c byte) int {
	switch {
	case text.IsUpper(c):
		return int(c - 'A')
	case text.IsLower(c):
		return int(c-'a') + 26
	case text.IsDigit(c):
		return int(c-'0') + 52
	case c == '+':
		return 62
	case c == '/':
		return 63
	}
	return -1
}

// fromBase64 skips what is not base64; the padding that completes a group ends
// the text.
func fromBase64(t *object.Thread, data object.Value) (object.Value, error) {
	buf, err := object.GetBuffer(t, data, false)
	if err != nil {
		return object.Null, err
	}
	if err := t.Alloc(len(buf.Data)/4*3 + 1); err != nil {
		return object.Null, err
	}
	out := make([]byte, 0, len(buf.Data)/4*3+3)
	shift, bits, padded := uint32(0), 0, false
	err = t.InPieces(len(buf.Data), func(from, to int) bool {
		for _, c := range buf.Data[from:to] {
			if c == '=' {
				if bits == 2 || bits == 4 && padded {
					bits = 0
					return false
				}
				padded = true
			}
			s := sextet(c)
			if s < 0 {
				continue
			}
			padded = false
			shift = shift<<6 | uint32(s)
			if bits += 6; bits >= 8 {
				bits -= 8
				out = append(out, byte(shift>>bits))
			}
		}
		return true
	})
	if err != nil {
		return object.Null, err
	}
	if bits != 0 {
		return object.Null, object.Raise(object.ValueError, "incorrect padding")
	}
	return object.NewBytes(string(out)), nil
}

// toBase64 ends its text with a newline, as MicroPython and Python do.
func toBase64(t *object.Thread, data object.Value) (object.Value, error) {
	buf, err := object.GetBuffer(t, data, false)
	if err != nil {
		return object.Null, err
	}
	n := base64.StdEncoding.EncodedLen(len(buf.Data))
	if err := t.Alloc(n + 1); err != nil {
		return object.Null, err
	}
	out := base64.StdEncoding.AppendEncode(make([]byte, 0, n+1), buf.Data)
	return object.NewBytes(string(append(out, '\n'))), nil
}

func crc(t *object.Thread, args []object.Value) (object.Value, error) {
	buf, err := object.GetBuffer(t, args[0], false)
	if err != nil {
		return object.Null, err
	}
	sum := int64(0)
	if len(args) > 1 {
		if sum, err = object.ToIntTruncated(t, args[1]); err != nil {
			return object.Null, err
		}
	}
	return object.Int(int64(crc32.Update(uint32(sum), crc32.IEEETable, buf.Data))), nil
}
