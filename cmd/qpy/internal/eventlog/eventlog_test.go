package eventlog_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/cmd/qpy/internal/eventlog"
)

var head = eventlog.Head{Start: time.Date(2024, 1, 2, 3, 4, 5, 6, time.UTC), Virtual: true, Script: "my app.py"}

type event struct {
	at           time.Duration
	source, what string
}

var happened = []event{
	{0, "console", "hello \"you\" 你好"},
	{1, `task 0 "main"`, "goes on: the end of a sleep"},
	{40 * time.Second, "a very long source of events", "two\nlines\tand \x1b[0m"},
	{1<<63 - 1, "kernel", ""},
}

func record(t *testing.T, list []event) string {
	t.Helper()
	var b bytes.Buffer
	w := eventlog.NewWriter(&b, head)
	for _, e := range list {
		w.Trace(e.at, e.source, e.what)
	}
	require.NoError(t, w.Flush())
	return b.String()
}

func replay(t *testing.T, log string, list []event) (*eventlog.Reader, error) {
	t.Helper()
	r, err := eventlog.NewReader("run.log", strings.NewReader(log))
	require.NoError(t, err)
	for _, e := range list {
		r.Trace(e.at, e.source, e.what)
	}
	return r, r.Finish()
}

func TestLogIsReadable(t *testing.T) {
	assert.Equal(t, `# qpy event log 1: start=2024-01-02T03:04:05.000000006Z virtual=true script=my app.py
     0.000000000  console         hello "you" 你好
     0.000000001  task 0 "main"   goes on: the end of a sleep
    40.000000000  a very long source of events  two\nlines\tand \x1b[0m
9223372036.854775807  kernel          
`, record(t, happened))
}

func TestReplayOfTheSame(t *testing.T) {
	r, err := replay(t, record(t, happened), happened)
	assert.NoError(t, err)
	assert.Equal(t, head, r.Head())
	assert.Equal(t, len(happened), r.Events())
	_, err = replay(t, strings.ReplaceAll(record(t, happened), "\n", "\r\n"), happened)
	assert.NoError(t, err, "a checkout with CR LF")
}

func TestReplayNamesTheFirstDifference(t *testing.T) {
	other := append([]event(nil), happened...)
	other[1].at, other[2].what = 2, "other"
	_, err := replay(t, record(t, happened), other)
	var d *eventlog.Difference
	require.ErrorAs(t, err, &d)
	assert.Equal(t, 3, d.Line)
	assert.EqualError(t, err, `run.log:3: the first difference: recorded "0.000000001  task 0 \"main\"   goes on: the end of a sleep", `+
		`now "0.000000002  task 0 \"main\"   goes on: the end of a sleep"`)

	_, err = replay(t, record(t, happened), happened[:2])
	assert.ErrorContains(t, err, "run.log:4: the first difference: recorded \"40.000000000  a very")
	assert.ErrorContains(t, err, ", now the run ends")
	_, err = replay(t, record(t, happened[:2]), happened)
	assert.ErrorContains(t, err, "run.log:4: the first difference: recorded nothing more, now \"40.0000")
}

func TestWhatIsNoLog(t *testing.T) {
	for text, want := range map[string]string{
		"":                    "it is no event log; make one with --record",
		"print(1)\n":          "it is no event log",
		"# qpy event log 2: ": "it is no event log",
		"# qpy event log 1: start=2024 virtual=true script=x\n":              "its first line is damaged",
		"# qpy event log 1: start=2024-01-01T00:00:00Z virtual=x script=x\n": "its first line is damaged",
		"# qpy event log 1: start=2024-01-01T00:00:00Z\n":                    "its first line is damaged",
		strings.Repeat("x", 2<<20):                                           "line 1 has no end",
	} {
		_, err := eventlog.NewReader("run.log", strings.NewReader(text))
		assert.ErrorContains(t, err, want)
	}
	worn := errors.New("worn out")
	_, err := eventlog.NewReader("run.log", iotest.ErrReader(worn))
	assert.ErrorIs(t, err, worn)
	log := record(t, happened)
	r, err := eventlog.NewReader("run.log", io.MultiReader(strings.NewReader(log[:strings.Index(log, "\n")+5]), iotest.ErrReader(worn)))
	require.NoError(t, err)
	r.Trace(happened[0].at, happened[0].source, happened[0].what)
	r.Trace(0, "not", "compared any more")
	assert.ErrorIs(t, r.Finish(), worn)
}

func TestUnwritableLog(t *testing.T) {
	w := eventlog.NewWriter(brokenWriter{}, head)
	for range 100_000 {
		w.Trace(0, "console", "x")
	}
	assert.ErrorContains(t, w.Flush(), "disk full")
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("disk full") }
