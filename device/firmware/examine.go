package firmware

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"qpy/device/firmware/delta"
	"qpy/device/model"
)

// ErrForeign refuses a package that is not in qpy's format, under Strict.
var ErrForeign = errors.New("the package is not in qpy's format; make one with `qpy fota pack`, or leave --strict out")

// MismatchError says that a whole package is not meant for what is here.
type MismatchError struct {
	What      string // "model", "firmware version", "target version", "older version", "image" or "kind"
	Want, Got string // what the package wants, what is here
}

func (e *MismatchError) Error() string {
	switch e.What {
	case "kind":
		return fmt.Sprintf("the package is a %s, here a %s is needed; a mini-FOTA upgrade takes stage 1 as url1 and stage 2 as url2", e.Want, e.Got)
	case "target version":
		return fmt.Sprintf("the package of stage 2 upgrades to %s, that of stage 1 to %s", e.Want, e.Got)
	case "older version":
		return fmt.Sprintf("the package would go back to version %s, %s runs; `qpy fota pack --allow-older` makes one that may", e.Want, e.Got)
	case "image":
		return fmt.Sprintf("the differential package is made for the image with SHA-256 %.12s…, %.12s… runs", e.Want, e.Got)
	}
	return fmt.Sprintf("the package is for %s %s, this is %s", e.What, e.Want, e.Got)
}

// target is the device that packages are for.
type target struct {
	model   *model.Model
	version string
	image   installed // that runs; zero is not known
	slot    int64     // bytes that an image may have
	policy  Policy
}

// plan is what an upgrade whose packages were checked will do.
type plan struct {
	to      string // firmware version afterwards
	foreign bool   // a package could be checked for its length alone
	stages  []Info
}

// examine checks the packages in a slot, every bit of them, and that they are
// meant for this device. What it costs is bounded by the packages' own size.
func (t target) examine(s packages) (plan, error) {
	p := plan{}
	left := t.slot
	for i, r := range s {
		stage := i + 1
		info, err := Inspect(io.NewSectionReader(r, 0, r.Size()), r.Size())
		if err != nil {
			return p, err
		}
		p.stages = append(p.stages, info)
		size := info.Size
		if info.Foreign {
			if err := t.foreign(); err != nil {
				return p, err
			}
			p.foreign = true
		} else {
			if err := t.meant(info, stage, len(s), &p); err != nil {
				return p, err
			}
			size = info.PayloadSize
		}
		if !info.Foreign && info.Flags&Delta != 0 {
			if size, err = t.differential(s, stage, info, left); err != nil {
				return p, err
			}
		}
		if left -= size; left < 0 {
			return p, &TooLargeError{Size: -1, Limit: t.slot}
		}
	}
	if p.to == "" {
		p.to = NextVersion(t.version) // a foreign package does not tell
	}
	return p, nil
}

func (t target) foreign() error {
	switch {
	case t.policy.PublicKey != nil:
		return ErrUnsigned
	case t.policy.Strict:
		return ErrForeign
	}
	return nil
}

// meant checks what a package says of itself.
func (t target) meant(info Info, stage, stages int, p *plan) error {
	kind := Flags(0)
	if stages > 1 {
		kind = Flags(stage) // Stage1, Stage2
	}
	key := t.policy.PublicKey
	switch {
	case key != nil && info.Signer == nil:
		return ErrUnsigned
	case key != nil && !bytes.Equal(info.Signer, key):
		return &SignatureError{"somebody else has signed it: key " + Fingerprint(info.Signer) + ", this device trusts " + Fingerprint(key)}
	case info.Model != t.model.Name:
		return &MismatchError{"model", info.Model, t.model.Name}
	case info.From != "" && info.From != t.version:
		return &MismatchError{"firmware version", info.From, t.version}
	case info.Flags&stageFlags != kind:
		return &MismatchError{"kind", (info.Flags & stageFlags).String(), kind.String()}
	case p.to != "" && p.to != info.To:
		return &MismatchError{"target version", info.To, p.to}
	case older(info.To, t.version) && info.Flags&AllowOlder == 0:
		return &MismatchError{"older version", info.To, t.version}
	}
	p.to = info.To
	return nil
}

// differential checks a differential payload without applying it, and gives the
// size of what it makes.
func (t target) differential(s packages, stage int, info Info, limit int64) (int64, error) {
	h, err := delta.Check(s.payload(stage, info), limit)
	if err != nil {
		return 0, err
	}
	base := hex.EncodeToString(h.BaseDigest[:])
	if t.image != (installed{}) && (base != t.image.Digest || h.BaseSize != t.image.Size) {
		return 0, &MismatchError{"image", base, t.image.Digest}
	}
	return h.Size, nil
}

// older tells whether version a comes before b: number by number, where both
// are built alike; versions that are not cannot be compared.
func older(a, b string) bool {
	for a != "" && b != "" {
		wordA, restA := cutWord(a)
		wordB, restB := cutWord(b)
		if wordA != wordB {
			return false
		}
		var numA, numB string
		numA, a = cutNumber(restA)
		numB, b = cutNumber(restB)
		if len(numA) != len(numB) {
			return len(numA) < len(numB)
		}
		if numA != numB {
			return numA < numB
		}
	}
	return a == "" && b != ""
}

// cutWord cuts what comes before the first digit.
func cutWord(s string) (word, rest string) {
	i := 0
	for i < len(s) && (s[i] < '0' || s[i] > '9') {
		i++
	}
	return s[:i], s[i:]
}

// cutNumber cuts the digits at the beginning, without leading zeros.
func cutNumber(s string) (number, rest string) {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	number = s[:i]
	for len(number) > 0 && number[0] == '0' {
		number = number[1:]
	}
	return number, s[i:]
}
