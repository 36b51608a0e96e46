package ure_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy"
	"qpy/modules/internal/script"
)

// bad takes some 2**40 steps to fail.
const bad = `
import ure, _thread, utime
def work():
    ure.match("(a+)+b", "a" * 40)
`

func TestBadPatternLetsOtherThreadsRun(t *testing.T) {
	out, result := script.RunOn(t, qpy.Config{}, bad+`
id = _thread.start_new_thread(work, ())
for i in range(3):
    utime.sleep_ms(100)
    print(i)
_thread.stop_thread(id)
`)
	assert.Equal(t, "0\n1\n2\n", out)
	assert.Equal(t, qpy.Finished, result.Ending)
}

func TestBadPatternCanBeInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	out := &notice{text: "go", then: cancel}
	board, err := qpy.New(qpy.Config{Fast: true, Start: qpy.FixedStart(), Stdout: out, Stderr: out})
	require.NoError(t, err)
	defer board.Close()
	_, err = board.Run(ctx, qpy.Script{Name: "main.py", Source: []byte(bad + `
print("go")
try:
    work()
except KeyboardInterrupt:
    print("stopped")
`)})
	require.NoError(t, err)
	assert.Equal(t, "go\nstopped\n", out.String())
}

// notice calls then once a text was written.
type notice struct {
	bytes.Buffer
	text string
	then func()
}

func (n *notice) Write(p []byte) (int, error) {
	if n.then != nil && bytes.Contains(p, []byte(n.text)) {
		n.then()
		n.then = nil
	}
	return n.Buffer.Write(p)
}

// The code of a pattern is limited by distances of a byte, which wrap.
func TestLongPatterns(t *testing.T) {
	out := script.Run(t, `
import ure
def t(p, s):
    try:
        print(ure.match(p, s))
    except Exception as e:
        print(type(e))
t("(" + "a" * 60 + ")*", "a" * 60)
t("(" + "a" * 70 + ")*", "a" * 70)
t("[" + "a" * 300 + "]", "a")
t("a" * 5000, "a" * 5000)
t("a" * 100 + "|b", "b")
t("(" * 200 + ")" * 200, "")
`)
	assert.NotContains(t, out, "panic")
	assert.Contains(t, out, "<match num=2>\n")
}

func FuzzMatch(f *testing.F) {
	for _, p := range []string{"", "a*", "(a|b)+?c", "[^a-c]", "\\w+\\s", "^$", "(?:x)?", "[a\\]", "((((", "a**|+"} {
		f.Add(p, "abcab c")
	}
	f.Fuzz(func(t *testing.T, pattern, text string) {
		if len(pattern) > 40 || len(text) > 12 {
			return
		}
		board, err := qpy.New(qpy.Config{Fast: true, Start: qpy.FixedStart()})
		require.NoError(t, err)
		defer board.Close()
		src := "import ure\np = bytes((" + list(pattern) + "))\ns = bytes((" + list(text) + "))\ntry:\n  ure.search(p, s)\nexcept (ValueError, RuntimeError):\n  pass\n"
		result, err := board.Run(context.Background(), qpy.Script{Name: "main.py", Source: []byte(src)})
		require.NoError(t, err)
		require.Equal(t, qpy.Finished, result.Ending, "%q", pattern)
	})
}

func list(s string) string {
	var b bytes.Buffer
	for i := range len(s) {
		for _, d := range []byte{s[i] / 100, s[i] / 10 % 10, s[i] % 10} {
			if b.Len() > 0 && b.Bytes()[b.Len()-1] != ',' || d != 0 {
				b.WriteByte('0' + d)
			}
		}
		if n := b.Len(); n == 0 || b.Bytes()[n-1] == ',' {
			b.WriteByte('0')
		}
		b.WriteByte(',')
	}
	return b.String()
}
