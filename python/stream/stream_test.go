package stream_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/python/object"
	"qpy/python/stream"
)

// pieces is a stream that gives and takes what a test says, piece by piece.
type pieces struct {
	object.Header
	in      []string // what a read gives each time: "…" would have to wait, "!" fails
	room    []int    // how much a write takes each time: -1 would have to wait, -2 fails
	written string
}

var (
	binary  = object.NewType("Pieces")
	text    = object.NewType("TextPieces")
	binarys = object.NewLayout[pieces](binary)
	textual = object.NewLayout[pieces](text)

	errWait   = object.RaiseArgs(object.OSError, object.Int(11))
	errBroken = errors.New("the wire is cut")
)

func of(v object.Value) *pieces {
	if p, ok := binarys.From(v); ok {
		return p
	}
	return textual.Must(v)
}

func init() {
	for _, ty := range []*object.Type{binary, text} {
		ty.Stream = &object.Stream{
			Read: func(_ *object.Thread, self object.Value, b []byte) (int, error) {
				p := of(self)
				if len(p.in) == 0 {
					return 0, nil
				}
				s := p.in[0]
				switch s {
				case "…", "!":
					p.in = p.in[1:]
					if s == "!" {
						return 0, errBroken
					}
					return 0, errWait
				}
				n := copy(b, s)
				if p.in[0] = s[n:]; n == len(s) {
					p.in = p.in[1:]
				}
				return n, nil
			},
			Write: func(_ *object.Thread, self object.Value, b []byte) (int, error) {
				p := of(self)
				if len(p.room) == 0 {
					return 0, nil
				}
				n := p.room[0]
				p.room = p.room[1:]
				switch n {
				case -1:
					return 0, errWait
				case -2:
					return 0, errBroken
				}
				n = min(n, len(b))
				p.written += string(b[:n])
				return n, nil
			},
			Text: ty == text,
		}
		stream.Define(ty)
		stream.Iterate(ty)
	}
}

func method(t *testing.T, p *pieces, name string, args ...object.Value) (string, error) {
	t.Helper()
	thread := object.NewInterp(object.Generic()).NewThread()
	v, err := object.CallName(thread, p.Header.Value(), thread.In.Intern(name), args...)
	if err != nil {
		return "", err
	}
	s, err := object.Repr(thread, v)
	require.NoError(t, err)
	return s, nil
}

func TestReading(t *testing.T) {
	buf := object.NewByteArray(make([]byte, 4))
	for _, c := range []struct {
		typ  *object.Type
		in   []string
		name string
		args []object.Value
		want string
	}{
		{binary, []string{"ab", "cd", "e"}, "read", nil, "b'abcde'"},
		{binary, []string{"ab", "cd", "e"}, "read", []object.Value{object.Int(3)}, "b'abc'"},
		{binary, []string{"ab", "…", "cd"}, "read", []object.Value{object.Int(3)}, "b'ab'"},
		{binary, []string{"ab", "…", "cd"}, "read", nil, "b'ab'"},
		{binary, []string{"…", "cd"}, "read", nil, "None"},
		{binary, []string{"…"}, "read", []object.Value{object.Int(3)}, "None"},
		{binary, nil, "read", []object.Value{object.Int(3)}, "b''"},
		{text, []string{"ä€", "x\U0001F600yz"}, "read", []object.Value{object.Int(4)}, `'\xe4\u20acx\U0001f600'`},
		{text, []string{"\xc3", "\xa4b"}, "read", []object.Value{object.Int(1)}, `'\xe4'`},
		{text, []string{"ab", "…"}, "read", []object.Value{object.Int(4)}, "'ab'"},
		{text, []string{"…"}, "read", []object.Value{object.Int(4)}, "None"},
		{binary, []string{"ab", "c\nd"}, "readline", nil, `b'abc\n'`},
		{binary, []string{"ab", "c\nd"}, "readline", []object.Value{object.Int(2)}, "b'ab'"},
		{binary, []string{"ab", "…", "c\n"}, "readline", nil, "b'ab'"},
		{binary, []string{"…", "ab"}, "readline", nil, "None"},
		{text, []string{"a\nb", "c\n\nd"}, "readlines", nil, `['a\n', 'bc\n', '\n', 'd']`},
		{binary, []string{"ab", "cdef"}, "readinto", []object.Value{buf}, "4"},
		{binary, []string{"ab", "…"}, "readinto", []object.Value{buf}, "2"},
		{binary, []string{"…"}, "readinto", []object.Value{buf}, "None"},
		{binary, []string{"abcd"}, "readinto", []object.Value{buf, object.Int(2)}, "2"},
	} {
		p := &pieces{Header: object.NewHeader(c.typ), in: c.in}
		got, err := method(t, p, c.name, c.args...)
		assert.NoError(t, err)
		assert.Equal(t, c.want, got, "%s of %q", c.name, c.in)
	}
}

