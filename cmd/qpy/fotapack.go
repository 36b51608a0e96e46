package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"qpy/device/firmware"
	"qpy/device/firmware/delta"
	"qpy/device/model"
)

// packing is one `qpy fota pack`.
type packing struct {
	header     firmware.Header
	output     string
	stage      int
	base       string
	key        string
	allowOlder bool
}

func packCommand() *cobra.Command {
	var p packing
	cmd := &cobra.Command{
		Use:   "pack [flags] IMAGE",
		Short: "Make an upgrade package from the new firmware image",
		Long: `Make an upgrade package from the new firmware image. With --base, the image that
runs, it is a differential package. With --sign it is signed. The stages of a mini
FOTA upgrade are two packages, whose images are the two parts of the new image.`,
		Example: "  qpy fota pack --model EC600N --from V0001 --to V0002 -o fota.bin image.bin\n" +
			"  qpy fota pack --base old.bin --sign key --to V0002 -o dfota.bin new.bin",
		Args: oneFile("fota pack", "PAYLOAD"),
		RunE: func(cmd *cobra.Command, args []string) error { return p.run(cmd, args[0]) },
	}
	flags := cmd.Flags()
	flags.StringVar(&p.header.Model, "model", model.Generic, "model that the package is for")
	flags.StringVar(&p.header.From, "from", "", "firmware version that it upgrades (default: any)")
	flags.StringVar(&p.header.To, "to", "", "firmware version after the upgrade")
	flags.IntVar(&p.stage, "stage", 0, "stage of a mini FOTA upgrade: 1 or 2")
	flags.StringVarP(&p.output, "output", "o", "", "file to write")
	flags.StringVar(&p.base, "base", "", "`IMAGE` that runs: make a differential package against it")
	flags.StringVar(&p.key, "sign", "", "sign with the private key in `FILE`; see `qpy fota keygen`")
	flags.BoolVar(&p.allowOlder, "allow-older", false, "a device with a newer version takes it too")
	return cmd
}

