package ure

import (
	"strings"

	"qpy/python/object"
)

// sub is sub(pattern, replacement, text[, count[, flags]]). It stops at an
// empty match.
func sub(t *object.Thread, args []object.Value) (object.Value, error) {
	p, err := patternOf(t, args[0])
	if err != nil {
		return object.Null, err
	}
	replace, whole, count := args[1], args[2], int64(0)
	if len(args) > 3 {
		if count, err = object.ToInt(t, args[3]); err != nil {
			return object.Null, err
		}
	}
	m, err := matcherOf(p, whole)
	if err != nil {
		return object.Null, err
	}
	call := object.Callable(t, replace)
	var out []byte
	replaced := false
	for {
		ok, err := m.run(t, false)
		if err != nil {
			return object.Null, err
		}
		if !ok || m.caps[0] == m.caps[1] {
			break
		}
		replaced = true
		before := m.text[m.from:m.caps[0]]
		if out, err = t.Grow(out, len(before)); err != nil {
			return object.Null, err
		}
		out = append(out, before...)
		found, err := newMatch(t, whole, m)
		if err != nil {
			return object.Null, err
		}
		by := replace
		if call {
			if by, err = object.Call(t, replace, []object.Value{found}, nil); err != nil {
				return object.Null, err
			}
		}
		template, err := object.TextOf(by)
		if err != nil {
			return object.Null, err
		}
		if out, err = expand(t, out, template, matches.Must(found)); err != nil {
			return object.Null, err
		}
		m.from = m.caps[1]
		if count--; count == 0 {
			break
		}
	}
	if !replaced {
		return whole, nil
	}
	return piece(t, whole, string(append(out, m.text[m.from:]...)))
}

// expand appends a replacement with its references to groups: \1 or \g<1>. A
// backslash before anything else is dropped, a double one stands for itself.
func expand(t *object.Thread, out []byte, template string, m *match) ([]byte, error) {
	var err error
	if out, err = t.Grow(out, len(template)); err != nil {
		return nil, err
	}
	if end := strings.IndexByte(template, 0); end >= 0 {
		template = template[:end] // where a C string ends
	}
	at := func(i int) byte {
		if i < len(template) {
			return template[i]
		}
		return 0
	}
	digit := func(i int) bool { return at(i) >= '0' && at(i) <= '9' }
	for i := 0; i < len(template); {
		if template[i] != '\\' {
			out = append(out, template[i])
			i++
			continue
		}
		i++
		named := at(i) == 'g' && at(i+1) == '<'
		if named {
			i += 2
		}
		if !digit(i) {
			if at(i) == '\\' {
				out = append(out, '\\')
				i++
			}
			continue
		}
		n := uint32(0)
		for ; digit(i); i++ {
			n = n*10 + uint32(at(i)-'0')
		}
		if named && at(i) == '>' {
			i++
		}
		if uint64(n) >= uint64(len(m.caps)/2) {
			return nil, object.RaiseArgs(object.IndexError, object.Int(int64(n)))
		}
		if start, end, ok := m.bounds(int(n)); ok {
			group := m.text[start:max(start, end)]
			if out, err = t.Grow(out, len(group)); err != nil {
				return nil, err
			}
			out = append(out, group...)
		}
	}
	return out, nil
}
