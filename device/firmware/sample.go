package firmware

import (
	"bytes"
	"fmt"
	"io"

	"qpy/device/firmware/delta"
	"qpy/device/model"
	"qpy/device/network"
)

// SamplePath is where a new flash holds a valid package, as the local
// example of Quectel's fota document expects.
const SamplePath = "/usr/FotaFile.bin"

// Sizes of the sample payloads. /fota.bin must still be downloading after the
// 40 s of device time at which the document's cancel example cancels: on a
// BG95's 127 kbit/s it takes about 49 s. The file must leave most of /usr free.
const (
	wholeSample = 768 << 10
	deltaSample = 256 << 10
	miniStage1  = 192 << 10
	miniStage2  = 448 << 10
	fileSample  = 200 << 10
)

// Sample makes a valid package for a device of a model that runs a version:
// it upgrades to NextVersion of it. The payload is size bytes of that version's
// Image, the first ones, or in stage 2 of a mini-FOTA upgrade those after
// stage 1. The error is that of a version which no package header can hold.
func Sample(m *model.Model, version string, flags Flags, size int64) ([]byte, error) {
	h := Header{Model: m.Name, From: version, To: NextVersion(version), Flags: flags, PayloadSize: size}
	skip := int64(0)
	if flags&Stage2 != 0 {
		skip = miniStage1
	}
	payload := Image(m, h.To, skip+size)
	if _, err := io.CopyN(io.Discard, payload, skip); err != nil {
		return nil, err
	}
	return samplePackage(h, payload)
}

// sampleDelta makes a valid differential package against the image that runs.
// Its new image is as large as it takes for a payload of size bytes.
func sampleDelta(m *model.Model, version string, base []byte, size int64) ([]byte, error) {
	h := Header{Model: m.Name, From: version, To: NextVersion(version), Flags: Delta, PayloadSize: size}
	var patch []byte
	for target := size; int64(len(patch)) != size && target > 0 && target <= m.Flash.SlotSize; target += size - int64(len(patch)) {
		image, err := io.ReadAll(Image(m, h.To, target))
		if err != nil {
			return nil, err
		}
		patch = delta.Diff(base, image, nil)
	}
	h.PayloadSize = int64(len(patch))
	return samplePackage(h, bytes.NewReader(patch))
}

func samplePackage(h Header, payload io.Reader) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(int(h.Size()))
	if err := Pack(&b, h, payload); err != nil {
		return nil, fmt.Errorf("sample package for %s %s: %w", h.Model, h.From, err)
	}
	return b.Bytes(), nil
}

// SampleFile makes the package that a new flash holds as SamplePath.
func SampleFile(m *model.Model, version string) ([]byte, error) {
	return Sample(m, version, 0, fileSample)
}

// NextVersion counts a version's last number up: V0001 becomes V0002, a
// version without a number at its end gets ".1". What would be longer than a
// version may be becomes V0001: every version has a next one.
func NextVersion(version string) string {
	if next := countUp(version); len(next) <= nameSize {
		return next
	}
	return "V0001"
}

func countUp(version string) string {
	digits := len(version)
	for digits > 0 && version[digits-1] >= '0' && version[digits-1] <= '9' {
		digits--
	}
	b := []byte(version)
	for i := len(b) - 1; i >= digits; i-- {
		if b[i] != '9' {
			b[i]++
			return string(b)
		}
		b[i] = '0'
	}
	if digits == len(b) {
		return version + ".1"
	}
	return version[:digits] + "1" + string(b[digits:]) // V99 becomes V100
}

// SampleSite is the built-in server: www.example.com with a valid package at
// each path that Quectel's fota document downloads from, made for a device of a
// model that runs a version. running gives the image that runs, which the
// differential package /dfota.bin needs.
func SampleSite(m *model.Model, version string, running func() ([]byte, error)) *network.Files {
	sample := func(flags Flags, size int64) func() ([]byte, error) {
		return func() ([]byte, error) { return Sample(m, version, flags, size) }
	}
	return &network.Files{Host: "www.example.com", Paths: map[string]func() ([]byte, error){
		"/fota.bin": sample(0, wholeSample),
		"/dfota.bin": func() ([]byte, error) {
			base, err := running()
			if err != nil {
				return nil, err
			}
			return sampleDelta(m, version, base, deltaSample)
		},
		"/fota1.bin": sample(Stage1, miniStage1),
		"/fota2.bin": sample(Stage2, miniStage2),
	}}
}

// Running reads the firmware image that runs.
func Running(st Storage, m *model.Model) ([]byte, error) {
	r, _, err := loadRecord(st, m)
	if err != nil {
		return nil, err
	}
	i := r.Images[r.Active]
	return io.ReadAll(io.NewSectionReader(st.Images[r.Active], 0, i.Size))
}
