package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// report is all that a session of the benchmark found out.
type report struct {
	Started  time.Time `json:"started"`
	Host     string    `json:"host"`
	Runs     int       `json:"runs"`
	Engines  []engine  `json:"engines"`
	Notes    []string  `json:"notes,omitempty"`
	Programs []outcome `json:"programs"`
	Summary  []summary `json:"summary"`

	measures []measure
}

// summary compares the first engine with one peer by one measure. A ratio is
// the peer's median over the first engine's: above 1 the first engine is faster.
type summary struct {
	Measure  measure            `json:"measure"`
	Peer     string             `json:"peer"`
	Ratios   map[string]float64 `json:"ratios"`
	Geomean  float64            `json:"geomean,omitempty"` // 0 when no program ran on both
	Programs int                `json:"programs"`
	Slower   []string           `json:"slower,omitempty"` // programs with a ratio below 1
}

func hostName() string {
	return fmt.Sprintf("%s/%s, %d CPUs", runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
}

// summarise fills in Summary and the programs' fallbacks from the samples.
func (r *report) summarise() {
	for i := range r.Programs {
		o := &r.Programs[i]
		for _, m := range r.measures {
			if o.effective(m) != m {
				o.Fallbacks = append(o.Fallbacks, m)
			}
		}
	}
	for _, m := range r.measures {
		for peer := 1; peer < len(r.Engines); peer++ {
			s := summary{Measure: m, Peer: r.Engines[peer].Name, Ratios: map[string]float64{}}
			var all []float64
			for i := range r.Programs {
				o := &r.Programs[i]
				ratio := o.ratio(peer, m)
				if math.IsNaN(ratio) {
					continue
				}
				s.Ratios[o.Program] = ratio
				all = append(all, ratio)
				if ratio < 1 {
					s.Slower = append(s.Slower, o.Program)
				}
			}
			if s.Programs = len(all); s.Programs > 0 {
				s.Geomean = geomean(all)
			}
			r.Summary = append(r.Summary, s)
		}
	}
}

// ratio is NaN when one of the two engines did not run the program.
func (o *outcome) ratio(peer int, m measure) float64 {
	m = o.effective(m)
	ours, theirs := o.median(0, m), o.median(peer, m)
	if !(ours > 0) {
		return math.NaN()
	}
	return theirs / ours
}

// median of one engine's samples, NaN when it did not run the program.
func (o *outcome) median(engine int, m measure) float64 {
	if o.Results[engine].Problem != "" {
		return math.NaN()
	}
	return median(o.Results[engine].times(m))
}

// good tells whether qpy ran everything and all outputs agree. A peer that
// cannot run a program is no failure; one that prints something else is.
func (r *report) good() bool {
	for _, o := range r.Programs {
		for i, res := range o.Results {
			if res.Problem != "" && (r.Engines[i].Name == "qpy" || len(res.Samples) > 0) {
				return false
			}
		}
	}
	return true
}

func (r *report) writeJSON(file string) error {
	data, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return fmt.Errorf("--json: %w", err)
	}
	if err := os.WriteFile(file, append(data, '\n'), 0o644); err != nil {
		return fmt.Errorf("--json: %w", err)
	}
	return nil
}

func (r *report) print(out io.Writer) {
	fmt.Fprintf(out, "%s; alternating runs: %d\n", r.Host, r.Runs)
	for _, e := range r.Engines {
		fmt.Fprintf(out, "  %s: %s (%s)\n", e.Name, e.Version, strings.Join(append([]string{e.Path}, e.Args...), " "))
	}
	for _, m := range r.measures {
		r.printTable(out, m)
	}
	r.printFoot(out)
}

func (r *report) printTable(out io.Writer, m measure) {
	fmt.Fprintf(out, "\n%s\n", m.title())
	if len(r.Engines) > 1 {
		fmt.Fprintf(out, "(x peer: how many times faster than the peer %s is)\n", r.Engines[0].Name)
	}
	// Right-aligned cells, the names padded to the left by hand.
	width := len("geometric mean")
	for _, o := range r.Programs {
		width = max(width, len(o.Program)+1)
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	row := func(name string, cells []string) {
		fmt.Fprintf(w, "%-*s\t%s\t\n", width, name, strings.Join(cells, "\t"))
	}
	var head []string
	for _, e := range r.Engines {
		head = append(head, e.Name)
	}
	for _, e := range r.Engines[1:] {
		head = append(head, "x "+e.Name)
	}
	row("", head)
	for i := range r.Programs {
		o := &r.Programs[i]
		row(o.Program+o.star(m), o.cells(m))
	}
	if len(r.Engines) > 1 {
		means := make([]string, len(r.Engines))
		for _, s := range r.Summary {
			if s.Measure == m {
				means = append(means, number(s.Geomean, 2))
			}
		}
		row("geometric mean", means)
	}
	w.Flush()
	for _, s := range r.Summary {
		if s.Measure == m && len(s.Slower) > 0 {
			fmt.Fprintf(out, "slower than %s: %s\n", s.Peer, strings.Join(s.Slower, " "))
		}
	}
}

// star marks a program whose row shows wall time instead of the table's measure.
func (o *outcome) star(m measure) string {
	if slices.Contains(o.Fallbacks, m) {
		return "*"
	}
	return ""
}

func (o *outcome) cells(m measure) []string {
	m = o.effective(m)
	var cells []string
	for i, r := range o.Results {
		switch {
		case r.Problem == "":
			cells = append(cells, number(o.median(i, m), 3))
		case len(r.Samples) > 0:
			cells = append(cells, "differs")
		default:
			cells = append(cells, "fails")
		}
	}
	for peer := 1; peer < len(o.Results); peer++ {
		cells = append(cells, number(o.ratio(peer, m), 2))
	}
	return cells
}

// number is "-" for what there is not.
func number(v float64, places int) string {
	if math.IsNaN(v) || v == 0 {
		return "-"
	}
	return fmt.Sprintf("%.*f", places, v)
}

func (r *report) printFoot(out io.Writer) {
	var lines []string
	starred := false
	for _, o := range r.Programs {
		starred = starred || len(o.Fallbacks) > 0
		for _, res := range o.Results {
			if res.Problem != "" {
				lines = append(lines, fmt.Sprintf("%s on %s: %s", o.Program, res.Engine, res.Problem))
			}
		}
	}
	if starred {
		lines = append(lines, "* wall time of the process for all: an engine did not give the table's measure")
	}
	lines = append(lines, r.Notes...)
	if len(lines) > 0 {
		fmt.Fprintf(out, "\n%s\n", strings.Join(lines, "\n"))
	}
}
