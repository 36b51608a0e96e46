package compile

import (
	"errors"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"qpy/python/object"
	"qpy/python/syntax"
)

// Every stage of the work for a long source asks whether to stop, and stops.
func TestSourceStopsInEveryStage(t *testing.T) {
	src := []byte(strings.Repeat("x = [1, 2, 3]\n", 20000))
	stages := map[string]int{}
	stage := func() string {
		var pcs [64]uintptr
		frames := runtime.CallersFrames(pcs[:runtime.Callers(0, pcs[:])])
		for {
			f, more := frames.Next()
			for _, name := range []string{"(*parser).parse", "(*checker).check", "internNames", "analyze", "(*fn).bodyOf", "(*fn).assemble", "verify"} {
				if strings.HasSuffix(f.Function, "."+name) {
					return name
				}
			}
			if !more {
				return "none"
			}
		}
	}
	in := object.NewInterp(object.Generic())
	in.Poll = func() error {
		stages[stage()]++
		return nil
	}
	_, err := Source(in, src, "x.py", syntax.Exec)
	assert.NoError(t, err)
	assert.Len(t, stages, 7, "%v", stages)
	for name := range stages {
		stop := errors.New("stop")
		in.Poll = func() error {
			if stage() == name {
				return stop
			}
			return nil
		}
		_, err := Source(in, src, "x.py", syntax.Exec)
		assert.Same(t, stop, err, name)
	}
}
