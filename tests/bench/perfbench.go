package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Lines that an assembled program prints around its timed part.
const (
	startMark = "--- timed part starts"
	endMark   = "--- timed part ends"
)

// largest is above every N (MHz) and M (KiB) that perf_bench has parameters
// for: bm_run takes the greatest (N, M) of bm_params that lies within both.
const largest = 1000000

// bracket surrounds the timed part with marks. The times between the marks'
// arrivals are real for every engine; the clock that the program itself reads
// is the device's on qpy, where virtual time passes.
var bracket = fmt.Sprintf(`
_unmarked_setup = bm_setup


def bm_setup(params):
    part, outcome = _unmarked_setup(params)

    def marked():
        print(%q)
        part()
        print(%q)

    return marked, outcome


bm_run(%d, %d)
`, startMark, endMark, largest, largest)

// assemble makes one program of a perf_bench file and its driver, benchrun.py.
func assemble(text, driver string) string {
	return text + "\n" + driver + "\n" + bracket
}

// perfBenchPrograms assembles MicroPython's programs from the checkout at root
// (or its tests or tests/perf_bench folder) into dir.
func perfBenchPrograms(root, glob, dir string) ([]program, []string, error) {
	source, err := perfBenchDir(root)
	if err != nil {
		return nil, nil, err
	}
	driver, err := os.ReadFile(filepath.Join(source, "benchrun.py"))
	if err != nil {
		return nil, nil, fmt.Errorf("--perf-bench: %w", err)
	}
	names, notes, err := perfBenchNames(source, glob)
	if err != nil {
		return nil, nil, err
	}
	var programs []program
	for _, name := range names {
		text, err := os.ReadFile(filepath.Join(source, name+".py"))
		if err != nil {
			return nil, nil, fmt.Errorf("--perf-bench: %w", err)
		}
		file := filepath.Join(dir, name+".py")
		if err := os.WriteFile(file, []byte(assemble(string(text), string(driver))), 0o644); err != nil {
			return nil, nil, err
		}
		programs = append(programs, program{Name: name, file: file, assembled: true})
	}
	return programs, notes, nil
}

func perfBenchDir(root string) (string, error) {
	for _, below := range []string{"", "perf_bench", "tests/perf_bench"} {
		dir := filepath.Join(root, filepath.FromSlash(below))
		if _, err := os.Stat(filepath.Join(dir, "benchrun.py")); err == nil {
			return dir, nil
		}
	}
	return "", usagef("--perf-bench %s: no benchrun.py there, nor in perf_bench or tests/perf_bench below it; give a MicroPython checkout", root)
}

// perfBenchNames leaves out the viper programs unless glob asks for them: they
// measure MicroPython's native code emitters, which nothing else has.
func perfBenchNames(source, glob string) (names, notes []string, err error) {
	files, err := filepath.Glob(filepath.Join(source, "*.py"))
	if err != nil {
		return nil, nil, err
	}
	vipers := 0
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".py")
		switch {
		case name == "benchrun":
		case strings.HasPrefix(name, "viper_") && !strings.HasPrefix(glob, "viper_"):
			vipers++
		default:
			names = append(names, name)
		}
	}
	if vipers > 0 && glob == "" {
		notes = append(notes, fmt.Sprintf("%d programs viper_* are left out: they measure MicroPython's native code emitters (--programs 'viper_*' runs them)", vipers))
	}
	names, err = matching(names, glob)
	return names, notes, err
}

// readResult takes the line that bm_run prints last: microseconds by the
// program's own clock, a norm and the result.
func readResult(output string) (micros int64, result string, err error) {
	lines := strings.Split(strings.TrimSpace(output), "\n")
	last := strings.TrimSpace(lines[len(lines)-1])
	parts := strings.SplitN(last, " ", 3)
	if len(parts) < 3 {
		return 0, "", fmt.Errorf("its last line is no result: %q", last)
	}
	micros, err = strconv.ParseInt(parts[0], 10, 64)
	if err != nil {
		return 0, "", fmt.Errorf("its last line is no result: %q", last)
	}
	if micros < 0 {
		return 0, "", fmt.Errorf("%s", parts[2])
	}
	return micros, parts[1] + " " + parts[2], nil
}
