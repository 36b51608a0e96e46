package model_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device/model"
)

// documented lists every name that the table must have.
var documented = []string{
	"generic", "EC100Y", "EC600S", "EC600N", "EC600M", "EC600U", "EC600E", "EC600NCNLC", "EC600NCNLF",
	"EC800N", "EC800M", "EC800G", "EC800E", "EC200A", "EC200U", "EG810M", "EG912N", "EG912U", "EG915U", "BC25PA", "BG95",
}

func TestEveryDocumentedModelHasOneRow(t *testing.T) {
	assert.ElementsMatch(t, documented, model.Names())
}

// The lists are the notes of the fota document, name by name.
func TestTraitsAreTheDocumentsLists(t *testing.T) {
	ec600n := []string{"EC600N", "EC600NCNLC", "EC600NCNLF", "EC800N", "EG912N"}
	mini := append([]string{"EC600M", "EC800M", "EG810M"}, ec600n...)
	for name, c := range map[string]struct {
		has  func(*model.Model) bool
		want []string
	}{
		"reset_disable ignored": {func(m *model.Model) bool { return m.FOTA.ResetDisableIgnored }, mini},
		"mini FOTA":             {func(m *model.Model) bool { return m.FOTA.MiniFOTA }, append([]string{"generic"}, mini...)},
		"error code":            {func(m *model.Model) bool { return m.FOTA.ProgressCarriesErrorCode }, ec600n},
		"asynchronous":          {func(m *model.Model) bool { return m.FOTA.AsyncDownload }, append([]string{"BC25PA"}, mini...)},
		"FTP":                   {func(m *model.Model) bool { return m.FOTA.FTP }, []string{"generic", "EC200A"}},
		"apn_set":               {func(m *model.Model) bool { return m.FOTA.APNSet }, []string{"generic", "BG95"}},
		"download_cancel":       {func(m *model.Model) bool { return m.FOTA.DownloadCancel }, []string{"generic", "BG95"}},
		"local upgrade": {func(m *model.Model) bool { return m.FOTA.LocalUpgrade }, []string{"generic", "EC600NCNLC", "EC600NCNLF", "EG912N",
			"EC600U", "EC200U", "EG915U", "EG912U", "EC800G", "EC600E", "EC800E"}},
		"no powerDownReason": {func(m *model.Model) bool { return !m.Power.DownReason }, []string{"BC25PA", "EC200U", "EC600U"}},
		"unix language":      {func(m *model.Model) bool { return m.Language.HashBytes == 2 && m.Language.Frozenset }, []string{"generic"}},
	} {
		assert.ElementsMatch(t, c.want, model.With(c.has), name)
	}
}

func TestEveryRowIsWhole(t *testing.T) {
	for _, m := range model.All() {
		t.Run(m.Name, func(t *testing.T) {
			for _, f := range m.Facts() {
				assert.NotEmpty(t, f.Value, f.Name)
				assert.NotEqual(t, "0", f.Value, f.Name)
				assert.NotEmpty(t, f.Source, f.Name)
			}
			assert.Equal(t, m.Identity.Nodename+" with QUECTEL", m.Identity.Machine)
			// moduos.c keeps sysname in 40 bytes and nodename in 20, name and "=" included.
			assert.Less(t, len("sysname="+m.Identity.Sysname), 40)
			assert.Less(t, len("nodename="+m.Identity.Nodename), 20)
			assert.Equal(t, 1<<20, m.Flash.EraseBlock*m.Flash.UsrBlocks, "/usr is 1 MB")
			assert.GreaterOrEqual(t, m.Flash.SlotSize, int64(1<<20), "the slot takes any package that fits /usr")
		})
	}
}

func TestVariantIsThePlatformsModel(t *testing.T) {
	m, err := model.Lookup("EC600NCNLC")
	require.NoError(t, err)
	assert.Equal(t, "EC600N-CNLC", m.Identity.Sysname)
	assert.Equal(t, "EC600N", m.Identity.Nodename)
}

func TestLookup(t *testing.T) {
	for in, want := range map[string]string{
		"": "generic", "GENERIC": "generic", "ec600n": "EC600N", " BG95 ": "BG95", "ec600n-cnlc": "EC600NCNLC",
	} {
		m, err := model.Lookup(in)
		require.NoError(t, err, in)
		assert.Equal(t, want, m.Name)
	}
}

func TestUnknownNameNamesTheNearest(t *testing.T) {
	for in, want := range map[string][]string{
		"EC60N":  {"EC600N"},
		"bg96":   {"BG95"},
		"EC600":  {"EC600S", "EC600N", "EC600M"},
		"gneric": {"generic"},
	} {
		_, err := model.Lookup(in)
		var unknown *model.UnknownError
		require.ErrorAs(t, err, &unknown, in)
		for _, name := range want {
			assert.Contains(t, unknown.Nearest, name, in)
		}
		assert.LessOrEqual(t, len(unknown.Nearest), 3)
		assert.ErrorContains(t, err, in)
	}
	_, err := model.Lookup("\x00\xff")
	assert.Error(t, err)
}

// What a caller does to a list it was given must not reach the table.
func TestListsAreCopies(t *testing.T) {
	model.Names()[0] = "x"
	model.All()[0] = nil
	assert.Equal(t, "generic", model.Names()[0])
}
