package rtc_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device/flash"
	"qpy/device/nvram"
	"qpy/device/rtc"
)

func store(t *testing.T) nvram.Store {
	t.Helper()
	f, err := flash.Open(flash.Options{})
	require.NoError(t, err)
	return f.System()
}

// unwritable is a store that cannot be written any more.
type unwritable struct{ nvram.Store }

func (unwritable) WriteRecord(string, []byte) error { return errors.New("worn out") }

func TestZoneOutlivesTheRestart(t *testing.T) {
	system := store(t)
	now := time.Date(2024, 2, 28, 22, 0, 0, 0, time.UTC)
	utc := func() time.Time { return now }
	c, err := rtc.Open(system, utc)
	require.NoError(t, err)
	assert.Equal(t, 8, c.Zone())
	assert.Equal(t, time.Date(2024, 2, 29, 6, 0, 0, 0, time.UTC), c.Local())
	require.NoError(t, c.SetZone(-3))
	assert.Equal(t, time.Date(2024, 2, 28, 19, 0, 0, 0, time.UTC), c.Local())
	assert.Equal(t, now, c.UTC())

	c, err = rtc.Open(system, utc)
	require.NoError(t, err)
	assert.Equal(t, -3, c.Zone())
}

func TestDamagedAndUnwritableRecords(t *testing.T) {
	for _, text := range []string{"rubbish", `{"timeZoneHours": 13}`, `{"timeZoneHours": -13}`} {
		system := store(t)
		require.NoError(t, system.WriteRecord("clock.json", []byte(text)))
		_, err := rtc.Open(system, time.Now)
		assert.ErrorContains(t, err, "clock.json is damaged", text)
	}
	c, err := rtc.Open(unwritable{store(t)}, time.Now)
	require.NoError(t, err)
	assert.NoError(t, c.SetZone(rtc.DefaultZone), "nothing to write")
	assert.ErrorContains(t, c.SetZone(1), "clock.json")
	assert.Equal(t, 1, c.Zone())
}
