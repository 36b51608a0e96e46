package python

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// utf8BOM is what some editors put before a text; MicroPython would stumble
// over it, but a file saved so by Windows is still the same script.
var utf8BOM = []byte("\xef\xbb\xbf")

// NormalizeSource makes src what the scanner reads: no byte order mark, CR LF
// and CR as LF. Invalid UTF-8 and NUL bytes are refused with the line they
// stand in, because no firmware takes them as source either.
func NormalizeSource(file string, src []byte) (string, error) {
	src = bytes.TrimPrefix(src, utf8BOM)
	if bytes.IndexByte(src, '\r') >= 0 {
		src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
		src = bytes.ReplaceAll(src, []byte("\r"), []byte("\n"))
	}
	if i := bytes.IndexByte(src, 0); i >= 0 {
		return "", fmt.Errorf("%s: line %d: a NUL byte: this is not a Python source file", file, 1+bytes.Count(src[:i], []byte("\n")))
	}
	if !utf8.Valid(src) {
		for i := 0; i < len(src); {
			r, n := utf8.DecodeRune(src[i:])
			if r == utf8.RuneError && n == 1 {
				return "", fmt.Errorf("%s: line %d: byte 0x%02x is not valid UTF-8: save the file as UTF-8",
					file, 1+bytes.Count(src[:i], []byte("\n")), src[i])
			}
			i += n
		}
	}
	return string(src), nil
}
