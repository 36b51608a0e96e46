package object

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"qpy/python/text"
)

// Piece by piece gives what all at once does, wherever the pieces meet.
func TestPiecesGiveWhatTheWholeDoes(t *testing.T) {
	in := NewInterp(Generic())
	polls := 0
	in.Poll = func() error { polls++; return nil }
	th := in.NewThread()
	rnd := rand.New(rand.NewPCG(1, 2))
	for round := range 40 {
		unit := []string{"a", "ab", "é", "a\u20ac", "\U0001F600b"}[round%5]
		s := strings.Repeat(unit, (3*piece+rnd.IntN(piece))/len(unit))
		if round%3 == 0 {
			s = string([]byte{0x80, 0xbf}) + s // what continues no character
		}
		// A needle over the place where two pieces meet, and one that is nowhere.
		at := piece*(1+rnd.IntN(2)) - rnd.IntN(40)
		long := strings.Repeat("x", 1+rnd.IntN(60))
		with := s[:at] + long + s[at:]
		for _, sub := range []string{long, long + "y", "", unit, s[:piece+5], with[at-3 : at+2]} {
			i, err := th.index(with, sub)
			assert.NoError(t, err)
			assert.Equal(t, strings.Index(with, sub), i)
			i, err = th.lastIndex(with, sub)
			assert.NoError(t, err)
			assert.Equal(t, strings.LastIndex(with, sub), i)
			if sub != "" {
				i, err = th.count(with, sub)
				assert.NoError(t, err)
				assert.Equal(t, strings.Count(with, sub), i)
			}
		}
		n, err := th.charCount(s)
		assert.NoError(t, err)
		assert.Equal(t, text.CharCount(s), n)
		for _, i := range []int{0, 1, -1, n / 2, -n / 2, n - 1, -n, n, n + 5, -n - 1, -n - 5, rnd.IntN(n), -rnd.IntN(n)} {
			off, ok, err := th.charOffset(s, i)
			wantOff, wantOK := text.CharOffset(s, i)
			assert.NoError(t, err)
			assert.Equal(t, wantOK, ok, "%d of %d", i, n)
			assert.Equal(t, wantOff, off, "%d of %d", i, n)
		}
		h, err := th.hashText(s)
		assert.NoError(t, err)
		assert.Equal(t, hashText(s), h)
		str := newStr(s)
		got, err := th.hash(str)
		assert.NoError(t, err)
		assert.Equal(t, h, got)
		assert.Equal(t, h, str.hash)
	}
	assert.Greater(t, polls, 40*5)
}

// The count of what lives can be stopped in the middle of one long list.
func TestCensusAsksWithinAList(t *testing.T) {
	in := NewInterp(Generic())
	items := make([]Value, 20*censusPoll)
	for i := range items {
		items[i] = NewList(nil).Value()
	}
	in.AddRoots(func(visit func(Value)) { visit(NewList(items).Value()) })
	p, objects := poller{at: 3}, 0
	in.Poll = p.poll
	assert.Same(t, errStop, in.Census(func(int) { objects++ }))
	assert.Equal(t, 3, p.polls)
	assert.Less(t, objects, 10, "none of the lists in the list was counted")
}
