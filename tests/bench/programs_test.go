package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestEveryOwnProgramSaysWhatItPrints(t *testing.T) {
	programs, notes, err := choosePrograms(&options{}, t.TempDir())
	require.NoError(t, err)
	assert.Empty(t, notes)
	assert.GreaterOrEqual(t, len(programs), 16)
	for _, p := range programs {
		text, err := os.ReadFile(p.file)
		require.NoError(t, err)
		assert.NotEmpty(t, p.want, "%s has no closing lines that start %q", p.Name, expectation)
		assert.Equal(t, "# ", string(text[:2]), "%s does not start by saying what it measures", p.Name)
		assert.NotContains(t, string(text), "\nimport ", "%s must run where there are no modules", p.Name)
	}
}

func TestExpected(t *testing.T) {
	assert.Equal(t, "1 2\n3\n", expected("print(1, 2)\nprint(3)\n\n# prints: 1 2\n# prints: 3\n"))
	assert.Equal(t, "3\n", expected("# prints: 1\nprint(3)\n# prints: 3"), "only the closing lines count")
	assert.Empty(t, expected("print(1)\n"))
}

func TestMatching(t *testing.T) {
	names := []string{"b_two", "a_one", "b_one"}
	for glob, want := range map[string][]string{
		"":         {"a_one", "b_one", "b_two"},
		"b_*":      {"b_one", "b_two"},
		"a_one.py": {"a_one"},
	} {
		got, err := matching(names, glob)
		require.NoError(t, err)
		assert.Equal(t, want, got, glob)
	}
	for _, glob := range []string{"c_*", "[", "A_ONE"} {
		_, err := matching(names, glob)
		assert.ErrorAs(t, err, &usageError{}, glob)
	}
}

func TestProgramsOnDisk(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "mine.py")
	require.NoError(t, os.WriteFile(file, []byte("print(5)\n# prints: 5\n"), 0o644))

	programs, err := filePrograms(filepath.Join(dir, "*.py"))
	require.NoError(t, err)
	assert.Equal(t, []program{{Name: "mine", file: file, want: "5\n"}}, programs)

	_, err = filePrograms(filepath.Join(dir, "*.txt"))
	assert.ErrorAs(t, err, &usageError{})
}
