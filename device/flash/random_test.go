package flash

import (
	"bytes"
	"fmt"
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A long random history on both kinds of store agrees with a plain model, and
// the folder, opened again, counts what is there.
func TestRandomHistory(t *testing.T) {
	dir := t.TempDir()
	mem, err := Open(Options{})
	require.NoError(t, err)
	host, err := Open(Options{Dir: dir})
	require.NoError(t, err)
	model := map[string][]byte{}
	state := uint32(1)
	random := func(n int) int {
		state = state*1664525 + 1013904223
		return int(state>>8) % n
	}
	for range 600 {
		name := fmt.Sprintf("/usr/f%d", random(20))
		switch random(5) {
		case 0, 1:
			data := pattern(random(20000))
			require.NoError(t, mem.WriteFile(name, data))
			require.NoError(t, host.WriteFile(name, data))
			model[name] = data
		case 2:
			at, data := random(20000), pattern(random(3000)+1)
			for _, f := range []*Flash{mem, host} {
				h, err := f.OpenFile(name, Write|Create)
				require.NoError(t, err)
				_, err = h.Seek(int64(at), io.SeekStart)
				require.NoError(t, err)
				_, err = h.Write(data)
				require.NoError(t, err)
				require.NoError(t, h.Close())
			}
			old := model[name]
			fresh := make([]byte, max(len(old), at+len(data)))
			copy(fresh, old)
			copy(fresh[at:], data)
			model[name] = fresh
		case 3:
			to := fmt.Sprintf("/usr/f%d", random(20))
			errMem, errHost := mem.Rename(name, to), host.Rename(name, to)
			require.Equal(t, errMem, errHost)
			if data, ok := model[name]; ok {
				require.NoError(t, errMem)
				delete(model, name)
				model[to] = data
			}
		case 4:
			require.Equal(t, mem.Remove(name), host.Remove(name))
			delete(model, name)
		}
		names := 0
		for name := range model {
			names += entrySize(name[len("/usr/"):])
		}
		require.Less(t, names, 4000, "one pair")
		blocks := 4
		for _, data := range model {
			blocks += fileBlocks(int64(len(data)), 4096)
		}
		require.Equal(t, blocks, used(t, mem, "/usr"))
		require.Equal(t, blocks, used(t, host, "/usr"))
	}
	blocks := used(t, host, "/usr")
	require.NoError(t, host.Close())
	host, err = Open(Options{Dir: dir})
	require.NoError(t, err)
	defer host.Close()
	assert.Equal(t, blocks, used(t, host, "/usr"))
	require.NotEmpty(t, model)
	for _, f := range []*Flash{mem, host} {
		infos, err := f.ReadDir("/usr")
		require.NoError(t, err)
		assert.Len(t, infos, len(model))
		for name, want := range model {
			got, err := f.ReadFile(name)
			require.NoError(t, err)
			assert.True(t, bytes.Equal(want, got), name)
		}
	}
}
