package firmware

import (
	"crypto/ed25519"
	"io"

	"qpy/device/flash"
	"qpy/device/model"
	"qpy/device/nvram"
)

// Region is a raw part of the flash. It is written forwards: a block is erased
// when a write reaches its first byte.
type Region interface {
	io.ReaderAt
	io.WriterAt
	Size() int64      // bytes
	BlockSize() int64 // bytes of an erase block
}

// Storage is where a device keeps its firmware and an upgrade of it.
type Storage struct {
	Records nvram.Store
	Package Region    // the upgrade slot: packages as they came
	Images  [2]Region // the image slots: one runs, the other is what an upgrade makes
}

// The regions' names in the flash.
const (
	packageRegion = "package"
	image0Region  = "image0"
	image1Region  = "image1"
)

// RegionNames are the raw parts of every device's flash: the upgrade slot and
// the two image slots.
var RegionNames = [3]string{packageRegion, image0Region, image1Region}

// Regions are the raw parts of the flash that a model's firmware needs.
func Regions(m *model.Model) []flash.Geometry {
	block := m.Flash.EraseBlock
	blocks := int((m.Flash.SlotSize + int64(block) - 1) / int64(block))
	return []flash.Geometry{
		{Name: packageRegion, BlockSize: block, Blocks: blocks + 1}, // each stage begins at a block
		{Name: image0Region, BlockSize: block, Blocks: blocks},
		{Name: image1Region, BlockSize: block, Blocks: blocks},
	}
}

// StorageOn is the storage in a flash that was opened with [Regions].
func StorageOn(f *flash.Flash) Storage {
	return Storage{
		Records: f.System(), Package: f.Region(packageRegion),
		Images: [2]Region{f.Region(image0Region), f.Region(image1Region)},
	}
}

// packages are the packages of an upgrade, by stage.
type packages []*io.SectionReader

// stageAt is where the package of a stage begins in the upgrade slot, after
// those of the sizes: at an erase block.
func stageAt(region Region, sizes []int64) int64 {
	at, block := int64(0), region.BlockSize()
	for _, size := range sizes {
		at += (size + block - 1) / block * block
	}
	return at
}

// packagesIn are the packages of these sizes in the upgrade slot.
func packagesIn(region Region, sizes []int64) packages {
	var p packages
	for i, size := range sizes {
		p = append(p, io.NewSectionReader(region, stageAt(region, sizes[:i]), size))
	}
	return p
}

// payload is a stage's payload, of which info was found out; stages count from 1.
func (p packages) payload(stage int, info Info) *io.SectionReader {
	if info.Foreign {
		return io.NewSectionReader(p[stage-1], 0, info.Size)
	}
	return io.NewSectionReader(p[stage-1], HeaderSize, info.PayloadSize)
}

// Policy is what a device demands of a package beyond the format.
type Policy struct {
	Strict    bool              // refuse packages that are not in qpy's format
	PublicKey ed25519.PublicKey // take only packages that this key's owner has signed; nil takes all
}
