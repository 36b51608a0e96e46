package text_test

import (
	"errors"
	"math/big"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/python/text"
)

// The tables in testdata were recorded from MicroPython 1.13's unix port:
// one case a line, fields separated by tabs, the answer last.
func table(t *testing.T, name string, fields int) [][]string {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	var rows [][]string
	for line := range strings.Lines(string(raw)) {
		row := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		require.Len(t, row, fields, line)
		rows = append(rows, row)
	}
	require.NotEmpty(t, rows)
	return rows
}

func TestFloatsAgreeWithMicroPython(t *testing.T) {
	for _, row := range table(t, "floats.tsv", 3) {
		raw, err := strconv.ParseUint(row[0], 16, 64)
		require.NoError(t, err)
		f := floatFromBits(raw)
		if row[1] == "repr" {
			assert.Equal(t, row[2], string(text.AppendFloatRepr(nil, f)), row[0])
			continue
		}
		got, err := text.AppendPercent(nil, row[1], false, args{f})
		require.NoError(t, err)
		assert.Equal(t, row[2], string(got), "%s of %s", row[1], row[0])
	}
}

func TestParsingAgreesWithMicroPython(t *testing.T) {
	for _, row := range table(t, "numbers.tsv", 3) {
		in, err := strconv.Unquote(row[0])
		require.NoError(t, err)
		var got string
		if row[1] == "float" {
			f, err := text.ParseFloat(in)
			got = answer("b'"+hex16(f)+"'", err)
		} else {
			base, err := strconv.Atoi(row[1])
			require.NoError(t, err)
			v, wide, err := text.ParseInt(in, base)
			if wide == nil {
				wide = big.NewInt(v)
			}
			got = answer(wide.String(), err)
		}
		assert.Equal(t, row[2], got, "%q as %s", in, row[1])
	}
}

func TestFormattingAgreesWithMicroPython(t *testing.T) {
	for _, row := range table(t, "formats.tsv", 4) {
		pattern, err := strconv.Unquote(row[1])
		require.NoError(t, err)
		a := parseArgs(t, row[2])
		var got []byte
		if row[0] == "%" {
			got, err = text.AppendPercent(nil, pattern, false, a)
		} else {
			got, err = text.AppendFormat(nil, pattern, a)
		}
		assert.Equal(t, row[3], answer(string(got), err), "%s %q of %v", row[0], pattern, a)
	}
}

func answer(ok string, err error) string {
	if err != nil {
		return err.Error()
	}
	return ok
}

func parseArgs(t *testing.T, s string) args {
	t.Helper()
	a := args{}
	for _, word := range strings.Fields(s) {
		switch word[0] {
		case 'i':
			v, ok := new(big.Int).SetString(word[1:], 10)
			require.True(t, ok)
			a = append(a, v)
		case 'f':
			f, err := text.ParseFloat(word[1:])
			require.NoError(t, err)
			a = append(a, f)
		case 's':
			a = append(a, word[1:])
		default:
			a = append(a, map[string]any{"True": true, "False": false, "None": nil}[word])
		}
	}
	return a
}

// args are arguments of the Go types *big.Int, int, bool, float64, string, nil
// for None, and []byte for bytes; a first argument map[string]int gives the
// dict and the keyword names.
type args []any

func (a args) Len() int { return len(a) }

func (a args) HasDict() bool {
	if len(a) == 0 {
		return false
	}
	_, ok := a[0].(map[string]int)
	return ok
}

func (a args) Key(name string) (int, error) {
	if a.HasDict() {
		if i, ok := a[0].(map[string]int)[name]; ok {
			return i, nil
		}
	}
	return 0, errors.New("KeyError: " + name)
}

func (a args) Class(i int) text.Class {
	switch a[i].(type) {
	case string:
		return text.ClassStr
	case *big.Int, int, bool:
		return text.ClassInt
	case float64:
		return text.ClassFloat
	}
	return text.ClassOther
}

func (a args) TypeName(i int) string {
	switch a[i].(type) {
	case string:
		return "str"
	case []byte:
		return "bytes"
	case bool:
		return "bool"
	case *big.Int, int:
		return "int"
	case float64:
		return "float"
	}
	return "NoneType"
}

func (a args) Int(i, base int, truncate bool) (int64, []byte, error) {
	v, _ := a[i].(*big.Int)
	switch x := a[i].(type) {
	case int:
		v = big.NewInt(int64(x))
	case bool:
		v = new(big.Int)
		if x {
			v.SetInt64(1)
		}
	case float64:
		if truncate {
			v, _ = big.NewFloat(x).Int(nil)
		}
	}
	if v == nil {
		return 0, nil, errors.New("TypeError: can't convert " + a.TypeName(i) + " to int")
	}
	if v.IsInt64() {
		return v.Int64(), nil, nil
	}
	return 0, v.Append(nil, base), nil
}

func (a args) Work(int) error { return nil }

func (a args) Word(i int) (int64, error) {
	v, wide, err := a.Int(i, 10, false)
	if wide != nil {
		err = errors.New("OverflowError: overflow converting long int to machine word")
	}
	return v, err
}

func (a args) Float(i int) (float64, error) {
	if f, ok := a[i].(float64); ok {
		return f, nil
	}
	v, wide, err := a.Int(i, 10, false)
	if err != nil {
		return 0, errors.New("TypeError: can't convert " + a.TypeName(i) + " to float")
	}
	if wide != nil {
		return strconv.ParseFloat(string(wide), 64)
	}
	return float64(v), nil
}

func (a args) Text(i int) (string, error) {
	switch x := a[i].(type) {
	case string:
		return x, nil
	case []byte:
		return string(x), nil
	}
	return "", errors.New("TypeError: can't convert '" + a.TypeName(i) + "' object to str implicitly")
}

func (a args) Append(dst []byte, i int, kind text.Printing) ([]byte, error) {
	switch x := a[i].(type) {
	case string:
		if kind == text.PrintRepr {
			return text.AppendStrRepr(dst, x), nil
		}
		return append(dst, x...), nil
	case []byte:
		if kind == text.PrintRaw {
			return append(dst, x...), nil
		}
		return text.AppendBytesRepr(dst, x), nil
	case bool:
		return append(dst, map[bool]string{true: "True", false: "False"}[x]...), nil
	case float64:
		return text.AppendFloatRepr(dst, x), nil
	case nil:
		return append(dst, "None"...), nil
	}
	v, wide, err := a.Int(i, 10, false)
	if wide != nil {
		return append(dst, wide...), err
	}
	return text.AppendInt(dst, v), err
}

var errRoom = errors.New("MemoryError: no room")

func (a args) Room(size int) error {
	if size > 1<<20 {
		return errRoom
	}
	return nil
}
