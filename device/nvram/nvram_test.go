package nvram_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device/flash"
	"qpy/device/flash/chip"
	"qpy/device/nvram"
)

type item struct{ N int }

func open(t *testing.T) *flash.Flash {
	t.Helper()
	f, err := flash.Open(flash.Options{})
	require.NoError(t, err)
	return f
}

func TestRecordOutlivesItsWriter(t *testing.T) {
	store := open(t).System()
	got := item{7}
	found, err := nvram.Load(store, "item.json", &got)
	require.NoError(t, err)
	assert.False(t, found)
	assert.Equal(t, item{7}, got, "untouched")

	for n := range 3 {
		require.NoError(t, nvram.Save(store, "item.json", item{n}))
		found, err = nvram.Load(store, "item.json", &got)
		require.NoError(t, err)
		assert.True(t, found)
		assert.Equal(t, item{n}, got)
	}
}

func TestDamagedRecordIsNamed(t *testing.T) {
	for _, text := range []string{" ", "{", `{"N":"x"}`} {
		store := open(t).System()
		require.NoError(t, store.WriteRecord("item.json", []byte(text)))
		_, err := nvram.Load(store, "item.json", &item{})
		assert.ErrorContains(t, err, "item.json is damaged; delete it")
	}
	assert.Error(t, nvram.Save(open(t).System(), "item.json", func() {}), "a value that JSON cannot hold")
}

// The power fails at every operation of a Save: the record is the old or the
// new one, and before the first Save there is none or the first.
func TestSaveIsAtomic(t *testing.T) {
	for _, first := range []bool{true, false} {
		for n := int64(0); ; n++ {
			f := open(t)
			if !first {
				require.NoError(t, nvram.Save(f.System(), "item.json", item{1}))
			}
			f.CutAfter(n, chip.Torn(n%int64(chip.TornWays)))
			err := nvram.Save(f.System(), "item.json", item{2})
			if err == nil {
				break
			}
			f, err = flash.Open(flash.Options{Memory: f.Memory()})
			require.NoError(t, err)
			var got item
			found, err := nvram.Load(f.System(), "item.json", &got)
			require.NoError(t, err)
			if first && !found {
				continue
			}
			require.True(t, found)
			require.Contains(t, []int{map[bool]int{true: 2, false: 1}[first], 2}, got.N)
		}
	}
}
