package main

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"qpy"
	"qpy/cmd/qpy/internal/golden"
)

// directive starts the first line of a golden test that needs a device other
// than the default: `# qpy: run --device BG95`. It takes the flags of qpy run,
// and may end in the path of another script, which is then the one to run;
// paths are relative to the test.
const directive = "# qpy: run"

func testCommand() *cobra.Command {
	var update bool
	var jobs int
	cmd := &cobra.Command{
		Use:   "test [flags] PATH…",
		Short: "Compare scripts' transcripts with the recorded ones",
		Long: `Compare the console transcripts of scripts with the recorded ones.

For each x.py below PATH that has an x.out beside it, the script runs in virtual
time with a fixed clock and seed, and what comes on the console (stdout and
stderr in program order, as on the module's serial port) is compared with x.out.
A script that needs another device says so in its first line, with the flags of
qpy run:

  # qpy: run --device BG95

The line may end in the path of another script, which is run in its place.
Exit code: 0 when all agree, 1 when one does not, 2 for a wrong command line.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("test: no path given: qpy test PATH…")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			cases, err := golden.Find(args, update)
			if err != nil {
				return usage("test: %w", err)
			}
			if len(cases) == 0 {
				return usage("test: %s: no x.py with an x.out beside it", strings.Join(args, " "))
			}
			return report(cmd, golden.Run(cases, jobs, update, transcript))
		},
	}
	cmd.Flags().BoolVar(&update, "update", false, "write the transcripts that differ, instead of failing")
	cmd.Flags().IntVarP(&jobs, "jobs", "j", runtime.NumCPU(), "scripts to run at once")
	return cmd
}

func report(cmd *cobra.Command, outcomes []golden.Outcome) error {
	out := cmd.OutOrStdout()
	passed, bad := 0, 0
	for _, o := range outcomes {
		switch o.Status {
		case golden.Pass:
			passed++
		case golden.Updated:
			passed++
			fmt.Fprintf(out, "wrote %s\n", o.Case.Want)
		case golden.Fail:
			bad++
			fmt.Fprintf(out, "FAIL %s\n%s", o.Case.Script, o.Diff)
		case golden.Broken:
			bad++
			fmt.Fprintf(out, "FAIL %s: %v\n", o.Case.Script, o.Err)
		}
	}
	fmt.Fprintf(out, "%d passed, %d failed\n", passed, bad)
	if bad > 0 {
		return &exitError{code: exitFailed}
	}
	return nil
}

// transcript runs a golden test and gives what came on the console.
func transcript(path string) ([]byte, error) {
	src, err := readScript(path)
	if err != nil {
		return nil, err
	}
	config, script, err := readDirective(path, src)
	if err != nil {
		return nil, err
	}
	var console bytes.Buffer
	config.Stdout, config.Stderr = &console, &console
	board, err := qpy.New(config)
	if err != nil {
		return nil, err
	}
	defer board.Close()
	_, err = board.Run(context.Background(), script)
	return console.Bytes(), err
}

// readDirective gives what a golden test runs on, and the script it runs.
func readDirective(path string, src []byte) (qpy.Config, qpy.Script, error) {
	script := qpy.Script{Name: filepath.Base(path), Source: src}
	flags := newBoardFlags()
	fs := pflag.NewFlagSet(path, pflag.ContinueOnError)
	fs.SetInterspersed(false)
	flags.register(fs)
	line, _, _ := strings.Cut(string(src), "\n")
	if rest, ok := strings.CutPrefix(line, directive); ok {
		if err := fs.Parse(strings.Fields(rest)); err != nil {
			return qpy.Config{}, script, fmt.Errorf("line 1: %w", err)
		}
	}
	dir := filepath.Dir(path)
	flags.base = dir
	if fs.NArg() > 0 {
		target := filepath.Join(dir, filepath.FromSlash(fs.Arg(0)))
		var err error
		if script.Source, err = readScript(target); err != nil {
			return qpy.Config{}, script, fmt.Errorf("line 1: %w", err)
		}
		script.Name, script.Args = filepath.Base(target), fs.Args()[1:]
	}
	if flags.flash != "" {
		return qpy.Config{}, script, fmt.Errorf("line 1: a golden test keeps its flash in memory: take --flash away, --put brings files in")
	}
	config, err := flags.config()
	if err != nil {
		return config, script, fmt.Errorf("line 1: %w", err)
	}
	config.Fast = true
	if config.Start.IsZero() {
		config.Start = qpy.FixedStart()
	}
	return config, script, nil
}
