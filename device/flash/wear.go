package flash

import (
	"bytes"
	"encoding/json"
	"io"
	"path"
	"time"

	"qpy/device/flash/chip"
	"qpy/device/flash/rootfs"
)

// wearName is the file of a flash folder with the wear of its blocks.
const wearName = "wear"

// wearEvery is after how many operations the wear is written down meanwhile: a
// qpy that is killed forgets fewer.
const wearEvery = 4096

// maxWear is more than any wear file has.
const maxWear = 16 << 20

// wearFile is the wear of every chip by name.
type wearFile map[string]chipWear

type chipWear struct {
	Next     int      `json:"next,omitempty"` // where the search for a free block goes on
	Programs []uint32 `json:"programs"`       // by block, without the zeros at the end
	Erases   []uint32 `json:"erases"`
}

// loadWear reads the wear. It is no part of what the device holds: without the
// file, or with a damaged one, the counts begin at 0.
func loadWear(root *rootfs.Fs) wearFile {
	f, err := root.Open(path.Join(systemDir, wearName))
	if err != nil {
		return nil
	}
	defer f.Close()
	var w wearFile
	text, err := io.ReadAll(io.LimitReader(f, maxWear))
	if err != nil || json.Unmarshal(text, &w) != nil {
		return nil
	}
	return w
}

// apply gives the chips the wear they have.
func (w wearFile) apply(chips map[string]*chip.Chip) {
	for name, c := range chips {
		counts := w[name]
		for block := range c.Blocks() {
			var have chip.Wear
			if block < len(counts.Programs) {
				have.Programs = counts.Programs[block]
			}
			if block < len(counts.Erases) {
				have.Erases = counts.Erases[block]
			}
			if have != (chip.Wear{}) {
				c.SetWear(block, have)
			}
		}
	}
}

func saveWear(root *rootfs.Fs, f *Flash) error {
	w := wearFile{}
	for name, c := range f.memory.chips {
		var counts chipWear
		for block := range c.Blocks() {
			have := c.Wear(block)
			if have != (chip.Wear{}) {
				counts.Programs = append(counts.Programs, make([]uint32, block+1-len(counts.Programs))...)
				counts.Erases = append(counts.Erases, make([]uint32, block+1-len(counts.Erases))...)
				counts.Programs[block], counts.Erases[block] = have.Programs, have.Erases
			}
		}
		w[name] = counts
	}
	for _, p := range append(f.partitions, f.system) {
		counts := w[p.Name]
		counts.Next = p.next
		w[p.Name] = counts
	}
	text, err := json.Marshal(w)
	if err != nil {
		return err
	}
	m := &mirror{root: root, folder: systemDir}
	return m.write(wearName, bytes.NewReader(text), time.Now())
}

// Wear is what the blocks of a partition or region have borne, by block.
type Wear struct {
	Name      string
	BlockSize int
	Blocks    []chip.Wear
}

// Wear lists the wear of the partitions in order, then of the record store, then
// of the regions that Options named.
func (f *Flash) Wear() []Wear {
	var all []Wear
	add := func(name string, c *chip.Chip) {
		w := Wear{Name: name, BlockSize: c.BlockSize()}
		for block := range c.Blocks() {
			w.Blocks = append(w.Blocks, c.Wear(block))
		}
		all = append(all, w)
	}
	for _, p := range append(f.partitions, f.system) {
		add(p.Name, p.chip)
	}
	for _, name := range f.regionNames {
		add(name, f.regions[name].chip)
	}
	return all
}
