package python_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/python"
)

// memFiles is the smallest Files: whole files by name, nothing shared.
type memFiles map[string]*memFile

type memFile struct {
	data []byte
	pos  int64
}

type errno int

func (e errno) Error() string { return "errno" }
func (e errno) Errno() int    { return int(e) }

func (m memFiles) Open(path, mode string) (python.File, error) {
	f, ok := m[path]
	if mode == "w" {
		f = &memFile{}
		m[path] = f
	} else if !ok {
		return nil, errno(2)
	}
	return &memFile{data: f.data}, nil
}

func (m memFiles) Stat(path string) (bool, error) {
	if _, ok := m[path]; ok {
		return false, nil
	}
	return false, errno(2)
}

func (f *memFile) Read(p []byte) (int, error) {
	if f.pos >= int64(len(f.data)) {
		return 0, io.EOF
	}
	n := copy(p, f.data[f.pos:])
	f.pos += int64(n)
	return n, nil
}
func (f *memFile) Write(p []byte) (int, error) { f.data = append(f.data, p...); return len(p), nil }
func (f *memFile) Seek(off int64, whence int) (int64, error) {
	switch whence {
	case io.SeekStart:
		f.pos = off
	case io.SeekCurrent:
		f.pos += off
	case io.SeekEnd:
		f.pos = int64(len(f.data)) + off
	}
	return f.pos, nil
}
func (f *memFile) Flush() error { return nil }
func (f *memFile) Close() error { return nil }

func run(t *testing.T, src string, files memFiles) (string, error) {
	t.Helper()
	var out bytes.Buffer
	in, err := python.New(python.Options{Stdout: &out, Files: files})
	require.NoError(t, err)
	err = in.RunMain("main.py", []byte(src))
	return out.String(), err
}

func TestPrint(t *testing.T) {
	out, err := run(t, "print('a', 1, sep='-', end='!\\n')\nprint()\n", nil)
	require.NoError(t, err)
	assert.Equal(t, "a-1!\n\n", out)
}

func TestTracebackHasNoSourceLines(t *testing.T) {
	_, err := run(t, "def f():\n    raise ValueError('bad')\n\nf()\n", nil)
	require.Error(t, err)
	assert.Equal(t, "Traceback (most recent call last):\n"+
		"  File \"main.py\", line 4, in <module>\n"+
		"  File \"main.py\", line 2, in f\n"+
		"ValueError: bad\n", python.FormatException(err))
}

func TestSyntaxErrorNamesFileAndLine(t *testing.T) {
	_, err := run(t, "x = 1\ny = = 2\n", nil)
	require.Error(t, err)
	text := python.FormatException(err)
	assert.Contains(t, text, "File \"main.py\", line 2\n")
	assert.Contains(t, text, "SyntaxError: invalid syntax")
}

func TestHostModulesAreOutOfReach(t *testing.T) {
	for _, name := range []string{"os", "glob", "tempfile", "time", "sys", "marshal"} {
		_, err := run(t, "import "+name+"\n", nil)
		require.Error(t, err, name)
		assert.Contains(t, python.FormatException(err), "ImportError: no module named '"+name+"'")
	}
}

func TestFiles(t *testing.T) {
	files := memFiles{"/a": {data: []byte("one\ntwo\n")}, "/usr/m.py": {data: []byte("x = 5\n")}}
	out, err := run(t, `
with open('/a', 'rb') as f:
    print(f.read(3), f.tell(), f.readline(), f.read())
for line in open('/a'):
    print(line, end='')
import m
print(m.x)
try:
    open('/missing')
except OSError as e:
    print(e, e.args[0])
`, files)
	require.NoError(t, err)
	assert.Equal(t, "b'one' 3 b'\\n' b'two\\n'\none\ntwo\n5\n[Errno 2] ENOENT 2\n", out)
}

func TestExitCode(t *testing.T) {
	for src, want := range map[string]int{"raise SystemExit": 0, "raise SystemExit(7)": 7, "raise SystemExit('x')": 1} {
		_, err := run(t, src+"\n", nil)
		code, ok := python.Exit(err)
		assert.True(t, ok, src)
		assert.Equal(t, want, code, src)
	}
	_, ok := python.Exit(errors.New("other"))
	assert.False(t, ok)
}

func TestNormalizeSource(t *testing.T) {
	text, err := python.NormalizeSource("a.py", []byte("\xef\xbb\xbfx = 1\r\ny = 2\r"))
	require.NoError(t, err)
	assert.Equal(t, "x = 1\ny = 2\n", text)
	_, err = python.NormalizeSource("a.py", []byte("x = 1\ny = '\xff'\n"))
	assert.EqualError(t, err, "a.py: line 2: byte 0xff is not valid UTF-8: save the file as UTF-8")
	_, err = python.NormalizeSource("a.py", []byte("\x00"))
	assert.EqualError(t, err, "a.py: line 1: a NUL byte: this is not a Python source file")
}
