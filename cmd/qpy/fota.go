package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"qpy/device/firmware"
	"qpy/device/model"
)

func fotaCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "fota",
		Short: "Make and inspect upgrade packages",
		Long:  "Make and inspect upgrade packages. docs/package-format.md tells what is in one.",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return usage("fota: there is `qpy fota pack` and `qpy fota inspect`")
		},
	}
	cmd.AddCommand(packCommand(), inspectCommand())
	return cmd
}

func packCommand() *cobra.Command {
	var header firmware.Header
	var output string
	var stage int
	cmd := &cobra.Command{
		Use:     "pack [flags] PAYLOAD",
		Short:   "Make an upgrade package from a payload file",
		Example: "  qpy fota pack --model EC600N --from V0001 --to V0002 -o fota.bin image.bin",
		Args:    oneFile("fota pack", "PAYLOAD"),
		RunE: func(cmd *cobra.Command, args []string) error {
			m, err := model.Lookup(header.Model)
			if err != nil {
				return usage("fota pack: --model: %w", err)
			}
			header.Model = m.Name
			switch stage {
			case 0:
			case 1:
				header.Flags = firmware.Stage1
			case 2:
				header.Flags = firmware.Stage2
			default:
				return usage("fota pack: --stage %d: a mini FOTA upgrade has the stages 1 and 2", stage)
			}
			if output == "" || header.To == "" {
				return usage("fota pack: give the version after the upgrade with --to and the file to write with -o")
			}
			payload, err := os.Open(args[0])
			if err != nil {
				return usage("fota pack: %w", err)
			}
			defer payload.Close()
			info, err := payload.Stat()
			if err != nil {
				return failed(err)
			}
			if info.IsDir() {
				return usage("fota pack: %s is a folder, not a payload file", args[0])
			}
			if there, err := os.Stat(output); err == nil && (there.IsDir() || os.SameFile(info, there)) {
				return usage("fota pack: -o %s is a folder or the payload itself: name another file", output)
			}
			header.PayloadSize = info.Size()
			if err := writeFile(output, func(w io.Writer) error { return firmware.Pack(w, header, payload) }); err != nil {
				return failed(fmt.Errorf("fota pack: %w", err))
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s: %d bytes for %s, %s -> %s\n", output, header.Size(), header.Model, orAny(header.From), header.To)
			return nil
		},
	}
	cmd.Flags().StringVar(&header.Model, "model", model.Generic, "model that the package is for")
	cmd.Flags().StringVar(&header.From, "from", "", "firmware version that it upgrades (default: any)")
	cmd.Flags().StringVar(&header.To, "to", "", "firmware version after the upgrade")
	cmd.Flags().IntVar(&stage, "stage", 0, "stage of a mini FOTA upgrade: 1 or 2")
	cmd.Flags().StringVarP(&output, "output", "o", "", "file to write")
	return cmd
}

func inspectCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "inspect PACKAGE",
		Short: "Check an upgrade package and tell what is in it",
		Args:  oneFile("fota inspect", "PACKAGE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			f, err := os.Open(args[0])
			if err != nil {
				return usage("fota inspect: %w", err)
			}
			defer f.Close()
			if info, err := f.Stat(); err == nil && info.IsDir() {
				return usage("fota inspect: %s is a folder, not a package", args[0])
			}
			info, err := firmware.Inspect(f, firmware.MaxSize)
			if err != nil {
				return failed(fmt.Errorf("fota inspect: %s: %w", args[0], err))
			}
			out := cmd.OutOrStdout()
			if info.Foreign {
				fmt.Fprintf(out, "%s: not in qpy's format: %d bytes, SHA-256 %s\n", args[0], info.Size, info.Digest)
				return nil
			}
			for _, row := range [][2]string{
				{"model", info.Model}, {"from", orAny(info.From)}, {"to", info.To}, {"kind", info.Flags.String()},
				{"payload", fmt.Sprintf("%d bytes", info.PayloadSize)}, {"file", fmt.Sprintf("%d bytes", info.Size)},
				{"SHA-256", info.Digest + " (checked)"},
			} {
				fmt.Fprintf(out, "%-8s %s\n", row[0], row[1])
			}
			return nil
		},
	}
}

func oneFile(command, what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != 1 {
			return usage("%s: give one file: qpy %s [flags] %s", command, command, what)
		}
		return nil
	}
}

func orAny(version string) string {
	if version == "" {
		return "any version"
	}
	return version
}

// writeFile writes a file whole or not at all: what was there before stays
// until the new content is complete.
func writeFile(path string, write func(io.Writer) error) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".qpy-*")
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", path, errors.Unwrap(err))
	}
	defer os.Remove(tmp.Name())
	if err := write(tmp); err != nil {
		tmp.Close()
		return err
	}
	if err := tmp.Chmod(0o644); err != nil {
		tmp.Close()
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}
