package firmware

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"hash/crc32"
	"net/url"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device/firmware/delta"
	"qpy/device/flash"
	"qpy/device/kernel"
	"qpy/device/model"
	"qpy/device/network"
	"qpy/device/power"
)

// bench is a device of the parts that an upgrade needs.
type bench struct {
	t      *testing.T
	m      *model.Model
	memory *flash.Memory
	flash  *flash.Flash
	st     Storage
	sites  []network.Site // before the built-in one
	policy Policy
	k      *kernel.Kernel
	s      *Service
	notes  []string
	calls  [][2]int // what the script's callback was told
}

func newBench(t *testing.T, name string) *bench {
	m, err := model.Lookup(name)
	require.NoError(t, err)
	b := &bench{t: t, m: m, memory: flash.NewMemory()}
	b.open()
	b.boot()
	return b
}

// open switches the flash on, as it is.
func (b *bench) open() {
	f, err := flash.Open(flash.Options{Memory: b.memory, Regions: Regions(b.m)})
	require.NoError(b.t, err)
	b.flash, b.st = f, StorageOn(f)
}

// run runs script on the device and gives how it ended.
func (b *bench) run(script func(*kernel.Task)) error {
	b.notes, b.calls = nil, nil
	note := func(text string) {
		assert.NotContains(b.t, text, "\n")
		b.notes = append(b.notes, text)
	}
	b.k = kernel.New(kernel.Options{})
	supply, err := power.New(b.k, b.st.Records, b.m.Power.Battery, note)
	require.NoError(b.t, err)
	net := network.New(b.k, network.Options{Link: network.Link{Bandwidth: b.m.Link.Bandwidth, Latency: b.m.Link.Latency},
		Sites: append(slices.Clone(b.sites), SampleSite(b.m, b.version(), func() ([]byte, error) { return Running(b.st, b.m) }))})
	b.s, err = New(Options{Kernel: b.k, Network: net, Power: supply, Model: b.m, Storage: b.st, Note: note, Policy: b.policy})
	require.NoError(b.t, err)
	return b.k.Run(context.Background(), script)
}

// version is that of the firmware in the flash.
func (b *bench) version() string {
	r, _, err := loadRecord(b.st, b.m)
	require.NoError(b.t, err)
	return r.Version
}

// callback is what modules/fota makes of a script's callback.
func (b *bench) callback(status, progress int) {
	assert.True(b.t, b.k.Schedule(func() { b.calls = append(b.calls, [2]int{status, progress}) }), "the callback queue is full")
}

func (b *bench) boot() Report {
	report, err := Boot(b.st, b.m, b.policy)
	require.NoError(b.t, err)
	return report
}

// keepsOldFirmware checks that the old firmware boots and no upgrade waits.
func (b *bench) keepsOldFirmware(msg string) {
	report := b.boot()
	assert.False(b.t, report.Applied, msg)
	assert.Equal(b.t, "V0001", b.version(), msg)
}

// serves adds a server for http://up.example/.
func (b *bench) serves(content []byte) {
	b.sites = []network.Site{&network.Files{Host: "up.example", Paths: map[string]func() ([]byte, error){
		"/f": func() ([]byte, error) { return content, nil },
	}}}
}

type siteFunc func(*url.URL) (*network.Response, error)

func (f siteFunc) Open(u *url.URL) (*network.Response, error) { return f(u) }

const sampleURL = "http://www.example.com/fota.bin"

var upgradeRestart = power.Restart{Cause: "the upgrade is downloaded"}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

type errReader struct{ err error }

func (e errReader) Read([]byte) (int, error) { return 0, e.err }

// cloneAs is a model of another name, so that one package fits two models.
func cloneAs(m *model.Model, name string) *model.Model {
	c := *m
	c.Name = name
	return &c
}

func (b *bench) writeLocal(p []byte, size int64, chunk int) int {
	for part := range slices.Chunk(p, chunk) {
		if b.s.Write(part, size) != OK {
			return Error
		}
	}
	return OK
}

// servesTwo adds a server with the packages of two stages.
func (b *bench) servesTwo(first, second []byte) {
	give := func(content []byte) func() ([]byte, error) { return func() ([]byte, error) { return content, nil } }
	b.sites = []network.Site{&network.Files{Host: "up.example", Paths: map[string]func() ([]byte, error){
		"/1": give(first), "/2": give(second),
	}}}
}

func digestOf(b []byte) []byte {
	digest := sha256.Sum256(b)
	return digest[:]
}

// forgedAnew makes the checksums of a changed package fit again.
func forgedAnew(p []byte) []byte {
	binary.LittleEndian.PutUint32(p[atHeadCRC:], crc32.ChecksumIEEE(p[:atHeadCRC]))
	end := len(p) - TrailerSize
	return append(p[:end], marshalTrailer(digestOf(p[:end]), int64(len(p)))...)
}

// bomb is a small differential payload that makes size bytes by copying.
func bomb(base []byte, size int64) []byte {
	patch := delta.Diff(base, []byte("x"), nil)[:delta.HeaderSize]
	binary.LittleEndian.PutUint64(patch[16:], uint64(size))
	for left := size; left > 0 && len(patch) < 100_000; {
		n := min(left, int64(len(base)))
		patch = binary.AppendUvarint(patch, uint64(n)<<1|1)
		patch = binary.AppendUvarint(patch, 0)
		left -= n
	}
	return patch
}
