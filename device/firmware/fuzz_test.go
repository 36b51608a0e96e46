package firmware

import (
	"bytes"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"qpy/device/firmware/delta"
	"qpy/device/flash"
	"qpy/device/model"
)

// Whatever bytes are in the upgrade slot, and whatever the record says of them,
// the boot loader ends with an image that is whole, in bounded memory, and the
// next boot finds nothing to do.
func FuzzBoot(f *testing.F) {
	m := must(model.Lookup("BC25PA"))
	base := must(io.ReadAll(Image(m, "V0001", FactorySize)))
	patch := delta.Diff(base, append(bytes.Clone(base[1000:]), "more"...), nil)
	for _, seed := range [][]byte{
		must(Sample(m, "V0001", 0, 5000)),
		packed(f, Header{Model: "BC25PA", To: "V0002", Flags: Delta}, patch),
		packed(f, Header{Model: "BC25PA", To: "V0002", Flags: Delta}, bomb(base, 1<<40)),
		packedSigned(f, Header{Model: "BC25PA", To: "V0002"}, []byte("image"), testKey(1)),
		must(Sample(m, "V0001", Stage1, 3000)),
		[]byte("foreign"), {0},
	} {
		f.Add(seed, uint32(0), false)
		f.Add(seed, uint32(len(seed)/2), true)
	}
	f.Fuzz(func(t *testing.T, p []byte, cut uint32, again bool) {
		fl := must(flash.Open(flash.Options{Regions: Regions(m)}))
		st := StorageOn(fl)
		_, err := Boot(st, m, Policy{})
		require.NoError(t, err)
		if len(p) == 0 || int64(len(p)) > m.Flash.SlotSize {
			return
		}
		for _, fix := range []bool{false, true} {
			data := bytes.Clone(p)
			if fix && len(data) >= HeaderSize+TrailerSize { // right checksums get further
				data = forgedAnew(data)
			}
			_, err = st.Package.WriteAt(data, 0)
			require.NoError(t, err)
			r, _, err := loadRecord(st, m)
			require.NoError(t, err)
			r.State, r.Stages = flagged, []int64{int64(len(data))}
			if n := int64(cut) % int64(len(data)); n > 0 { // as two stages
				r.Stages = []int64{n, int64(len(data)) - n}
			}
			if again {
				r.State = applying
			}
			require.NoError(t, r.save(st))
			report, err := Boot(st, m, Policy{})
			require.NoError(t, err)
			require.Equal(t, report.Applied, report.Refused == nil)
			next, err := Boot(st, m, Policy{})
			require.NoError(t, err)
			require.False(t, next.Remarkable(), next.String())
			r, _, err = loadRecord(st, m)
			require.NoError(t, err)
			whole, err := r.Images[r.Active].whole(st.Images[r.Active])
			require.NoError(t, err)
			require.True(t, whole)
		}
	})
}
