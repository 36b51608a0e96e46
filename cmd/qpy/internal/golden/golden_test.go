package golden_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/cmd/qpy/internal/golden"
)

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	}
}

// echo runs a script by answering with its own text.
func echo(script string) ([]byte, error) { return os.ReadFile(script) }

func TestFindTakesPairsOnly(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"b.py": "", "b.out": "", "sub/a.py": "", "sub/a.out": "", "alone.py": ""})
	cases, err := golden.Find([]string{dir, filepath.Join(dir, "b.py")}, false)
	require.NoError(t, err)
	require.Len(t, cases, 2)
	assert.Equal(t, filepath.Join(dir, "b.py"), cases[0].Script)
	assert.Equal(t, filepath.Join(dir, "sub", "a.py"), cases[1].Script)

	_, err = golden.Find([]string{filepath.Join(dir, "alone.py")}, false)
	assert.ErrorContains(t, err, "--update")
	_, err = golden.Find([]string{filepath.Join(dir, "b.out")}, false)
	assert.ErrorContains(t, err, "a golden test is a .py file")
	_, err = golden.Find([]string{filepath.Join(dir, "none")}, false)
	assert.ErrorContains(t, err, "no such file")
}

func TestRunPassFailBroken(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"a.py": "same\n", "a.out": "same\n",
		"b.py": "new\n", "b.out": "old\n",
		"c.py": "x\n", "c.out": "x\r\n",
	})
	cases, err := golden.Find([]string{dir}, false)
	require.NoError(t, err)
	got := golden.Run(cases, 3, false, echo)
	require.Len(t, got, 3)
	assert.Equal(t, golden.Pass, got[0].Status)
	assert.Equal(t, golden.Fail, got[1].Status)
	assert.Contains(t, got[1].Diff, "-old\n+new\n")
	assert.Equal(t, golden.Pass, got[2].Status, "line ends of the recorded file do not count")

	broken := golden.Run(cases[:1], 0, false, func(string) ([]byte, error) { return nil, errors.New("no device") })
	assert.Equal(t, golden.Broken, broken[0].Status)
	assert.EqualError(t, broken[0].Err, "no device")
}

func TestUpdateWritesWhatDiffers(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"a.py": "one\n"})
	cases, err := golden.Find([]string{filepath.Join(dir, "a.py")}, true)
	require.NoError(t, err)
	assert.Equal(t, golden.Updated, golden.Run(cases, 1, true, echo)[0].Status)
	assert.Equal(t, golden.Pass, golden.Run(cases, 1, true, echo)[0].Status)
	text, err := os.ReadFile(filepath.Join(dir, "a.out"))
	require.NoError(t, err)
	assert.Equal(t, "one\n", string(text))
}
