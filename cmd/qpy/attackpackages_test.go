package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"qpy/device/firmware"
	"qpy/device/firmware/delta"
	"qpy/device/model"
)

// takePackage writes a package to the upgrade slot, and downloads it, and
// restarts both times, whatever came of it.
const takePackage = `
import fota, uos
from misc import Power
if Power.powerOnReason() == 1:
    u = fota(reset_disable=1)
    size = uos.stat("/usr/p.bin")[6]
    with open("/usr/p.bin", "rb") as f:
        answers = set()
        while True:
            c = f.read(1024)
            if not c:
                break
            answers.add(u.write(c, size))
    print("write", sorted(answers), "flush", u.flush(), "verify", u.verify())
    print("download", u.httpDownload(url1="http://www.example.com/p.bin"))
    Power.powerRestart()
print("booted", uos.uname2().qpyver)
`

// refusedPackage is a package that the device does not take: the old firmware
// boots.
func refusedPackage(name string, data []byte) attack {
	return attack{name: "package: " + name, plant: func(t *testing.T, w *world) {
		put(t, w.flash, "usr/p.bin", string(data))
		put(t, w.site, "www.example.com/p.bin", string(data))
	}, script: takePackage, want: "download -1\nbooted V0001\n"}
}

// rolledBack is a package that the device takes for good, and rolls back.
func rolledBack(name string, data []byte) attack {
	a := refusedPackage(name, data)
	a.want = "download 0\nbooted V0001\n"
	return a
}

// taken is a package that is odd and no more: it becomes the firmware.
func taken(name, version string, data []byte) attack {
	a := refusedPackage(name, data)
	a.want = "download 0\nbooted " + version + "\n"
	return a
}

// forger makes packages that lie.
type forger struct {
	t    *testing.T
	base []byte // the image that runs
	slot int64
}

// pack is a package for the device with this payload.
func (f forger) pack(flags firmware.Flags, payload []byte) []byte {
	f.t.Helper()
	var b bytes.Buffer
	h := firmware.Header{Model: model.Generic, From: "V0001", To: "V0002", Flags: flags, PayloadSize: int64(len(payload))}
	require.NoError(f.t, firmware.Pack(&b, h, bytes.NewReader(payload)))
	return b.Bytes()
}

// forged is a package that change has changed, with checksums that fit.
func (f forger) forged(flags firmware.Flags, payload []byte, change func(p []byte)) []byte {
	p := f.pack(flags, payload)
	change(p)
	le := binary.LittleEndian
	le.PutUint32(p[124:], crc32.ChecksumIEEE(p[:124]))
	body, trailer := p[:len(p)-firmware.TrailerSize], p[len(p)-firmware.TrailerSize:]
	digest := sha256.Sum256(body)
	copy(trailer, digest[:])
	le.PutUint64(trailer[32:], uint64(len(p)))
	le.PutUint32(trailer[52:], crc32.ChecksumIEEE(trailer[:52]))
	return p
}

// patch is a differential payload: its header, with a size and a digest of what
// it makes, and these instructions.
func (f forger) patch(size uint64, instructions ...uint64) []byte {
	p := bytes.Clone(delta.Diff(f.base, []byte("x"), nil)[:delta.HeaderSize])
	binary.LittleEndian.PutUint64(p[16:], size)
	for _, n := range instructions {
		p = binary.AppendUvarint(p, n)
	}
	return p
}

// copies are instructions that make so many bytes of the whole old image.
func (f forger) copies(size uint64) (all []uint64) {
	for whole := uint64(len(f.base)); size > 0 && len(all) < 40_000; {
		n := min(size, whole)
		all = append(all, n<<1|1, 0)
		size -= n
	}
	return all
}

