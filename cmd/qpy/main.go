// Command qpy runs QuecPython scripts on a virtual Quectel module.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	_ "qpy/cmd/qpy/internal/stack"
)

// Exit codes: the script's own come through as they are.
const (
	exitFailed = 1 // a script failed, a test failed
	exitUsage  = 2 // the command line was wrong
)

// exitError carries an exit code to main; its text, if any, is printed first.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

// failed ends the command with code 1 and a message.
func failed(err error) error { return &exitError{exitFailed, err} }

// usage ends the command with code 2 and a message.
func usage(format string, args ...any) error {
	return &exitError{exitUsage, fmt.Errorf(format, args...)}
}

func main() {
	os.Exit(execute(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// commands make the subcommands, by name.
var commands = []struct {
	name string
	make func() *cobra.Command
}{
	{"run", runCommand}, {"doc", docCommand}, {"test", testCommand},
	{"fota", fotaCommand}, {"fs", fsCommand}, {"models", modelsCommand},
}

// commandsFor makes the subcommand that a command line names, and no other: a
// start is short. For every other command line it makes all.
func commandsFor(args []string) []*cobra.Command {
	var all []*cobra.Command
	for _, c := range commands {
		if len(args) > 0 && args[0] == c.name {
			return []*cobra.Command{c.make()}
		}
		all = append(all, c.make())
	}
	return all
}

// execute runs one command line and gives its exit code. The end of ctx is
// Ctrl-C for a script that runs.
func execute(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	if code, done := direct(ctx, args, in, out, errOut); done {
		return code
	}
	root := &cobra.Command{
		Use:           "qpy",
		Short:         "Run QuecPython scripts on a virtual Quectel module",
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return usage("no command given: try `qpy run SCRIPT`, or `qpy --help`")
		},
	}
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(commandsFor(args)...)
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errOut)
	return exitCode(root.ExecuteContext(ctx), errOut)
}

// direct is the short way for `qpy run [--fast] SCRIPT [ARG…]`: cobra makes its help,
// its completion of command lines and a set of flags at every start, which takes
// longer than a short script does. done is false for any other command line, and
// nothing has happened then.
func direct(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) (code int, done bool) {
	if len(args) == 0 || args[0] != "run" {
		return 0, false
	}
	flags := newRunFlags()
	args = args[1:]
	if len(args) > 0 && args[0] == "--fast" {
		flags.fast = true
		args = args[1:]
	}
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		return 0, false
	}
	return exitCode(flags.run(ctx, args, in, out, errOut), errOut), true
}

// exitCode tells what an error has to say and gives the exit code for it.
func exitCode(err error, errOut io.Writer) int {
	if err == nil {
		return 0
	}
	var exit *exitError
	code := exitUsage // what cobra itself finds is a wrong command line
	if errors.As(err, &exit) {
		code = exit.code
	}
	if text := err.Error(); text != "" {
		fmt.Fprintf(errOut, "qpy: %s\n", text)
	}
	return code
}