func TestWriting(t *testing.T) {
	data := object.NewBytes("hello")
	for _, c := range []struct {
		room []int
		args []object.Value
		want string
		text string
	}{
		{[]int{9}, []object.Value{data}, "5", "hello"},
		{[]int{2, 1, 9}, []object.Value{data}, "5", "hello"},
		{[]int{2, -1}, []object.Value{data}, "2", "he"},
		{[]int{-1}, []object.Value{data}, "None", ""},
		{[]int{2}, []object.Value{data}, "2", "he"},
		{[]int{9}, []object.Value{data, object.Int(3)}, "3", "hel"},
		{[]int{9}, []object.Value{data, object.Int(-1)}, "5", "hello"},
		{[]int{9}, []object.Value{data, object.Int(1), object.Int(3)}, "3", "ell"},
		{[]int{9}, []object.Value{data, object.Int(-1), object.Int(3)}, "0", ""},
	} {
		p := &pieces{Header: object.NewHeader(binary), room: c.room}
		got, err := method(t, p, "write", c.args...)
		assert.NoError(t, err)
		assert.Equal(t, c.want, got, "%v", c.room)
		assert.Equal(t, c.text, p.written)
	}
}

func TestFailuresPass(t *testing.T) {
	for _, name := range []string{"read", "readline", "readlines"} {
		_, err := method(t, &pieces{Header: object.NewHeader(binary), in: []string{"ab", "!"}}, name)
		assert.ErrorIs(t, err, errBroken, name)
	}
	_, err := method(t, &pieces{Header: object.NewHeader(text), in: []string{"ab", "!"}}, "read", object.Int(5))
	assert.ErrorIs(t, err, errBroken)
	_, err = method(t, &pieces{Header: object.NewHeader(binary), in: []string{"!"}}, "readinto", object.NewByteArray(make([]byte, 2)))
	assert.ErrorIs(t, err, errBroken)
	_, err = method(t, &pieces{Header: object.NewHeader(binary), room: []int{1, -2}}, "write", object.NewBytes("abc"))
	assert.ErrorIs(t, err, errBroken)
	_, err = method(t, &pieces{Header: object.NewHeader(binary)}, "seek", object.Int(0))
	assert.ErrorContains(t, err, "has no attribute 'seek'")
}

func TestLinesAreIterated(t *testing.T) {
	thread := object.NewInterp(object.Generic()).NewThread()
	p := &pieces{Header: object.NewHeader(binary), in: []string{"a\nb\n", "c", "…", "d"}}
	var got []string
	err := object.Each(thread, p.Header.Value(), func(v object.Value) error {
		s, err := object.Repr(thread, v)
		got = append(got, s)
		return err
	})
	assert.NoError(t, err)
	assert.Equal(t, []string{`b'a\n'`, `b'b\n'`, "b'c'", "b'd'"}, got)
}
