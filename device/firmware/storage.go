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
	imageRegion   = "image" // and the slot's number
)

var imageRegions = [2]string{imageRegion + "0", imageRegion + "1"}

// Regions are the raw parts of the flash that a model's firmware needs.
func Regions(m *model.Model) []flash.Geometry {
	block := m.Flash.EraseBlock
	blocks := int((m.Flash.SlotSize + int64(block) - 1) / int64(block))
	return []flash.Geometry{
		{Name: packageRegion, BlockSize: block, Blocks: blocks + 1}, // each stage begins at a block
		{Name: imageRegions[0], BlockSize: block, Blocks: blocks},
		{Name: imageRegions[1], BlockSize: block, Blocks: blocks},
	}
}

// StorageOn is the storage in a flash that was opened with [Regions].
func StorageOn(f *flash.Flash) Storage {
	return Storage{
		Records: f.System(), Package: f.Region(packageRegion),
		Images: [2]Region{f.Region(imageRegions[0]), f.Region(imageRegions[1])},
	}
}

// packages are the packages in the upgrade slot, by stage: how many bytes each
// has. Each begins at an erase block.
type packages struct {
	region Region
	sizes  []int64
}

// start is where a stage's package begins.
func (p packages) start(stage int) int64 {
	at, block := int64(0), p.region.BlockSize()
	for _, size := range p.sizes[:stage-1] {
		at += (size + block - 1) / block * block
	}
	return at
}

func (p packages) open(stage int) *io.SectionReader {
	return io.NewSectionReader(p.region, p.start(stage), p.sizes[stage-1])
}

// payload is a stage's payload.
func (p packages) payload(stage int, info Info) *io.SectionReader {
	if info.Foreign {
		return p.open(stage)
	}
	return io.NewSectionReader(p.region, p.start(stage)+HeaderSize, info.PayloadSize)
}

// Policy is what a device demands of a package beyond the format.
type Policy struct {
	Strict    bool              // refuse packages that are not in qpy's format
	PublicKey ed25519.PublicKey // take only packages that this key's owner has signed; nil takes all
}
