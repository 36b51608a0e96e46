package object

import (
	"strings"
	"unicode/utf8"

	"qpy/python/text"
)

// What goes through a long text does so piece by piece, so that a script whose text
// fills the heap can be stopped meanwhile.

// piece is how many bytes are gone through between two calls of Poll.
const piece = pollItems * ItemBytes

// InPieces calls f for the pieces of n bytes from the first on, until one gives
// false, and asks Poll between them. All but the last have the same length, a power
// of two.
func (t *Thread) InPieces(n int, f func(from, to int) bool) error {
	for from := 0; from < n; from += piece {
		to := min(from+piece, n)
		if !f(from, to) {
			return nil
		}
		if err := t.Work((to - from) / ItemBytes); err != nil {
			return err
		}
	}
	return nil
}

// index is strings.Index.
func (t *Thread) index(s, sub string) (int, error) {
	if len(s) <= piece {
		return strings.Index(s, sub), t.Work(len(s) / ItemBytes)
	}
	step := max(piece, len(sub)) // pieces overlap by all of sub but a byte
	for from := 0; ; from += step {
		if len(s)-from <= step+len(sub) {
			i := strings.Index(s[from:], sub)
			if i >= 0 {
				i += from
			}
			return i, t.Work((len(s) - from) / ItemBytes)
		}
		if i := strings.Index(s[from:from+step+len(sub)-1], sub); i >= 0 {
			return from + i, t.Work(i / ItemBytes)
		}
		if err := t.Work(step / ItemBytes); err != nil {
			return -1, err
		}
	}
}

// lastIndex is strings.LastIndex.
func (t *Thread) lastIndex(s, sub string) (int, error) {
	if len(s) <= piece {
		return strings.LastIndex(s, sub), t.Work(len(s) / ItemBytes)
	}
	step := max(piece, len(sub))
	for to := len(s); ; to -= step {
		if to <= step+len(sub) {
			return strings.LastIndex(s[:to], sub), t.Work(to / ItemBytes)
		}
		from := to - step - len(sub) + 1
		if i := strings.LastIndex(s[from:to], sub); i >= 0 {
			return from + i, t.Work((to - from - i) / ItemBytes)
		}
		if err := t.Work(step / ItemBytes); err != nil {
			return -1, err
		}
	}
}

// count is strings.Count for a sub that is not empty.
func (t *Thread) count(s, sub string) (n int, err error) {
	if len(s) <= piece {
		return strings.Count(s, sub), t.Work(len(s) / ItemBytes)
	}
	if len(sub) == 1 {
		err = t.InPieces(len(s), func(from, to int) bool {
			n += strings.Count(s[from:to], sub)
			return true
		})
		return n, err
	}
	for {
		i, err := t.index(s, sub)
		if err == nil {
			err = t.Work(1)
		}
		if i < 0 || err != nil {
			return n, err
		}
		n++
		s = s[i+len(sub):]
	}
}

// charCount is text.CharCount.
func (t *Thread) charCount(s string) (n int, err error) {
	err = t.InPieces(len(s), func(from, to int) bool {
		n += text.CharCount(s[from:to])
		return true
	})
	return n, err
}

// charOffset is text.CharOffset.
func (t *Thread) charOffset(s string, i int) (offset int, ok bool, err error) {
	begin, end := 0, len(s)
	for i >= 0 && end-begin > 2*piece {
		// The pieces after which the character is still to come.
		n := text.CharCount(s[begin : begin+piece])
		if begin == 0 && text.IsContinuation(s[0]) {
			n++ // the first byte begins a character whatever it is
		}
		if n > i {
			end = begin + 2*piece
			break
		}
		i -= n
		begin += piece
		if err := t.Work(pollItems); err != nil {
			return 0, false, err
		}
	}
	for i < 0 && end-begin > 2*piece {
		n := text.CharCount(s[end-piece : end])
		if n >= -i {
			begin = end - 2*piece
			break
		}
		i += n
		end -= piece
		if err := t.Work(pollItems); err != nil {
			return 0, false, err
		}
	}
	// Bytes that continue a character of the piece before are no character here.
	for i >= 0 && begin > 0 && begin < end && text.IsContinuation(s[begin]) {
		begin++
	}
	offset, ok = text.CharOffset(s[begin:end], i)
	return begin + offset, ok, nil
}

// checkUTF8 fails where text.ValidUTF8 says no.
func (t *Thread) checkUTF8(s string) error {
	for len(s) > 0 {
		n := min(len(s), piece)
		for n < len(s) && text.IsContinuation(s[n]) && n < piece+utf8.UTFMax {
			n++
		}
		if !text.ValidUTF8(s[:n]) {
			return RaiseArgs(UnicodeError)
		}
		if err := t.Work(n / ItemBytes); err != nil {
			return err
		}
		s = s[n:]
	}
	return nil
}

// hash is Str.Hash.
func (t *Thread) hash(s *Str) (uint32, error) {
	if len(s.s) <= piece || s.flags&strHashed != 0 {
		return s.Hash(), nil
	}
	h, err := t.hashText(s.s)
	if err == nil {
		s.hash = h
		s.flags |= strHashed
	}
	return h, err
}

func (t *Thread) hashText(s string) (uint32, error) {
	h := uint32(hashSeed)
	err := t.InPieces(len(s), func(from, to int) bool {
		h = hashMore(h, s[from:to])
		return true
	})
	return h, err
}

// escaped writes before, what escape makes of a long text, and after.
func (w *Printer) escaped(t *Thread, before, s, after string, escape func(dst []byte, s string) []byte) error {
	dst := append(make([]byte, 0, len(before)+piece), before...)
	for len(s) > piece {
		n := piece
		for n < len(s) && text.IsContinuation(s[n]) { // a piece ends with a character
			n++
		}
		err := w.write(escape(dst, s[:n]))
		if err == nil {
			err = t.Work(n / ItemBytes)
		}
		if err != nil {
			return err
		}
		dst, s = dst[:0], s[n:]
	}
	return w.write(append(escape(dst, s), after...))
}

// strRepr writes what repr makes of a str.
func (w *Printer) strRepr(t *Thread, s string) error {
	if len(s) <= piece {
		return w.write(text.AppendStrRepr(make([]byte, 0, len(s)+2), s))
	}
	quote := text.QuoteFor(s)
	return w.escaped(t, string(quote), s, string(quote), func(dst []byte, s string) []byte {
		return text.AppendStrEscaped(dst, s, quote)
	})
}

// bytesRepr writes before, what repr makes of bytes, and after.
func (w *Printer) bytesRepr(t *Thread, before, s, after string) error {
	if len(s) <= piece {
		dst := append(make([]byte, 0, len(before)+len(s)+3+len(after)), before...)
		return w.write(append(text.AppendBytesRepr(dst, s), after...))
	}
	quote := text.QuoteFor(s)
	return w.escaped(t, before+"b"+string(quote), s, string(quote)+after, func(dst []byte, s string) []byte {
		return text.AppendBytesEscaped(dst, s, quote)
	})
}

// json writes a text as ujson does.
func (w *Printer) json(t *Thread, s string) error {
	if len(s) <= piece {
		return w.write(text.AppendJSONString(nil, s))
	}
	return w.escaped(t, `"`, s, `"`, func(dst []byte, s string) []byte { return text.AppendJSONEscaped(dst, s) })
}