func (p *packing) run(cmd *cobra.Command, image string) error {
	h := &p.header
	m, err := model.Lookup(h.Model)
	if err != nil {
		return usage("fota pack: --model: %w", err)
	}
	h.Model = m.Name
	switch p.stage {
	case 0:
	case 1:
		h.Flags = firmware.Stage1
	case 2:
		h.Flags = firmware.Stage2
	default:
		return usage("fota pack: --stage %d: a mini FOTA upgrade has the stages 1 and 2", p.stage)
	}
	if p.allowOlder {
		h.Flags |= firmware.AllowOlder
	}
	if p.output == "" || h.To == "" {
		return usage("fota pack: give the version after the upgrade with --to and the file to write with -o")
	}
	var key ed25519.PrivateKey
	if p.key != "" {
		var err error
		if key, err = firmware.ReadPrivateKey(p.key); err != nil {
			return usage("fota pack: --sign %s: %w", p.key, err)
		}
	}
	f, size, err := openFile("fota pack", "payload file", image)
	if err != nil {
		return err
	}
	defer f.Close()
	for _, input := range []string{image, p.base, p.key} {
		if same(p.output, input) {
			return usage("fota pack: -o %s is a folder or the payload itself: name another file", p.output)
		}
	}
	payload := io.Reader(f)
	h.PayloadSize = size
	if p.base != "" {
		patch, err := p.diff(cmd.ErrOrStderr(), image)
		if err != nil {
			return err
		}
		payload, h.PayloadSize = bytes.NewReader(patch), int64(len(patch))
		h.Flags |= firmware.Delta
	}
	bar := newProgress(cmd.ErrOrStderr(), "packing", h.PayloadSize)
	defer bar.end()
	err = writeFile(p.output, 0o644, func(w io.Writer) error {
		if key != nil {
			h.Flags |= firmware.Signed
			return firmware.PackSigned(w, *h, bar.reader(payload), key)
		}
		return firmware.Pack(w, *h, bar.reader(payload))
	})
	if err != nil {
		return failed(fmt.Errorf("fota pack: %w", err))
	}
	bar.end()
	kind := ""
	if h.Flags != 0 {
		kind = ": " + h.Flags.String()
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s: %d bytes for %s, %s -> %s%s\n", p.output, h.Size(), h.Model, orAny(h.From), h.To, kind)
	return nil
}

// diff makes the differential payload.
func (p *packing) diff(errOut io.Writer, image string) ([]byte, error) {
	base, err := readImage("fota pack", p.base)
	if err != nil {
		return nil, err
	}
	target, err := readImage("fota pack", image)
	if err != nil {
		return nil, err
	}
	if len(base) == 0 || len(target) == 0 {
		return nil, usage("fota pack: a differential package needs two images that are not empty")
	}
	bar := newProgress(errOut, "comparing", int64(len(target)))
	defer bar.end()
	return delta.Diff(base, target, bar.set), nil
}

// same tells whether out is a folder, or the file input.
func same(out, input string) bool {
	there, err := os.Stat(out)
	if err != nil {
		return false
	}
	info, err := os.Stat(input)
	return there.IsDir() || err == nil && os.SameFile(info, there)
}

func keygenCommand() *cobra.Command {
	var output string
	cmd := &cobra.Command{
		Use:   "keygen -o KEY",
		Short: "Make a pair of keys for signed packages: KEY and KEY.pub",
		Long: `Make a pair of Ed25519 keys: KEY signs packages (qpy fota pack --sign KEY), and is
yours alone; KEY.pub is what a device is given. Both are PEM files, as openssl
writes them.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if output == "" {
				return usage("fota keygen: name the file for the private key with -o")
			}
			for _, name := range []string{output, output + ".pub"} {
				if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
					return usage("fota keygen: %s is there already: a key is not overwritten", name)
				}
			}
			public, private, err := ed25519.GenerateKey(rand.Reader)
			if err != nil {
				return failed(err)
			}
			privatePEM, err := firmware.MarshalPrivateKey(private)
			if err != nil {
				return failed(err)
			}
			publicPEM, err := firmware.MarshalPublicKey(public)
			if err != nil {
				return failed(err)
			}
			for _, file := range []struct {
				name string
				perm os.FileMode
				text []byte
			}{{output, 0o600, privatePEM}, {output + ".pub", 0o644, publicPEM}} {
				err := writeFile(file.name, file.perm, func(w io.Writer) error { _, err := w.Write(file.text); return err })
				if err != nil {
					return failed(fmt.Errorf("fota keygen: %w", err))
				}
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s and %s.pub: key %s\n", output, output, firmware.Fingerprint(public))
			return nil
		},
	}
	cmd.Flags().StringVarP(&output, "output", "o", "", "file for the private key")
	return cmd
}

func imageCommand() *cobra.Command {
	var modelName, version, output, dir string
	cmd := &cobra.Command{
		Use:   "image -o FILE [flags]",
		Short: "Write the firmware image of a device, to make differential packages from",
		Long: `Write the firmware image that runs on a device: with --flash the one in a flash
folder, otherwise that of a new device of a model and version.`,
		Example: "  qpy fota image --flash ./flash -o old.bin\n  qpy fota image --model EC600N -o factory.bin",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if output == "" {
				return usage("fota image: name the file to write with -o")
			}
			var image io.Reader
			var what string
			if dir != "" {
				if cmd.Flags().Changed("model") || cmd.Flags().Changed("version") {
					return usage("fota image: a flash folder has a model and a version of its own: leave --model and --version out")
				}
				f, err := openFlash("fota image", dir, "")
				if err != nil {
					return err
				}
				defer f.Close()
				data, err := f.image()
				if err != nil {
					return failed(fmt.Errorf("fota image: %w", err))
				}
				image, what = bytes.NewReader(data), f.model.Name+" "+f.version
			} else {
				m, err := model.Lookup(modelName)
				if err != nil {
					return usage("fota image: --model: %w", err)
				}
				if version == "" {
					version = m.Identity.QpyVer
				}
				image, what = firmware.Image(m, version, firmware.FactorySize), m.Name+" "+version
			}
			var size int64
			err := writeFile(output, 0o644, func(w io.Writer) (err error) { size, err = io.Copy(w, image); return err })
			if err != nil {
				return failed(fmt.Errorf("fota image: %w", err))
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s: %d bytes, the image of %s\n", output, size, what)
			return nil
		},
	}
	cmd.Flags().StringVar(&modelName, "model", model.Generic, "model of the device")
	cmd.Flags().StringVar(&version, "version", "", "firmware version (default: the factory's)")
	cmd.Flags().StringVarP(&output, "output", "o", "", "file to write")
	cmd.Flags().StringVar(&dir, "flash", "", "flash folder `DIR` of a device")
	return cmd
}

// writeFile writes a file whole or not at all: what was there before stays
// until the new content is complete.
func writeFile(path string, perm os.FileMode, write func(io.Writer) error) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".qpy-*")
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", path, errors.Unwrap(err))
	}
	defer os.Remove(tmp.Name())
	err = write(tmp)
	if err == nil {
		err = tmp.Chmod(perm)
	}
	if err = errors.Join(err, tmp.Close()); err != nil {
		return errors.New(strings.ReplaceAll(err.Error(), tmp.Name(), path))
	}
	return os.Rename(tmp.Name(), path)
}
