package fuzz

import (
	"errors"
	"regexp"
	"strings"
	"time"

	"qpy/python"
)

// Name is the file name that stands in tracebacks.
const Name = "main.py"

// Limits is what a program may use up before Run stops it.
type Limits struct {
	Heap   int64         // bytes of the script's heap
	Turns  int           // turn points, to within a quantum
	Time   time.Duration // since the start, looked at between turns
	Output int           // bytes that it prints
}

// DefaultLimits let every generated program end.
var DefaultLimits = Limits{Heap: 8 << 20, Turns: 2_000_000, Time: 2 * time.Second, Output: 1 << 20}

// Result is what became of a program.
type Result struct {
	Out     string        // what it printed
	Err     string        // the traceback of the exception that ended it
	Stopped bool          // a limit was reached; the rest depends on the moment
	Gap     time.Duration // the longest time in which it could not be stopped
}

var errLimit = errors.New("fuzz: a limit was reached")

// Run runs a program in an interpreter of its own, without files or modules.
// Turn is called at each turn, for checks of the caller's; it may be nil.
func Run(src string, l Limits, turn func()) Result {
	var r Result
	var out strings.Builder
	start := time.Now()
	last, turns := start, 0
	in, err := python.New(python.Options{
		Stdout:   limitedWriter{&out, l.Output},
		Stderr:   limitedWriter{&out, l.Output},
		Language: python.Language{Heap: l.Heap},
		Poll: func() error {
			now := time.Now()
			r.Gap = max(r.Gap, now.Sub(last))
			if last = now; now.Sub(start) <= l.Time {
				return nil
			}
			r.Stopped = true
			return errLimit
		},
		Turn: func(n int) error {
			now := time.Now()
			r.Gap = max(r.Gap, now.Sub(last))
			last = now
			if turn != nil {
				turn()
			}
			if turns += n; turns > l.Turns || now.Sub(start) > l.Time || out.Len() >= l.Output {
				r.Stopped = true
				return errLimit
			}
			return nil
		},
	})
	if err != nil {
		return Result{Err: err.Error()}
	}
	err = in.RunMain(Name, []byte(src))
	r.Gap = max(r.Gap, time.Since(last))
	r.Stopped = r.Stopped || out.Len() >= l.Output
	r.Out = out.String()
	if _, exit := python.Exit(err); err != nil && !exit {
		r.Err = python.FormatException(err)
	}
	_ = in.Close()
	return r
}

// limitedWriter drops what comes after limit bytes.
type limitedWriter struct {
	b     *strings.Builder
	limit int
}

func (w limitedWriter) Write(p []byte) (int, error) {
	if room := w.limit - w.b.Len(); room > 0 {
		w.b.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}

var (
	addresses = regexp.MustCompile(`\bat (0x)?[0-9a-f]{5,}`)
	warnings  = regexp.MustCompile(`(?m)^Warning: .*\n`)
	excuses   = []string{"MemoryError", "memory alloc", "maximum recursion depth", "NotImplementedError"}
)

// Same compares two results, leaving out what may differ from one
// implementation to the other: addresses, how much fits in the heap, how deep
// calls may nest. decided is false when such a thing, or a limit, may have
// changed everything that came after it.
func Same(a, b Result) (same, decided bool) {
	if a.Stopped || b.Stopped {
		return true, false
	}
	for _, text := range excuses {
		if strings.Contains(a.Out+a.Err, text) || strings.Contains(b.Out+b.Err, text) {
			return true, false
		}
	}
	clean := func(r Result) string {
		return addresses.ReplaceAllString(r.Out+"\x00"+warnings.ReplaceAllString(r.Err, ""), "at ADDRESS")
	}
	return clean(a) == clean(b), true
}
