package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device/model"
)

func models(t *testing.T, names ...string) (code int, out, errOut string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = execute(t.Context(), append([]string{"models"}, names...), strings.NewReader(""), &stdout, &stderr)
	return code, stdout.String(), stderr.String()
}

func TestModelsPrintsEveryModelAndFact(t *testing.T) {
	code, out, errOut := models(t)
	require.Zero(t, code, errOut)
	lines := strings.Split(out, "\n")
	for _, m := range model.All() {
		count := 0
		for _, line := range lines {
			if strings.HasPrefix(line, m.Name+" ") {
				count++
			}
		}
		assert.Equal(t, len(sections), count, "%s has a line in each section", m.Name)
		for _, f := range m.Facts() {
			assert.Contains(t, out, f.Short, f.Name)
			if f.Value != "yes" && f.Value != "no" {
				assert.Contains(t, out, f.Value, "%s: %s", m.Name, f.Name)
			}
		}
	}
}

func TestModelsPrintsOneModelWithItsSources(t *testing.T) {
	for _, name := range []string{"EC600N", "ec600n-cnlc", "BG95", "generic"} {
		code, out, errOut := models(t, name)
		require.Zero(t, code, errOut)
		m, err := model.Lookup(name)
		require.NoError(t, err)
		lines := strings.Split(strings.TrimSpace(out), "\n")
		facts := m.Facts()
		require.Len(t, lines, 1+len(facts))
		assert.Equal(t, m.String(), lines[0])
		for i, f := range facts {
			assert.Regexp(t, `^  \S`, lines[i+1])
			assert.Contains(t, lines[i+1], f.Name+" ")
			assert.Contains(t, lines[i+1], " "+f.Value+" ")
			assert.True(t, strings.HasSuffix(lines[i+1], "["+f.Source+"]"), lines[i+1])
		}
	}
	_, out, _ := models(t, "EC600N", "BG95")
	assert.Contains(t, out, "EC600N (ASR)\n")
	assert.Contains(t, out, "\n\nBG95 (Qualcomm)\n")
}

func TestModelsRefusesUnknownNames(t *testing.T) {
	for name, want := range map[string]string{"EC60N": "did you mean EC600N", "": "an empty name", "\x00": "unknown device"} {
		code, out, errOut := models(t, "EC600N", name)
		assert.Equal(t, exitUsage, code)
		assert.Empty(t, out, "nothing is printed before all names are known")
		assert.Contains(t, errOut, want)
	}
}

// The page shows the table as it is, and every source that a fact has.
func TestModelsPageIsTrue(t *testing.T) {
	page, err := os.ReadFile("../../docs/models.md")
	require.NoError(t, err)
	text := strings.ReplaceAll(string(page), "\r\n", "\n")
	_, out, _ := models(t)
	assert.True(t, strings.Contains(text, "```\n"+out+"```\n"), "docs/models.md must hold what `qpy models` prints")
	for _, m := range model.All() {
		for _, f := range m.Facts() {
			assert.True(t, strings.Contains(text, f.Name), "docs/models.md has no word of %q", f.Name)
			for part := range strings.SplitSeq(strings.TrimSuffix(f.Source, ", as "+m.Identity.Nodename), "; ") {
				assert.True(t, strings.Contains(text, part), "docs/models.md does not name the source %q of %s", part, f.Name)
			}
		}
	}
}