// packageAttacks are packages with giant headers, that blow up, or that carry
// what is no name.
func packageAttacks(t *testing.T) []attack {
	m, err := model.Lookup(model.Generic)
	require.NoError(t, err)
	base, err := io.ReadAll(firmware.Image(m, "V0001", firmware.FactorySize))
	require.NoError(t, err)
	f := forger{t, base, m.Flash.SlotSize}
	image := bytes.Repeat([]byte("image"), 1000)
	set64 := func(at int, n uint64) func([]byte) {
		return func(p []byte) { binary.LittleEndian.PutUint64(p[at:], n) }
	}
	text := func(at int, s string) func([]byte) {
		return func(p []byte) { copy(p[at:at+24], s+strings.Repeat("\x00", 24)) }
	}
	const d = firmware.Delta
	all := []attack{
		refusedPackage("giant payload", f.forged(0, image, set64(16, 1<<62))),
		refusedPackage("negative payload", f.forged(0, image, set64(16, 1<<63|5))),
		refusedPackage("payload of all ones", f.forged(0, image, set64(16, 1<<64-1))),
		refusedPackage("payload of 4 GiB", f.forged(0, image, set64(16, 1<<32))),
		refusedPackage("no payload", f.forged(0, image, set64(16, 0))),
		refusedPackage("giant header", f.forged(0, image, func(p []byte) { binary.LittleEndian.PutUint16(p[10:], 65535) })),
		refusedPackage("format of the future", f.forged(0, image, func(p []byte) { binary.LittleEndian.PutUint16(p[8:], 2) })),
		refusedPackage("all flags", f.forged(0, image, func(p []byte) { binary.LittleEndian.PutUint32(p[12:], 1<<32-1) })),
		refusedPackage("both stages", f.forged(0, image, func(p []byte) { p[12] = 3 })),
		refusedPackage("signed by nobody", f.forged(0, image, func(p []byte) { p[12] = 16 })),
		refusedPackage("reserved bytes", f.forged(0, image, func(p []byte) { p[100] = 1 })),
		refusedPackage("model with a path", f.forged(0, image, text(24, "../../../secret"))),
		refusedPackage("model with a newline", f.forged(0, image, text(24, "generic\nqpy: all is well"))),
		refusedPackage("version with a newline", f.forged(0, image, text(72, "V0002\nqpy: boot loader"))),
		refusedPackage("version with a NUL", f.forged(0, image, text(72, "V0\x0002"))),
		refusedPackage("version with an escape sequence", f.forged(0, image, text(72, "V\x1b[2J"))),
		refusedPackage("version of nothing", f.forged(0, image, text(72, ""))),
		refusedPackage("package in a package", f.forged(0, f.pack(0, image), func(p []byte) { copy(p[24:], "other") })),
		refusedPackage("only its two ends", append(f.pack(0, image)[:firmware.HeaderSize:firmware.HeaderSize], f.pack(0, image)[firmware.HeaderSize+len(image):]...)),
		refusedPackage("two of them", append(f.pack(0, image), f.pack(0, image)...)),
		refusedPackage("empty", nil),

		refusedPackage("bomb of one byte more than the slot", f.pack(d, f.patch(uint64(f.slot)+1, f.copies(uint64(f.slot)+1)...))),
		refusedPackage("bomb of 1 TiB", f.pack(d, f.patch(1<<40, f.copies(1<<40)...))),
		refusedPackage("bomb of exabytes", f.pack(d, f.patch(1<<63-1, f.copies(1<<63-1)...))),
		refusedPackage("bomb that hides its size", f.pack(d, f.patch(100, f.copies(1<<40)...))),
		refusedPackage("bomb of endless nothing", f.pack(d, f.patch(1<<20, make([]uint64, 50_000)...))),
		refusedPackage("copy beyond the image", f.pack(d, f.patch(100, 100<<1|1, uint64(len(base))-50))),
		refusedPackage("copy from the end of numbers", f.pack(d, f.patch(100, 100<<1|1, 1<<64-1))),
		refusedPackage("copy that wraps round", f.pack(d, f.patch(100, 1<<64-1, 1<<63))),
		refusedPackage("insert beyond the end", f.pack(d, f.patch(1<<20, 1<<20<<1))),
		refusedPackage("insert of exabytes", f.pack(d, f.patch(1<<62, 1<<63-2))),
		refusedPackage("number without an end", f.pack(d, append(f.patch(100), bytes.Repeat([]byte{0xff}, 1000)...))),
		refusedPackage("too little of it", f.pack(d, f.patch(100, 50<<1|1, 0))),
		refusedPackage("base of another size", f.pack(d, func() []byte { p := f.patch(100, 100<<1|1, 0); set64(8, 1<<40)(p); return p }())),
		refusedPackage("another base", f.pack(d, func() []byte { p := f.patch(100, 100<<1|1, 0); p[30] ^= 1; return p }())),
		refusedPackage("no patch at all", f.pack(d, image)),
		taken("version with a path", "../../../made", f.forged(0, image, text(72, "../../../made"))),
		taken("version without an end", strings.Repeat("V", 24), f.forged(0, image, text(72, strings.Repeat("V", 24)))),
		rolledBack("patch that makes something else", f.pack(d, f.patch(100, 100<<1|1, 0))),
	}
	return append(all,
		attack{name: "package: sizes that are none", script: `
import fota
n = 0
for size in (0, -1, -2**31, 2**31, 2**40, 2**62, 2**63 - 1):
    n += fota().write(b"x" * 100, size) == -1
try:
    fota().write(b"x", 2**64)
except OverflowError:
    n += 1
u = fota()
u.write(b"x" * 100, 150)
n += u.write(b"x" * 100, 150) == -1
n += u.flush() == -1
n += u.verify() == -1
print("refused", n)
`, want: "refused 11"},
		attack{name: "package: larger than the slot", script: `
import fota
u = fota()
print(u.write(b"x", ` + fmt.Sprint(f.slot+1) + `), u.flush(), u.verify())
`, want: "-1 -1 -1\n"},
		attack{name: "package: stages that do not fit", plant: func(t *testing.T, w *world) {
			put(t, w.site, "www.example.com/1.bin", string(f.pack(firmware.Stage2, image)))
			put(t, w.site, "www.example.com/2.bin", string(f.pack(firmware.Stage1, image)))
		}, script: "import fota\nprint(fota(reset_disable=1).httpDownload(url1='http://www.example.com/1.bin', url2='http://www.example.com/2.bin'))\n", want: "-1\n"},
		attack{name: "package: that the owner of the key has not signed", plant: func(t *testing.T, w *world) {
			for _, name := range []string{"owner", "other"} {
				require.Zero(t, command(t, "fota", "keygen", "-o", w.dir+"/given/"+name).code)
			}
			put(t, w.dir, "given/image", string(image))
			require.Zero(t, command(t, "fota", "pack", "--to", "V0002", "--sign", w.dir+"/given/other", "-o", w.site+"/www.example.com/p.bin", w.dir+"/given/image").code)
			put(t, w.flash, "usr/p.bin", string(f.pack(0, image)))
		}, flags: []string{"--pubkey", "{dir}/given/owner.pub"}, script: takePackage, want: "verify -1\ndownload -1\nbooted V0001\n"},
	)
}
