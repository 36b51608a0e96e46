package main

import (
	"path/filepath"

	"github.com/spf13/cobra"

	"qpy"
)

func runCommand() *cobra.Command {
	var flags boardFlags
	var fast bool
	var log logFlags
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
			config, err := flags.config()
			if err != nil {
				return usage("run: %w", err)
			}
			src, err := readScript(args[0])
			if err != nil {
				return usage("run: %w", err)
			}
			config.Fast = fast
			events, err := log.open(&config, args[0])
			if err != nil {
				return usage("run: %w", err)
			}
			defer events.close()
			config.Stdin, config.Stdout, config.Stderr = cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr()
			board, err := qpy.New(config)
			if err != nil {
				return usage("run: %w", err)
			}
			defer board.Close()
			ctx, stop := newInterruptible(cmd.Context())
			defer stop()
			result, err := board.Run(ctx, qpy.Script{Name: filepath.Base(args[0]), Source: src, Args: args[1:]})
			if err != nil {
				return failed(err)
			}
			if err := events.finish(cmd.ErrOrStderr()); err != nil {
				return failed(err)
			}
			if result.Code != 0 {
				return &exitError{code: result.Code}
			}
			return nil
		},
	}
	cmd.Flags().SetInterspersed(false)
	flags.register(cmd.Flags())
	cmd.Flags().BoolVar(&fast, "fast", false, "virtual time: a wait costs nothing (default: real time)")
	log.register(cmd.Flags())
	return cmd
}
