package main

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// attack is one attempt to read, write or reach something that a script was not
// given: a script, a package, a file of the flash or of a site.
type attack struct {
	name   string
	plant  func(t *testing.T, w *world) // what somebody has put into the folders that were given; may be nil
	flags  []string
	script string // {dir} is the folder of the world, {port} of the server that must not be reached
	want   string // on stdout or stderr: the attempt was made, and this came of it
	code   int
	links  bool // it needs links, which Windows grants to few
}

// TestAttacks runs them all. Whatever comes of one, nothing outside of the folders
// that the device was given is read, written, made or removed, and no server is
// reached that it may not reach.
func TestAttacks(t *testing.T) {
	var all []attack
	for _, some := range [][]attack{pathAttacks, nameAttacks, moduleAttacks, linkAttacks, networkAttacks, siteAttacks} {
		all = append(all, some...)
	}
	all = append(all, packageAttacks(t)...)
	names := map[string]bool{}
	for _, a := range all {
		require.False(t, names[a.name], "two are called %s", a.name)
		names[a.name] = true
		t.Run(a.name, func(t *testing.T) {
			if a.links && runtime.GOOS == "windows" {
				t.Skip("links need rights there")
			}
			newWorld(t).attacked(t, a)
		})
	}
	require.GreaterOrEqual(t, len(all), 100)
	t.Logf("%d attacks, nothing outside was read, written or reached", len(all))
}

// What the attacks do is what works on what a script may read, or they would
// show nothing.
func TestAttacksWorkOnWhatIsGiven(t *testing.T) {
	w := newWorld(t)
	put(t, w.flash, "usr/given.txt", "this may be read")
	put(t, w.site, "www.example.com/given.bin", "this may be reached")
	got := command(t, "run", "--fast", "--flash", w.flash, "--site", w.site, script(t, onPath(`"/usr/given.txt"`)+fetch("http://www.example.com/given.bin")))
	assert.Contains(t, got.out, "this may be read")
	assert.True(t, strings.HasSuffix(got.out, "\n0\n"), got.out)
	got = command(t, "run", "--fast", "--net", "host", "--allow-host", fmt.Sprint("127.0.0.1:", w.port), script(t, w.fill(fetch("http://127.0.0.1:{port}/"))))
	assert.Equal(t, "-1\n", got.out)
	assert.NotZero(t, w.reached.Load(), "a server that may be reached is")
}

// world is a PC with a flash folder and a site that a device is given, a secret
// beside them, and a server that nobody allows the device to reach.
type world struct {
	dir, flash, site string
	port             int
	other            string // host and port of a server that may be reached
	reached          atomic.Int32
}

func newWorld(t *testing.T) *world {
	t.Helper()
	dir := t.TempDir()
	w := &world{dir: dir, flash: filepath.Join(dir, "given", "flash"), site: filepath.Join(dir, "given", "site")}
	put(t, dir, "secret.txt", secret)
	put(t, dir, "secret.py", "print('"+secret+"')\n")
	put(t, dir, "given/beside.txt", secret)
	put(t, dir, "folder/inner.txt", secret)
	put(t, w.site, "www.example.com/ok.bin", "x")
	require.Zero(t, command(t, "run", "--fast", "--flash", w.flash, script(t, "open('/usr/own.txt', 'w').close()\n")).code)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	w.port = listener.Addr().(*net.TCPAddr).Port
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			w.reached.Add(1)
			conn.Close()
		}
	}()
	t.Cleanup(func() { listener.Close(); <-finished })
	return w
}

// fill puts the world's places into a text.
func (w *world) fill(text string) string {
	return strings.NewReplacer("{dir}", filepath.ToSlash(w.dir), "{port}", fmt.Sprint(w.port), "{other}", w.other).Replace(text)
}

func (w *world) attacked(t *testing.T, a attack) {
	if a.plant != nil {
		a.plant(t, w)
	}
	before := w.outside(t)
	args := []string{"run", "--fast", "--boots", "2", "--flash", w.flash}
	if !slices.Contains(a.flags, "--site") {
		args = append(args, "--site", w.site)
	}
	for _, f := range a.flags {
		args = append(args, w.fill(f))
	}
	got := command(t, append(args, script(t, w.fill(a.script)))...)
	assert.Equal(t, a.code, got.code, "%s%s", got.out, got.err)
	assert.Contains(t, got.out+got.err, w.fill(a.want))
	assert.NotContains(t, got.out, secret)
	assert.NotContains(t, got.err, secret)
	assert.Equal(t, before, w.outside(t), "something outside has changed")
	assert.Zero(t, w.reached.Load(), "the server was reached")
}

// outside is what is in the world beside what the device was given: every name,
// its kind, its content.
func (w *world) outside(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(w.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if path == w.flash {
			return filepath.SkipDir
		}
		text := e.Type().String()
		switch {
		case e.Type().IsRegular():
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			text = fmt.Sprintf("%x", sha256.Sum256(data))
		case e.Type()&fs.ModeSymlink != 0:
			if text, err = os.Readlink(path); err != nil {
				return err
			}
		}
		all[path] = text
		return nil
	})
	require.NoError(t, err)
	return all
}

// link plants a link in the world, at a path below it.
func (w *world) link(t *testing.T, target, at string) {
	t.Helper()
	path := filepath.Join(w.dir, filepath.FromSlash(at))
	_ = os.RemoveAll(path)
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.Symlink(w.fill(target), path))
}

// planting plants links, targets and places in turn.
func planting(links ...string) func(*testing.T, *world) {
	return func(t *testing.T, w *world) {
		for i := 0; i < len(links); i += 2 {
			w.link(t, links[i], links[i+1])
		}
	}
}
