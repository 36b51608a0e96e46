package main

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// document makes a page of parts; "~~~" stands for a fence.
func document(t *testing.T, parts ...string) string {
	return put(t, t.TempDir(), "page.md", strings.ReplaceAll(strings.Join(parts, "\n\n"), "~~~", "```"))
}

const (
	signatureBlock = "## sum_of\n\n~~~python\nsum_of(a, b=)\n~~~\n\n**示例**：\n\n"
	definingBlock  = "~~~python\n# adding\nimport utime\nbase = 10\ndef sum_of(a, b=1):\n    return base + a + b\nprint('run for itself', sum_of(1))\nutime.sleep(40)\n~~~\n\n"
	needingBlock   = "## more\n\n**Example**:\n\n~~~python\nprint(sum_of(2, b=3))\n~~~\n"
)

func TestDocRunsEveryExample(t *testing.T) {
	page := document(t, "# page", signatureBlock+definingBlock+needingBlock)
	got := command(t, "doc", page)
	assert.Zero(t, got.code, got)
	assert.Equal(t, "   5  sum_of(a, b=): signature, not run\n"+
		"  11  adding: finished (40.0 s)\n"+
		"  25  more: finished (0.0 s)\n"+
		"3 blocks: 2 examples run, 1 signatures; 0 failed\n", got.out)
	assert.Empty(t, got.err)
	got = command(t, "doc", "-v", page)
	assert.Contains(t, got.out, "adding: finished (40.0 s)\n      | run for itself 12\n")
	assert.Contains(t, got.out, "more: finished (0.0 s)\n      | 15\n", "it got what it needs, and nothing more was run before it")
}

func TestDocFailingExample(t *testing.T) {
	got := command(t, "doc", document(t,
		"## a\n\n~~~python\nprint('before')\nraise ValueError('no')\n~~~",
		"## b\n\n~~~\nwhile True print\n~~~",
		"## c\n\n~~~python\nundefined_name\n~~~",
		"## d\n\n~~~python\nimport _thread\nl = _thread.allocate_lock()\nl.acquire()\nl.acquire()\n~~~",
		"## e\n\n~~~python\nprint('still run')\n~~~"))
	assert.Equal(t, 1, got.code)
	for _, want := range []string{
		"a: exception, ValueError: no (0.0 s)\n      | before\n      | Traceback (most recent call last):\n      |   File \"line3.py\", line 2, in <module>\n      | ValueError: no\n",
		"b: exception, SyntaxError: invalid syntax (0.0 s)\n",
		"c: exception, NameError: name 'undefined_name' isn't defined (0.0 s)\n",
		"d: deadlock (0.0 s)\n      | qpy: deadlock: ",
		"e: finished (0.0 s)\n",
		"5 blocks: 5 examples run, 0 signatures; 4 failed\n",
	} {
		assert.Contains(t, got.out, want)
	}
}

func TestDocTellsHowAnExampleEnded(t *testing.T) {
	got := command(t, "doc", document(t,
		"~~~python\nimport usys\nusys.exit(3)\n~~~",
		"~~~python\nfrom misc import Power\nPower.powerDown()\n~~~",
		"~~~python\nfrom misc import Power\nPower.powerRestart()\n~~~",
		"~~~c\nint not_python;\n~~~",
		"~~~python\n~~~",
		"~~~python\nprint('the fence is not closed')"))
	assert.Zero(t, got.code, got)
	for _, want := range []string{": exit 3 (", ": powered down (", ": restarted, firmware V0001, no upgrade is waiting (", "5 blocks: 5 examples run, 0 signatures; 0 failed\n"} {
		assert.Contains(t, got.out, want)
	}
}

func TestDocDevice(t *testing.T) {
	const only = "## %\n\n~~~python\nimport uos\nprint(uos.uname2().nodename)\n~~~\n\n支持平台：%。\n\n"
	page := document(t, strings.ReplaceAll(only, "%", "BG95"), strings.ReplaceAll(only, "%", "EC6000/EG912N/BG95"), strings.ReplaceAll(only, "%", "EC6000"))
	got := command(t, "doc", "-v", page)
	assert.Zero(t, got.code, got)
	assert.Regexp(t, regexp.MustCompile(`(?s)BG95 \[BG95\]: finished.*\| BG95\n.* \[EG912N\]: finished.*\| EG912N\n.*EC6000: finished.*\| GENERIC\n`), got.out,
		"the first model of the section that qpy has, else the generic one")
	got = command(t, "doc", "-v", "--device", "EC200A", page)
	assert.Equal(t, 3, strings.Count(got.out, "| EC200A\n"), got.out)
	got = command(t, "doc", "--device", "EC6000", page)
	assert.Equal(t, 2, got.code)
	assert.Empty(t, got.out)
	assert.Contains(t, got.err, "did you mean EC600")
	got = command(t, "doc", "--flash", t.TempDir(), page)
	assert.Equal(t, 2, got.code)
	assert.Contains(t, got.err, "each example runs on a fresh device")
}
