// Command bench runs small Python programs alternately on qpy and on its peers
// (MicroPython, CPython), checks that they print the same, and tells how their
// times compare.
//
//	go run ./tests/bench                                    the programs of this folder
//	go run ./tests/bench --programs 'dict_*' -n 3           some of them
//	go run ./tests/bench --perf-bench ~/micropython         MicroPython's own tests/perf_bench
//
// The status is 0 when qpy ran every program and all outputs agree, 1 when not,
// 2 for a wrong command line. (go run turns every failure into 1.)
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"time"
)

// options are the command line.
type options struct {
	qpy             string
	qpyArgs         string
	micropython     string
	micropythonArgs string
	python3         string
	python3Args     string
	runs            int
	programs        string
	perfBench       string
	measures        []measure
	json            string
	timeout         time.Duration
}

// usageError is a mistake in the command line.
type usageError struct{ error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is the command without the process around it; it gives the exit status.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	opts, err := parseOptions(args, errs)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	var report *report
	if err == nil {
		report, err = bench(ctx, opts, errs)
	}
	if err == nil {
		report.print(out)
		if opts.json != "" {
			err = report.writeJSON(opts.json)
		}
	}
	var wrong usageError
	switch {
	case errors.As(err, &wrong):
		fmt.Fprintf(errs, "bench: %v\nbench: see --help\n", err)
		return 2
	case err != nil:
		fmt.Fprintf(errs, "bench: %v\n", err)
		return 1
	case !report.good():
		return 1
	}
	return 0
}

func parseOptions(args []string, errs io.Writer) (*options, error) {
	o := &options{}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&o.qpy, "qpy", "", "qpy command; `path`, or none to leave it out (default: build ./cmd/qpy)")
	flags.StringVar(&o.qpyArgs, "qpy-args", "run --fast", "`arguments` of qpy before the file")
	flags.StringVar(&o.micropython, "micropython", "", "MicroPython's unix port; `path`, or none (default: micropython on PATH, if there)")
	flags.StringVar(&o.micropythonArgs, "micropython-args", "-X heapsize=8m", "`arguments` of micropython before the file")
	flags.StringVar(&o.python3, "python3", "", "CPython; `path`, or none (default: python3 on PATH, if there)")
	flags.StringVar(&o.python3Args, "python3-args", "", "`arguments` of python3 before the file")
	flags.IntVar(&o.runs, "n", 5, "`runs` of each program on each engine")
	flags.StringVar(&o.programs, "programs", "", "only programs whose name matches `glob`; with a / in it, files on disk")
	flags.StringVar(&o.perfBench, "perf-bench", "", "run tests/perf_bench of the MicroPython checkout at `dir`, largest parameters")
	measureText := flags.String("measure", "", "`times` to tabulate, of wall, user, cpu, timed (default: wall,user; with --perf-bench: timed,user)")
	flags.StringVar(&o.json, "json", "", "also write every figure to `file`")
	flags.DurationVar(&o.timeout, "timeout", 2*time.Minute, "`limit` for one run of one program")

	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(errs, "usage: go run ./tests/bench [flags]")
			flags.SetOutput(errs)
			flags.PrintDefaults()
			return nil, err
		}
		return nil, usageError{err}
	}
	if flags.NArg() > 0 {
		return nil, usagef("unexpected argument %q; programs are chosen with --programs", flags.Arg(0))
	}
	if o.runs < 1 {
		return nil, usagef("-n %d: at least 1 run is needed", o.runs)
	}
	if o.timeout <= 0 {
		return nil, usagef("--timeout %v: must be more than 0", o.timeout)
	}
	if *measureText == "" {
		*measureText = "wall,user"
		if o.perfBench != "" {
			*measureText = "timed,user"
		}
	}
	for name := range strings.SplitSeq(*measureText, ",") {
		m := measure(strings.TrimSpace(name))
		if !m.known() {
			return nil, usagef("--measure %q: not one of wall, user, cpu, timed", name)
		}
		if m == timed && o.perfBench == "" {
			return nil, usagef("--measure timed: only the programs of --perf-bench have a timed part")
		}
		o.measures = append(o.measures, m)
	}
	return o, nil
}

// bench does all the work between the command line and the report.
func bench(ctx context.Context, opts *options, progress io.Writer) (*report, error) {
	dir, err := os.MkdirTemp("", "qpy-bench-")
	if err != nil {
		return nil, fmt.Errorf("a folder for the programs: %w", err)
	}
	defer os.RemoveAll(dir)

	programs, notes, err := choosePrograms(opts, dir)
	if err != nil {
		return nil, err
	}
	engines, missing, err := findEngines(ctx, opts, dir, progress)
	if err != nil {
		return nil, err
	}
	rep := &report{
		Started:  time.Now().UTC().Truncate(time.Second),
		Host:     hostName(),
		Runs:     opts.runs,
		Engines:  engines,
		Notes:    append(missing, notes...),
		measures: opts.measures,
	}
	for _, p := range programs {
		fmt.Fprintf(progress, "%s:", p.Name)
		result := alternate(ctx, p, engines, opts.runs, opts.timeout, dir)
		for i, r := range result.Results {
			if r.Problem != "" {
				fmt.Fprintf(progress, "  %s failed", engines[i].Name)
			} else {
				fmt.Fprintf(progress, "  %s %.3f s", engines[i].Name, median(r.times(wall)))
			}
		}
		fmt.Fprintln(progress)
		if err := ctx.Err(); err != nil {
			return nil, errors.New("interrupted")
		}
		rep.Programs = append(rep.Programs, result)
	}
	rep.summarise()
	return rep, nil
}
