package firmware

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"

	"qpy/device/firmware/delta"
	"qpy/device/model"
)

// Candidate is a device that a package could be for, as far as it is known.
type Candidate struct {
	Model   *model.Model
	Version string // that runs
	Image   []byte // that runs; nil when it is not at hand
	Policy  Policy
}

// Verdict is what would become of an upgrade.
type Verdict struct {
	To      string // version afterwards
	Foreign bool   // a package could be checked for its length alone
	Size    int64  // bytes of the new image; -1 when differential packages could not be applied
	Digest  string // SHA-256 of the new image in hex; "" as well
}

// Verify checks packages as the device would, one or the two stages of a
// mini-FOTA upgrade, and applies them to nothing. The error is why the device
// would refuse them, or roll them back.
func (c Candidate) Verify(files ...*io.SectionReader) (Verdict, error) {
	t := target{model: c.Model, version: c.Version, slot: c.Model.Flash.SlotSize, policy: c.Policy}
	if c.Image != nil {
		digest := sha256.Sum256(c.Image)
		t.image = installed{Size: int64(len(c.Image)), Digest: hex.EncodeToString(digest[:])}
	}
	limit := t.slot
	for _, f := range files {
		if f.Size() == 0 {
			return Verdict{}, ErrEmpty
		}
		if f.Size() > limit {
			return Verdict{}, &TooLargeError{Size: f.Size(), Limit: limit}
		}
		limit -= f.Size()
	}
	s := packages(files)
	p, err := t.examine(s)
	if err != nil {
		return Verdict{}, err
	}
	v := Verdict{To: p.to, Foreign: p.foreign, Size: -1}
	hash := sha256.New()
	var made counter
	for i, info := range p.stages {
		out := io.MultiWriter(hash, &made)
		switch {
		case info.Foreign || info.Flags&Delta == 0:
			err = copyAll(out, s.payload(i+1, info))
		case c.Image == nil:
			return v, nil
		default:
			_, err = delta.Apply(out, bytes.NewReader(c.Image), s.payload(i+1, info), t.slot)
		}
		if err != nil {
			return v, err
		}
	}
	v.Size, v.Digest = int64(made), hex.EncodeToString(hash.Sum(nil))
	return v, nil
}

// counter counts what is written.
type counter int64

func (c *counter) Write(p []byte) (int, error) { *c += counter(len(p)); return len(p), nil }
