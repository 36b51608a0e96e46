package delta

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
)

// What Diff looks for: windows of the old image, one every stride bytes, that
// come again somewhere in the new one.
const (
	window = 32
	stride = 8
)

// multiplier of the rolling hash, an odd number without a pattern.
const multiplier = 0x9e3779b97f4a7c15

// Diff makes the patch that turns base into target. It finds what was moved,
// not what was changed by a byte here and there inside a window. progress, if
// not nil, hears how many bytes of target are done.
func Diff(base, target []byte, progress func(done int)) []byte {
	d := differ{base: base, target: target, at: index(base)}
	d.out = Header{
		BaseSize: int64(len(base)), BaseDigest: sha256.Sum256(base),
		Size: int64(len(target)), Digest: sha256.Sum256(target),
	}.marshal()
	d.run(progress)
	return d.out
}

type differ struct {
	base, target, out []byte
	at                map[uint64]int32
	added             int // up to here target is in the patch
}

// index finds a place in base by the hash of the window there, the first of
// several.
func index(base []byte) map[uint64]int32 {
	at := make(map[uint64]int32, len(base)/stride)
	for i := 0; i+window <= len(base); i += stride {
		h := hash(base[i : i+window])
		if _, ok := at[h]; !ok {
			at[h] = int32(i)
		}
	}
	return at
}

func hash(b []byte) uint64 {
	var h uint64
	for _, c := range b[:window] {
		h = h*multiplier + uint64(c) + 1
	}
	return h
}

// leaving is what the first byte of a window has in its hash.
func leaving() uint64 {
	p := uint64(1)
	for range window {
		p *= multiplier
	}
	return p
}

func (d *differ) run(progress func(int)) {
	const report = 64 << 10
	next := report
	leaving := leaving()
	for i := 0; i+window <= len(d.target); {
		h := hash(d.target[i:])
		for {
			if progress != nil && i >= next {
				progress(i)
				next = i + report
			}
			if at, ok := d.at[h]; ok && bytes.Equal(d.base[at:at+window], d.target[i:i+window]) {
				i = d.match(int(at), i)
				break
			}
			if i+window >= len(d.target) {
				i++
				break
			}
			h = h*multiplier + uint64(d.target[i+window]) + 1 - (uint64(d.target[i])+1)*leaving
			i++
		}
	}
	d.add(len(d.target))
	if progress != nil {
		progress(len(d.target))
	}
}

// match extends a window that is in both images as far as it goes, backwards
// over what is not in the patch yet, and gives where it ends in target.
func (d *differ) match(from, at int) int {
	n := window
	for from > 0 && at > d.added && d.base[from-1] == d.target[at-1] {
		from, at, n = from-1, at-1, n+1
	}
	for from+n < len(d.base) && at+n < len(d.target) && d.base[from+n] == d.target[at+n] {
		n++
	}
	d.add(at)
	d.out = binary.AppendUvarint(d.out, uint64(n)<<kindBits|kindCopy)
	d.out = binary.AppendUvarint(d.out, uint64(from))
	d.added = at + n
	return d.added
}

// add puts the bytes of target up to end into the patch.
func (d *differ) add(end int) {
	if n := end - d.added; n > 0 {
		d.out = binary.AppendUvarint(d.out, uint64(n)<<kindBits|kindAdd)
		d.out = append(d.out, d.target[d.added:end]...)
		d.added = end
	}
}
