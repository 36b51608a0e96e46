package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"qpy/device/firmware"
	"qpy/device/firmware/delta"
	"qpy/device/model"
)

func fotaCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "fota",
		Short: "Make, inspect and check upgrade packages",
		Long:  "Make, inspect and check upgrade packages. docs/package-format.md tells what is in one.",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return usage("fota: there is `qpy fota pack` and `qpy fota inspect`, verify, keygen and image")
		},
	}
	cmd.AddCommand(packCommand(), inspectCommand(), verifyCommand(), keygenCommand(), imageCommand())
	return cmd
}

func inspectCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "inspect PACKAGE",
		Short: "Check an upgrade package and tell what is in it",
		Args:  oneFile("fota inspect", "PACKAGE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			f, size, err := openFile("fota inspect", "package", args[0])
			if err != nil {
				return err
			}
			defer f.Close()
			bar := newProgress(cmd.ErrOrStderr(), "checking", size)
			info, err := firmware.Inspect(bar.reader(f), firmware.MaxSize)
			bar.end()
			if err != nil {
				return failed(fmt.Errorf("fota inspect: %s: %w", args[0], err))
			}
			out := cmd.OutOrStdout()
			if info.Foreign {
				fmt.Fprintf(out, "%s: not in qpy's format: %d bytes, SHA-256 %s\n", args[0], info.Size, info.Digest)
				return nil
			}
			rows := [][2]string{
				{"model", info.Model}, {"from", orAny(info.From)}, {"to", info.To}, {"kind", info.Flags.String()},
				{"payload", fmt.Sprintf("%d bytes", info.PayloadSize)}, {"file", fmt.Sprintf("%d bytes", info.Size)},
				{"SHA-256", info.Digest + " (checked)"},
			}
			if info.Signer != nil {
				rows = append(rows, [2]string{"signer", "key " + firmware.Fingerprint(info.Signer) + " (checked)"})
			}
			if info.Flags&firmware.Delta != 0 {
				h, err := delta.Check(io.NewSectionReader(f, firmware.HeaderSize, info.PayloadSize), firmware.MaxPayload)
				if err != nil {
					return failed(fmt.Errorf("fota inspect: %s: %w", args[0], err))
				}
				rows = append(rows,
					[2]string{"base", fmt.Sprintf("%d bytes, SHA-256 %x", h.BaseSize, h.BaseDigest)},
					[2]string{"image", fmt.Sprintf("%d bytes, SHA-256 %x", h.Size, h.Digest)})
			}
			for _, row := range rows {
				fmt.Fprintf(out, "%-8s %s\n", row[0], row[1])
			}
			return nil
		},
	}
}

func verifyCommand() *cobra.Command {
	var modelName, version, base, pubkey string
	var strict bool
	cmd := &cobra.Command{
		Use:   "verify [flags] PACKAGE [PACKAGE2]",
		Short: "Tell whether a device would take an upgrade, and why not",
		Long: `Tell whether a device would take an upgrade: one package, or the two stages of
a mini FOTA upgrade. Everything is checked that the device checks; with --base,
the image that runs, a differential package is applied as well.`,
		Example: "  qpy fota verify --model EC600N --version V0001 --pubkey key.pub fota.bin",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) < 1 || len(args) > 2 {
				return usage("fota verify: give one package, or the two stages of a mini FOTA upgrade")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			m, err := model.Lookup(modelName)
			if err != nil {
				return usage("fota verify: --model: %w", err)
			}
			c := firmware.Candidate{Model: m, Version: version, Policy: firmware.Policy{Strict: strict}}
			if c.Version == "" {
				c.Version = m.Identity.QpyVer
			}
			if pubkey != "" {
				if c.Policy.PublicKey, err = firmware.ReadPublicKey(pubkey); err != nil {
					return usage("fota verify: --pubkey %s: %w", pubkey, err)
				}
			}
			if base != "" {
				if c.Image, err = readImage("fota verify", base); err != nil {
					return err
				}
			}
			var files []*io.SectionReader
			for _, name := range args {
				f, size, err := openFile("fota verify", "package", name)
				if err != nil {
					return err
				}
				defer f.Close()
				files = append(files, io.NewSectionReader(f, 0, size))
			}
			v, err := c.Verify(files...)
			if err != nil {
				return failed(fmt.Errorf("fota verify: %s %s refuses it: %w", m.Name, c.Version, err))
			}
			out := cmd.OutOrStdout()
			fmt.Fprintf(out, "%s takes it: %s -> %s", m.Name, c.Version, v.To)
			if v.Foreign {
				fmt.Fprint(out, " (not in qpy's format: only its length was checked, and the version is a guess)")
			}
			if v.Size >= 0 {
				fmt.Fprintf(out, ", image of %d bytes, SHA-256 %s\n", v.Size, v.Digest)
			} else {
				fmt.Fprintln(out, "; give the image that runs with --base to apply it")
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&modelName, "model", model.Generic, "model of the device")
	cmd.Flags().StringVar(&version, "version", "", "firmware version that runs (default: the factory's)")
	cmd.Flags().StringVar(&base, "base", "", "`IMAGE` that runs, for differential packages")
	cmd.Flags().StringVar(&pubkey, "pubkey", "", "the device takes only packages signed by the owner of this public key `FILE`")
	cmd.Flags().BoolVar(&strict, "strict", false, "the device refuses packages of an unknown format")
	return cmd
}

// openFile opens a file that a command reads.
func openFile(command, what, name string) (*os.File, int64, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, 0, usage("%s: %w", command, err)
	}
	info, err := f.Stat()
	switch {
	case err != nil:
		err = failed(err)
	case info.IsDir():
		err = usage("%s: %s is a folder, not a %s", command, name, what)
	case !info.Mode().IsRegular():
		err = usage("%s: %s is not a plain file", command, name)
	default:
		return f, info.Size(), nil
	}
	f.Close()
	return nil, 0, err
}

// maxImage is the largest image that fota pack compares with another one, in
// bytes: both are in memory.
const maxImage = 256 << 20

func readImage(command, name string) ([]byte, error) {
	f, size, err := openFile(command, "image", name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if size > maxImage {
		return nil, usage("%s: %s has %d bytes: an image of a differential package has at most %d", command, name, size, maxImage)
	}
	data := make([]byte, size)
	if _, err := io.ReadFull(f, data); err != nil {
		return nil, failed(fmt.Errorf("%s: read %s: %w", command, name, err))
	}
	return data, nil
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
