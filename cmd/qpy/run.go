package main

import (
	"context"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"qpy"
)

// runFlags are the flags of `qpy run`.
type runFlags struct {
	board boardFlags
	log   logFlags
	fast  bool
}

// newRunFlags gives what holds where no flag says anything else.
func newRunFlags() *runFlags { return &runFlags{board: newBoardFlags(), log: logFlags{set: &noFlags}} }

func runCommand() *cobra.Command {
	flags := newRunFlags()
	cmd := &cobra.Command{
		Use:   "run [flags] SCRIPT [ARG…]",
		Short: "Run a script on a virtual module",
		Long: `Run a script on a virtual module.

Standard output is the script's standard output; standard error is the script's
(log lines go there, as on the module) and qpy's own notes, each a line that
starts with "qpy: ". Flags stand before the script; what follows the script is
the script's (usys.argv).

--record writes down all that happens on the device, one line each; --replay runs
again, in virtual time and with the clock of the record, and names the first
difference. A record made with --fast is the same in every run.

Exit code: the script's own (usys.exit), 0 also when it restarts the device or
powers it down, 1 after an uncaught exception or when a replay differs, 2 for a
wrong command line.
Ctrl-C raises KeyboardInterrupt in the script; a second one ends qpy at once.`,
		Example: "  qpy run scripts/fota_auto_restart.py\n" +
			"  qpy run --fast --device BG95 scripts/fota_cancel.py\n" +
			"  qpy run --flash ./flash --put settings.json:/usr/settings.json app.py\n" +
			"  qpy run --fast --boots 2 --scenario qpy.toml --record run.log app.py",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("run: no script given: qpy run [flags] SCRIPT [ARG…]")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return flags.run(cmd.Context(), args, cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cmd.Flags().SetInterspersed(false)
	flags.board.register(cmd.Flags())
	cmd.Flags().BoolVar(&flags.fast, "fast", false, "virtual time: a wait costs nothing (default: real time)")
	flags.log.register(cmd.Flags())
	return cmd
}

// run runs a script. args are its file, and its arguments.
func (f *runFlags) run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) error {
	config, err := f.board.config()
	if err != nil {
		return usage("run: %w", err)
	}
	src, err := readScript(args[0])
	if err != nil {
		return usage("run: %w", err)
	}
	config.Fast = f.fast
	events, err := f.log.open(&config, args[0])
	if err != nil {
		return usage("run: %w", err)
	}
	defer events.close()
	config.Stdin, config.Stdout, config.Stderr = in, out, errOut
	board, err := qpy.New(config)
	if err != nil {
		return usage("run: %w", err)
	}
	defer board.Close()
	press := &interruptible{Context: ctx}
	defer press.stop()
	result, err := board.Run(press, qpy.Script{Name: filepath.Base(args[0]), Source: src, Args: args[1:]})
	if err != nil {
		return failed(err)
	}
	if err := events.finish(errOut); err != nil {
		return failed(err)
	}
	if result.Code != 0 {
		return &exitError{code: result.Code}
	}
	return nil
}
