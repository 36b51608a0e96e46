package main

import (
	"embed"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"
)

//go:embed *.py
var own embed.FS

// expectation starts the closing lines of a program that say what it prints.
const expectation = "# prints: "

// program is one file ready to run.
type program struct {
	Name string
	file string
	// want is what the program must print, "" when it does not say.
	want string
	// assembled marks a program of perf_bench with the markers around its timed part.
	assembled bool
}

// choosePrograms writes the programs that the command line asks for into dir.
// The notes tell what was left out and why.
func choosePrograms(opts *options, dir string) ([]program, []string, error) {
	switch {
	case opts.perfBench != "":
		return perfBenchPrograms(opts.perfBench, opts.programs, dir)
	case strings.Contains(opts.programs, "/"):
		programs, err := filePrograms(opts.programs)
		return programs, nil, err
	}
	names, err := ownNames(opts.programs)
	if err != nil {
		return nil, nil, err
	}
	var programs []program
	for _, name := range names {
		text, err := own.ReadFile(name + ".py")
		if err != nil {
			return nil, nil, err
		}
		file := filepath.Join(dir, name+".py")
		if err := os.WriteFile(file, text, 0o644); err != nil {
			return nil, nil, err
		}
		programs = append(programs, program{Name: name, file: file, want: expected(string(text))})
	}
	return programs, nil, nil
}

// ownNames are the names of this folder's programs that match glob, sorted.
func ownNames(glob string) ([]string, error) {
	entries, err := own.ReadDir(".")
	if err != nil {
		return nil, err
	}
	var all []string
	for _, e := range entries {
		all = append(all, strings.TrimSuffix(e.Name(), ".py"))
	}
	return matching(all, glob)
}

// matching gives those of names that match glob ("" is all), with or without .py.
func matching(names []string, glob string) ([]string, error) {
	if glob == "" {
		glob = "*"
	}
	var kept []string
	for _, name := range names {
		ok, err := path.Match(strings.TrimSuffix(glob, ".py"), name)
		if err != nil {
			return nil, usagef("--programs %q: %w", glob, err)
		}
		if ok {
			kept = append(kept, name)
		}
	}
	if len(kept) == 0 {
		return nil, usagef("--programs %q matches none of: %s", glob, strings.Join(names, " "))
	}
	sort.Strings(kept)
	return kept, nil
}

// filePrograms are files on disk, to be run where they lie.
func filePrograms(glob string) ([]program, error) {
	files, err := filepath.Glob(glob)
	if err != nil {
		return nil, usagef("--programs %q: %w", glob, err)
	}
	var programs []program
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("--programs: %w", err)
		}
		file, err = filepath.Abs(file)
		if err != nil {
			return nil, fmt.Errorf("--programs: %w", err)
		}
		name := strings.TrimSuffix(filepath.Base(file), ".py")
		programs = append(programs, program{Name: name, file: file, want: expected(string(text))})
	}
	if len(programs) == 0 {
		return nil, usagef("--programs %q: no such file", glob)
	}
	return programs, nil
}

// expected is what a program says in its closing lines that it prints.
func expected(text string) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	at := len(lines)
	for at > 0 && strings.HasPrefix(lines[at-1], expectation) {
		at--
	}
	var want strings.Builder
	for _, line := range lines[at:] {
		want.WriteString(strings.TrimPrefix(line, expectation) + "\n")
	}
	return want.String()
}
