package syntax

import (
	"strings"
	"testing"

	"github.com/go-python/gpython/ast"
	"github.com/go-python/gpython/py"
	"github.com/stretchr/testify/assert"
)

func TestConstInt(t *testing.T) {
	for src, want := range map[string]py.Object{
		"1":                 py.Int(1),
		"-(1 + 2) * 3":      py.Int(-9),
		"~5 & 0xff | 1 ^ 3": py.Int(250),
		"1 << 10 >> 3":      py.Int(128),
		"-7 // 2":           py.Int(-4),
		"-7 % 3":            py.Int(2),
		"7 % -3":            py.Int(-2),
		"2 ** 10":           py.Int(1024),
		"(-1) ** (1 << 60)": py.Int(1),
		"(-1) ** 99999":     py.Int(-1),
		"0 ** 0":            py.Int(1),
		"0 ** 5":            py.Int(0),
		"-1 >> (1 << 62)":   py.Int(-1),
		"(1 << 70) >> 68":   py.Int(4),
		"1 / 1":             nil,
		"1 @ 1":             nil,
		"1 // 0":            nil,
		"1 % 0":             nil,
		"2 ** -1":           nil,
		"1 << -1":           nil,
		"1 << (1 << 40)":    nil,
		"1 << 5000":         nil,
		"3 ** (1 << 40)":    nil,
		"True + 1":          nil,
		"not 1":             nil,
		"1.0":               nil,
		"x":                 nil,
		"1 + x":             nil,
		"1 if 1 else 2":     nil,
	} {
		got, ok := ConstInt(value(t, src))
		assert.Equal(t, want != nil, ok, src)
		assert.Equal(t, want, got, src)
	}
}

func TestConstTruth(t *testing.T) {
	for src, want := range map[string]string{
		"0": "false", "1": "true", "1 - 1": "false", "True": "true", "False": "false", "None": "",
		"''": "", "x": "", "()": "", "0.0": "", "1 << 70": "", "not 0": "true", "not x": "", "not not 1": "true",
		"0 or 0": "false", "0 or 1": "true", "x or 1": "", "1 or x": "true", "0 and x": "false", "1 and x": "",
		"1 and 2": "true", "x and 0": "", "0 or not 1 or False": "false", "1 if 1 else 2": "",
	} {
		truth, known := ConstTruth(value(t, src))
		got := ""
		if known {
			got = map[bool]string{true: "true", false: "false"}[truth]
		}
		assert.Equal(t, want, got, src)
	}
}

func TestConstTruthOfDeepNesting(t *testing.T) {
	for _, op := range []string{"0 or (", "1 and (", "x or (", "not (0 or "} {
		_, err := Parse([]byte("if "+strings.Repeat(op, 1400)+"x"+strings.Repeat(")", 1400)+": pass"), "x.py", Exec)
		assert.NoError(t, err, op)
	}
}

func TestOperands(t *testing.T) {
	for src, want := range map[string]int{
		"x or y": 2, "0 or x": 1, "x or 0 or y": 2, "x or 1 or y": 2, "x or 0": 2, "1 and x and 1 and y": 2, "x and 0 and y": 2,
	} {
		assert.Len(t, Operands(value(t, src).(*ast.BoolOp)), want, src)
	}
}

// Code that MicroPython does not compile has no errors.
func TestDeadCode(t *testing.T) {
	for _, src := range []string{
		"if 0: break",
		"if 1: pass\nelse: return",
		"while 0: yield",
		"if x: pass\nelif not 1: break\n",
		"0 and (yield)",
		"if (a, (yield)): pass",
	} {
		_, err := Parse([]byte(src), "x.py", Exec)
		assert.NoError(t, err, src)
	}
}

func TestMicropythonDecorator(t *testing.T) {
	for src, want := range map[string]string{
		"a": "no", "a.b": "no", "a.micropython": "no", "micropython.native": "native", "micropython.viper()": "viper", "micropython.a.b": "", "micropython": "",
	} {
		name, ok := MicropythonDecorator(value(t, src))
		if !ok {
			name = "no"
		}
		assert.Equal(t, want, name, src)
	}
}
