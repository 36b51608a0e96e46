package firmware

import (
	"context"
	"net/url"
	"slices"
	"testing"

	"github.com/spf13/afero"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device/kernel"
	"qpy/device/model"
	"qpy/device/network"
	"qpy/device/power"
)

// bench is a device of the parts that an upgrade needs.
type bench struct {
	t      *testing.T
	m      *model.Model
	system afero.Fs
	sites  []network.Site // before the built-in one
	strict bool
	k      *kernel.Kernel
	s      *Service
	notes  []string
	calls  [][2]int // what the script's callback was told
}

func newBench(t *testing.T, name string) *bench {
	m, err := model.Lookup(name)
	require.NoError(t, err)
	return &bench{t: t, m: m, system: afero.NewMemMapFs()}
}

// run boots the device, runs script on it and gives how it ended.
func (b *bench) run(script func(*kernel.Task)) error {
	b.notes, b.calls = nil, nil
	note := func(text string) {
		assert.NotContains(b.t, text, "\n")
		b.notes = append(b.notes, text)
	}
	b.k = kernel.New(kernel.Options{})
	supply, err := power.New(b.k, b.system, b.m.Power.Battery, note)
	require.NoError(b.t, err)
	net := network.New(b.k, network.Options{Link: network.Link{Bandwidth: b.m.Link.Bandwidth, Latency: b.m.Link.Latency},
		Sites: append(slices.Clone(b.sites), SampleSite(b.m, b.version()))})
	b.s, err = New(Options{Kernel: b.k, Network: net, Power: supply, Model: b.m, System: b.system, Note: note, Strict: b.strict})
	require.NoError(b.t, err)
	return b.k.Run(context.Background(), script)
}

// version is that of the firmware in the flash.
func (b *bench) version() string {
	r, _, err := loadRecord(b.system, b.m)
	require.NoError(b.t, err)
	return r.Version
}

// callback is what modules/fota makes of a script's callback.
func (b *bench) callback(status, progress int) {
	assert.True(b.t, b.k.Schedule(func() { b.calls = append(b.calls, [2]int{status, progress}) }), "the callback queue is full")
}

func (b *bench) boot() Report {
	report, err := Boot(b.system, b.m, b.strict)
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
