package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"qpy/device"
	"qpy/device/firmware"
	"qpy/device/flash"
	"qpy/device/flash/chip"
	"qpy/device/model"
	"qpy/device/scenario"
)

func fsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "fs",
		Short: "Look at a flash folder: its files, space and wear",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return usage("fs: there is `qpy fs df DIR` and `qpy fs ls DIR [PATH]`")
		},
	}
	cmd.AddCommand(dfCommand(), lsCommand())
	return cmd
}

// flashFolder is a flash folder that is looked at; nothing in it is changed.
type flashFolder struct {
	*flash.Flash
	model    *model.Model
	geometry device.Flash
	version  string
}

// openFlash opens a flash folder with the geometry of its model, or with the one
// that a scenario file says.
func openFlash(command, dir, world string) (*flashFolder, error) {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, usage("%s: %s: no such folder", command, dir)
	case err != nil:
		return nil, usage("%s: %w", command, err)
	case !info.IsDir():
		return nil, usage("%s: %s is not a folder", command, dir)
	}
	if _, err := os.Stat(filepath.Join(dir, ".device")); err != nil {
		return nil, usage("%s: %s is not a flash folder: name one that `qpy run --flash DIR` has made", command, dir)
	}
	f := &flashFolder{}
	if world != "" {
		s, err := scenario.Load(world)
		if err != nil {
			return nil, usage("%s: --scenario %w", command, err)
		}
		f.geometry = s.Flash
	}
	// The record that names the model is where it is on every model.
	if f.model, err = model.Lookup(model.Generic); err != nil {
		return nil, err
	}
	if err := f.open(dir); err != nil {
		return nil, failed(fmt.Errorf("%s: %w", command, err))
	}
	name, version, err := firmware.Installed(f.System())
	if name != "" {
		if f.model, err = model.Lookup(name); err == nil {
			f.Close()
			err = f.open(dir)
		}
	}
	if err != nil {
		return nil, failed(fmt.Errorf("%s: %s: %w", command, dir, err))
	}
	f.version = version
	return f, nil
}

func (f *flashFolder) open(dir string) (err error) {
	f.Flash, err = flash.Open(flash.Options{Dir: dir, ReadOnly: true, Partitions: f.geometry.Partitions(f.model), Regions: firmware.Regions(f.model)})
	return err
}

// image is the firmware image that runs.
func (f *flashFolder) image() ([]byte, error) {
	return firmware.Running(firmware.StorageOn(f.Flash), f.model)
}

// scenarioGeometry is the help of --scenario.
const scenarioGeometry = "the partitions have the sizes that section [flash] of `FILE` says"

func dfCommand() *cobra.Command {
	var blocks bool
	var world string
	cmd := &cobra.Command{
		Use:   "df DIR",
		Short: "Show the space and the wear of a flash folder",
		Long: `Show the space and the wear of a flash folder: how many program and erase
operations the blocks of each part of the flash have borne. A program operation
writes up to 256 bytes.`,
		Args: oneFolder("fs df DIR"),
		RunE: func(cmd *cobra.Command, args []string) error {
			f, err := openFlash("fs df", args[0], world)
			if err != nil {
				return err
			}
			defer f.Close()
			out := cmd.OutOrStdout()
			if f.version != "" {
				fmt.Fprintf(out, "%s, firmware %s\n", f.model.Name, f.version)
			}
			table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
			fmt.Fprintln(table, "part\tblock size\tblocks\tused\tfree\tprograms\terases\tworst block\tits erases\t")
			for _, w := range f.Wear() {
				f.row(table, w)
			}
			if err := table.Flush(); err != nil {
				return failed(err)
			}
			if blocks {
				return eachBlock(out, f.Wear())
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&blocks, "blocks", false, "show every block that was used")
	cmd.Flags().StringVar(&world, "scenario", "", scenarioGeometry)
	return cmd
}

// row is one part of the flash: a partition, the records or a raw region.
func (f *flashFolder) row(out io.Writer, w flash.Wear) {
	var sum chip.Wear
	worst := 0
	for i, b := range w.Blocks {
		sum.Programs += b.Programs
		sum.Erases += b.Erases
		if b.Erases > w.Blocks[worst].Erases {
			worst = i
		}
	}
	used, free := "-", "-"
	if space, err := f.StatVFS("/" + w.Name); err == nil {
		used, free = fmt.Sprint(space.Blocks-space.Free), fmt.Sprint(space.Free)
	}
	fmt.Fprintf(out, "%s\t%d\t%d\t%s\t%s\t%d\t%d\t%d\t%d\t\n", w.Name, w.BlockSize, len(w.Blocks), used, free, sum.Programs, sum.Erases, worst, w.Blocks[worst].Erases)
}

// eachBlock lists the blocks that were programmed or erased.
func eachBlock(out io.Writer, parts []flash.Wear) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "\npart\tblock\tprograms\terases\t")
	for _, w := range parts {
		for i, b := range w.Blocks {
			if b != (chip.Wear{}) {
				fmt.Fprintf(table, "%s\t%d\t%d\t%d\t\n", w.Name, i, b.Programs, b.Erases)
			}
		}
	}
	if err := table.Flush(); err != nil {
		return failed(err)
	}
	return nil
}

func lsCommand() *cobra.Command {
	var recursive bool
	var world string
	cmd := &cobra.Command{
		Use:   "ls DIR [PATH]",
		Short: "List the files in a flash folder as the device sees them",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) < 1 || len(args) > 2 {
				return usage("fs ls: name a flash folder, and a path on the device if you like: qpy fs ls DIR [PATH]")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			f, err := openFlash("fs ls", args[0], world)
			if err != nil {
				return err
			}
			defer f.Close()
			path := "/"
			if len(args) > 1 {
				path = flash.Join("/", args[1])
			}
			table := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
			if err := f.list(table, path, recursive); err != nil {
				return failed(fmt.Errorf("fs ls: %w", err))
			}
			return table.Flush()
		},
	}
	cmd.Flags().StringVar(&world, "scenario", "", scenarioGeometry)
	cmd.Flags().BoolVarP(&recursive, "recursive", "R", false, "list folders in folders too")
	return cmd
}

// list shows a file, or what is in a folder: bytes, device time, path.
func (f *flashFolder) list(out io.Writer, path string, recursive bool) error {
	info, err := f.Stat(path)
	if err != nil {
		return err
	}
	show := func(path string, info flash.Info) {
		size, end := fmt.Sprint(info.Size), ""
		if info.Dir {
			size, end = "-", "/"
		}
		fmt.Fprintf(out, "%s\t%s\t%s%s\n", size, info.ModTime.Format("2006-01-02 15:04:05"), path, end)
	}
	if !info.Dir {
		show(path, info)
		return nil
	}
	infos, err := f.ReadDir(path)
	if err != nil {
		return err
	}
	for _, info := range infos {
		below := flash.Join(path, info.Name)
		show(below, info)
		if info.Dir && recursive {
			if err := f.list(out, below, true); err != nil {
				return err
			}
		}
	}
	return nil
}

func oneFolder(command string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != 1 {
			return usage("fs: name one flash folder: qpy %s", command)
		}
		return nil
	}
}
