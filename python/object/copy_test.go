package object

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var errStop = errors.New("stop")

// poller counts how often Poll is asked, and stops what asks at times.
type poller struct{ polls, at int }

func (p *poller) poll() error {
	if p.polls++; p.polls == p.at {
		return errStop
	}
	return nil
}

// What copies a long list asks Poll all the time, and one that is stopped leaves
// the list as it was.
func TestALongListIsCopiedInPieces(t *testing.T) {
	const n = 20 * pollItems
	for name, do := range map[string]func(*Thread, *List) error{
		"append": func(th *Thread, l *List) error { return l.Append(th, None) },
		"extend": func(th *Thread, l *List) error { return l.Extend(th, l.Value()) },
		"add": func(th *Thread, l *List) error {
			_, err := Binary(th, OpAdd, l.Value(), l.Value())
			return err
		},
		"multiply": func(th *Thread, l *List) error {
			_, err := Binary(th, OpMultiply, l.Value(), Int(3))
			return err
		},
		"slice": func(th *Thread, l *List) error {
			_, err := GetItem(th, l.Value(), sliceOf(Int(1), Null, Null))
			return err
		},
		"replace": func(th *Thread, l *List) error {
			return SetItem(th, l.Value(), sliceOf(Int(n/2), Int(n/2), Null), NewList([]Value{None}).Value())
		},
		"list": func(th *Thread, l *List) error {
			_, err := ListOf(th, l.Value())
			return err
		},
	} {
		items := make([]Value, n)
		for i := range items {
			items[i] = Int(int64(i))
		}
		th, l := newThread(), NewList(items)
		p := poller{at: 9}
		th.In.Poll = p.poll
		assert.Same(t, errStop, do(th, l), name)
		require.Len(t, l.Items, n, name)
		for i, v := range l.Items {
			require.Equal(t, Int(int64(i)), v, name)
		}
		p = poller{}
		assert.NoError(t, do(th, l), name)
		assert.GreaterOrEqual(t, p.polls, 10, name)
	}
}

// So does a dict that moves to a larger table.
func TestALargeDictMovesInPieces(t *testing.T) {
	th, d := newThread(), NewDict(0)
	full := func() bool { return d.Len() == d.Slots() }
	for i := int64(0); i < 20*pollItems || !full(); i++ {
		require.NoError(t, d.Set(th, Int(i), Int(-i)))
	}
	n, slots := d.Len(), d.Slots()
	p := poller{at: 9}
	th.In.Poll = p.poll
	assert.Same(t, errStop, d.Set(th, Int(-1), None))
	assert.Equal(t, []int{n, slots}, []int{d.Len(), d.Slots()})
	p = poller{}
	require.NoError(t, d.Set(th, Int(-1), None))
	assert.GreaterOrEqual(t, p.polls, 15)
	for i := range int64(n) {
		v, err := d.Get(th, Int(i))
		require.NoError(t, err)
		require.Equal(t, Int(-i), v)
	}
}
