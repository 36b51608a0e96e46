// Package golden compares the console transcripts of scripts with the ones
// recorded beside them: x.py with x.out. What runs a script is handed in; this
// package finds the pairs, runs them side by side and tells the difference.
package golden

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/diff"
)

// Case is one script and the transcript that it is held against.
type Case struct {
	Script string // path of the .py file
	Want   string // path of the .out file beside it; it need not exist yet
}

// Status says how a case ended.
type Status int

// How a case can end: the transcript is the recorded one; it differs; it
// differed and was written anew; the script could not be run at all.
const (
	Pass Status = iota
	Fail
	Updated
	Broken
)

// Outcome is a case after its run.
type Outcome struct {
	Case   Case
	Status Status
	Diff   string // unified diff, recorded to new, of a failing case
	Err    error  // why a broken case could not be run or read
}

// Find gives the cases below paths, sorted by name and each once. A folder
// gives every x.py that has an x.out. A script named itself needs its x.out
// too, unless update is set, which is how a first transcript is made.
func Find(paths []string, update bool) ([]Case, error) {
	seen := map[string]bool{}
	var cases []Case
	add := func(script string, named bool) error {
		want := strings.TrimSuffix(script, ".py") + ".out"
		if _, err := os.Stat(want); err != nil {
			if !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			if !named {
				return nil
			}
			if !update {
				return fmt.Errorf("%s: there is no %s beside it: make one with --update", script, filepath.Base(want))
			}
		}
		if !seen[script] {
			seen[script] = true
			cases = append(cases, Case{Script: script, Want: want})
		}
		return nil
	}
	for _, p := range paths {
		info, err := os.Stat(p)
		if err != nil {
			return nil, fmt.Errorf("%s: no such file or folder", p)
		}
		if !info.IsDir() {
			if filepath.Ext(p) != ".py" {
				return nil, fmt.Errorf("%s: a golden test is a .py file with an .out file beside it", p)
			}
			if err := add(filepath.Clean(p), true); err != nil {
				return nil, err
			}
			continue
		}
		err = filepath.WalkDir(p, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(path) != ".py" {
				return err
			}
			return add(filepath.Clean(path), false)
		})
		if err != nil {
			return nil, err
		}
	}
	sort.Slice(cases, func(i, j int) bool { return cases[i].Script < cases[j].Script })
	return cases, nil
}

// Run runs the cases, jobs at a time (at least one), and gives the outcomes in
// the order of the cases. run gives the transcript of a script; with update the
// transcripts that differ are written instead of reported.
func Run(cases []Case, jobs int, update bool, run func(script string) ([]byte, error)) []Outcome {
	outcomes := make([]Outcome, len(cases))
	next := make(chan int)
	var wg sync.WaitGroup
	for range max(jobs, 1) {
		wg.Go(func() {
			for i := range next {
				outcomes[i] = runOne(cases[i], update, run)
			}
		})
	}
	for i := range cases {
		next <- i
	}
	close(next)
	wg.Wait()
	return outcomes
}

func runOne(c Case, update bool, run func(string) ([]byte, error)) Outcome {
	got, err := run(c.Script)
	if err != nil {
		return Outcome{Case: c, Status: Broken, Err: err}
	}
	want, err := os.ReadFile(c.Want)
	if err != nil && !(update && errors.Is(err, fs.ErrNotExist)) {
		return Outcome{Case: c, Status: Broken, Err: err}
	}
	// A checkout on Windows may have given the recorded file CR LF.
	if err == nil && bytes.Equal(bytes.ReplaceAll(want, []byte("\r\n"), []byte("\n")), got) {
		return Outcome{Case: c, Status: Pass}
	}
	if update {
		if err := os.WriteFile(c.Want, got, 0o644); err != nil {
			return Outcome{Case: c, Status: Broken, Err: err}
		}
		return Outcome{Case: c, Status: Updated}
	}
	_, unified, _ := bytes.Cut(diff.Diff(c.Want, want, c.Script+" (this run)", got), []byte("\n")) // its first line is a command's
	return Outcome{Case: c, Status: Fail, Diff: string(unified)}
}
