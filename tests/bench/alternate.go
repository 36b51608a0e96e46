package main

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// result is one program on one engine.
type result struct {
	Engine  string   `json:"engine"`
	Output  string   `json:"output,omitempty"`
	Problem string   `json:"problem,omitempty"` // why there is no time to compare
	Samples []sample `json:"samples,omitempty"`
}

// outcome is one program on every engine, in the engines' order.
type outcome struct {
	Program string   `json:"program"`
	Results []result `json:"results"`
	// Fallbacks names measures that an engine could not give here; wall stands in for all.
	Fallbacks []measure `json:"fallbacks,omitempty"`
}

// alternate runs p in turns (A B C A B C …), so that a busy spell of the host
// falls on all engines alike. An engine that fails takes no more turns.
func alternate(ctx context.Context, p program, engines []engine, runs int, limit time.Duration, dir string) outcome {
	o := outcome{Program: p.Name, Results: make([]result, len(engines))}
	for i, e := range engines {
		o.Results[i].Engine = e.Name
	}
	for range runs {
		for i, e := range engines {
			r := &o.Results[i]
			if r.Problem != "" || ctx.Err() != nil {
				continue
			}
			s, output, err := once(ctx, e, p, dir, limit)
			if err == nil && p.assembled {
				var micros int64
				micros, output, err = readResult(output)
				s.Own = float64(micros) / 1e6
			}
			r.add(s, output, err)
		}
	}
	o.compare(p.want)
	return o
}

// add takes one run into the result.
func (r *result) add(s sample, output string, err error) {
	switch {
	case err != nil:
		r.Problem = err.Error()
	case len(r.Samples) > 0 && output != r.Output:
		r.Problem = fmt.Sprintf("output varies from run to run: %s, then %s", clip(r.Output), clip(output))
	default:
		r.Output = output
		r.Samples = append(r.Samples, s)
	}
}

// compare marks the engines whose output is not the wanted one; when the
// program does not say, it is the output of the first peer that ran it, or of
// the first engine if no peer did.
func (o *outcome) compare(want string) {
	source := "the program's closing comment"
	if want == "" {
		for i := range o.Results {
			r := o.Results[(i+1)%len(o.Results)]
			if r.Problem == "" {
				want, source = r.Output, r.Engine
				break
			}
		}
	}
	for i := range o.Results {
		r := &o.Results[i]
		if r.Problem == "" && trimLines(r.Output) != trimLines(want) {
			r.Problem = fmt.Sprintf("output %s is not that of %s, %s", clip(r.Output), source, clip(want))
		}
	}
}

func trimLines(text string) string { return strings.TrimRight(text, "\n") }

// times are the samples' values of a measure, nil when one of them has none.
func (r *result) times(m measure) []float64 {
	var values []float64
	for _, s := range r.Samples {
		v := m.of(s)
		if v <= 0 {
			return nil
		}
		values = append(values, v)
	}
	return values
}

// effective is m, or wall when an engine that ran the program cannot give m.
// All engines are then compared by wall time: a time of one kind is never
// divided by a time of another.
func (o *outcome) effective(m measure) measure {
	for i := range o.Results {
		if r := &o.Results[i]; r.Problem == "" && r.times(m) == nil {
			return wall
		}
	}
	return m
}
