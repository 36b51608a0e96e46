package nvram_test

import (
	"strings"
	"testing"

	"github.com/spf13/afero"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device/nvram"
)

type item struct{ N int }

func TestRecordOutlivesItsWriter(t *testing.T) {
	system := afero.NewMemMapFs()
	got := item{7}
	found, err := nvram.Load(system, "item.json", &got)
	require.NoError(t, err)
	assert.False(t, found)
	assert.Equal(t, item{7}, got, "untouched")

	for n := range 3 {
		require.NoError(t, nvram.Save(system, "item.json", item{n}))
		found, err = nvram.Load(system, "item.json", &got)
		require.NoError(t, err)
		assert.True(t, found)
		assert.Equal(t, item{n}, got)
	}
	left, err := afero.ReadDir(system, "")
	require.NoError(t, err)
	assert.Len(t, left, 1, "no part file stays")
}

func TestDamagedRecordIsNamed(t *testing.T) {
	for _, text := range []string{"", "{", `{"N":"x"}`, strings.Repeat(" ", 1<<17) + `{"N":1}`} {
		system := afero.NewMemMapFs()
		require.NoError(t, afero.WriteFile(system, "item.json", []byte(text), 0o644))
		_, err := nvram.Load(system, "item.json", &item{})
		assert.ErrorContains(t, err, "item.json is damaged; delete it")
	}
}

func TestFailedSaveLeavesTheOldRecord(t *testing.T) {
	system := afero.NewMemMapFs()
	require.NoError(t, nvram.Save(system, "item.json", item{1}))
	assert.Error(t, nvram.Save(afero.NewReadOnlyFs(system), "item.json", item{2}))
	var got item
	_, err := nvram.Load(system, "item.json", &got)
	require.NoError(t, err)
	assert.Equal(t, item{1}, got)
}
