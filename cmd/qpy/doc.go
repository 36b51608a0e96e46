package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"qpy"
	"qpy/cmd/qpy/internal/page"
	"qpy/device/model"
)

func docCommand() *cobra.Command {
	flags := newBoardFlags()
	var verbose bool
	cmd := &cobra.Command{
		Use:   "doc [flags] FILE.md",
		Short: "Run the examples of a QuecPython documentation page",
		Long: `Run the example blocks of a QuecPython documentation page, each on a fresh
device in virtual time, and print a line a block: its line in the page, its
title, what happened, and the device time it took.

An example of a function that its section gives to certain models only runs on
the first of them, unless --device says which model it is to be.

A block that only shows how a function is called is told as a signature and not
run. An example that needs a name which an earlier block of the page defines gets
that block's definitions first, as a reader has them who pastes block after block.

Exit code: 0, 1 when an example ends in an uncaught exception, 2 for a wrong
command line.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("doc: give one page: qpy doc FILE.md")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := os.ReadFile(args[0])
			if errors.Is(err, fs.ErrNotExist) {
				return usage("doc: %s: no such file", args[0])
			}
			if err != nil {
				return usage("doc: %w", err)
			}
			blocks := page.Parse(string(text))
			if len(blocks) == 0 {
				return usage("doc: %s: no fenced Python block in it", args[0])
			}
			config, err := flags.config()
			if err != nil {
				return usage("doc: %w", err)
			}
			if config.FlashDir != "" {
				return usage("doc: each example runs on a fresh device: take --flash away, --put brings files in")
			}
			config.Fast = true
			if config.Start.IsZero() {
				config.Start = qpy.FixedStart()
			}
			if _, err := model.Lookup(config.Device); err != nil {
				return usage("doc: %w", err)
			}
			return runPage(cmd.OutOrStdout(), blocks, config, verbose)
		},
	}
	flags.register(cmd.Flags())
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "show what each example prints")
	return cmd
}

// runPage runs the examples among blocks and reports on all of them. Where the
// config names no device, the page's section chooses.
func runPage(out io.Writer, blocks []page.Block, config qpy.Config, verbose bool) error {
	examples, bad := 0, 0
	for i, b := range blocks {
		if b.Kind == page.Signature {
			line(out, b, "signature, not run", -1)
			continue
		}
		examples++
		config := config
		if config.Device == "" {
			if config.Device = firstKnown(b.Models); config.Device != "" {
				b.Title += " [" + config.Device + "]"
			}
		}
		transcript, result, err := runBlock(blocks, i, config)
		if err != nil {
			return failed(fmt.Errorf("line %d: %w", b.Line, err))
		}
		line(out, b, happened(result, transcript), result.Time)
		if result.Ending == qpy.Failed || result.Ending == qpy.Stuck {
			bad++
		}
		if transcript != "" && (verbose || result.Ending == qpy.Failed || result.Ending == qpy.Stuck) {
			for _, l := range strings.Split(strings.TrimSuffix(transcript, "\n"), "\n") {
				fmt.Fprintf(out, "      | %s\n", l)
			}
		}
	}
	fmt.Fprintf(out, "%d blocks: %d examples run, %d signatures; %d failed\n", len(blocks), examples, len(blocks)-examples, bad)
	if bad > 0 {
		return &exitError{code: exitFailed}
	}
	return nil
}

// firstKnown is the first of a section's models that qpy has; "" when it has
// none of them.
func firstKnown(names []string) string {
	for _, name := range names {
		if m, err := model.Lookup(name); err == nil {
			return m.Name
		}
	}
	return ""
}

func line(out io.Writer, b page.Block, what string, took time.Duration) {
	timing := ""
	if took >= 0 {
		timing = fmt.Sprintf(" (%.1f s)", took.Seconds())
	}
	fmt.Fprintf(out, "%4d  %s: %s%s\n", b.Line, b.Title, what, timing)
}

// happened puts the end of an example into words.
func happened(r qpy.Result, transcript string) string {
	switch r.Ending {
	case qpy.Failed:
		lines := strings.Split(strings.TrimSpace(transcript), "\n")
		return "exception, " + lastError(lines)
	case qpy.Restarted:
		return "restarted, " + r.Boot.String()
	case qpy.PoweredDown:
		return "powered down"
	case qpy.Stuck:
		return "deadlock"
	case qpy.Exited:
		return fmt.Sprintf("exit %d", r.Code)
	}
	return string(r.Ending)
}

// lastError is the last line that is the script's and not a note of qpy's.
func lastError(lines []string) string {
	for i := len(lines) - 1; i >= 0; i-- {
		if !strings.HasPrefix(lines[i], "qpy: ") {
			return lines[i]
		}
	}
	return ""
}

// runBlock runs one example on a fresh device.
func runBlock(blocks []page.Block, i int, config qpy.Config) (string, qpy.Result, error) {
	var console bytes.Buffer
	config.Stdout, config.Stderr = &console, &console
	board, err := qpy.New(config)
	if err != nil {
		return "", qpy.Result{}, err
	}
	defer board.Close()
	script := qpy.Script{
		Name:   fmt.Sprintf("line%d.py", blocks[i].Line),
		Source: []byte(blocks[i].Code),
		Before: []byte(page.Before(blocks, i)),
	}
	result, err := board.Run(context.Background(), script)
	return console.String(), result, err
}
