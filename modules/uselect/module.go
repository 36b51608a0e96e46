// Package uselect is the module `uselect` (and `select`): waiting until one of
// several streams is ready (extmod/moduselect.c).
package uselect

import (
	"time"

	"qpy/modules/board"
	"qpy/python"
	"qpy/python/object"
)

// The events of a stream (MP_STREAM_POLL_RD and the like of py/stream.h), and
// the request that asks for them.
const (
	pollIn  = 1
	pollOut = 4
	pollErr = 8
	pollHup = 16

	requestPoll = 3
)

// enoent is what modify answers for a stream that is not registered.
const enoent = 2

// Module is the module `uselect`.
var Module = python.Module{Name: "uselect", SetUp: setUp, Build: build}

func build(in *object.Interp, m *object.Module) {
	python.Functions(in, m,
		object.FuncVar("select", 3, 4, selectStreams),
		object.Func0("poll", newPoll),
	)
	for _, c := range []struct {
		name  string
		event int64
	}{{"POLLIN", pollIn}, {"POLLOUT", pollOut}, {"POLLERR", pollErr}, {"POLLHUP", pollHup}} {
		m.Define(in, c.name, object.Int(c.event))
	}
}

// watch is a stream that is waited for.
type watch struct {
	obj    object.Value
	events int64 // that are asked for
	ready  int64 // that the last look has found
}

// watches are streams in the order in which they were given. (MicroPython's
// order is that of their addresses.) An empty place is one that was removed.
type watches []*watch

func (ws watches) find(obj object.Value) *watch {
	for _, w := range ws {
		if w != nil && w.obj == obj {
			return w
		}
	}
	return nil
}

// add watches obj for events; for a stream that is there they replace its own,
// or join them with more set.
func (ws *watches) add(t *object.Thread, obj object.Value, events int64, more bool) error {
	if w := ws.find(obj); w != nil {
		if more {
			events |= w.events
		}
		w.events = events
		return nil
	}
	if s := obj.Type().Stream; s == nil || s.Ioctl == nil {
		return object.ErrStream()
	}
	if err := t.Alloc(48); err != nil {
		return err
	}
	*ws = append(*ws, &watch{obj: obj, events: events})
	return nil
}

// look asks every stream and tells how many are ready.
func (ws watches) look(t *object.Thread) (int, error) {
	n := 0
	for _, w := range ws {
		if w == nil {
			continue
		}
		ready, err := w.obj.Type().Stream.Ioctl(t, w.obj, requestPoll, w.events)
		if err != nil {
			return 0, err
		}
		if w.ready = ready; ready != 0 {
			n++
		}
	}
	return n, nil
}

// step is how long the firmware sleeps between two looks.
const step = time.Millisecond

// wait looks until a stream is ready or so many milliseconds have passed, for
// ever if they are below 0, and tells how many streams are ready.
func (ws watches) wait(t *object.Thread, ms int64) (int, error) {
	b := board.OfEngine(t.In)
	if b == nil {
		return ws.look(t)
	}
	start := b.Dev.Kernel.Now()
	left := func() time.Duration { return time.Duration(ms)*time.Millisecond - (b.Dev.Kernel.Now() - start) }
	for {
		n, err := ws.look(t)
		if n > 0 || err != nil || ms >= 0 && left() <= 0 {
			return n, err
		}
		switch {
		case len(ws) > 0:
			err = b.Sleep(step)
		case ms >= 0:
			err = b.Sleep(left()) // nothing can become ready
		default:
			err = b.Idle("an event of a stream, of which none is registered")
		}
		if err != nil {
			return 0, python.InterpOf(t.In).Err(err)
		}
	}
}

// maxWait is the longest time that is waited for by the clock, in milliseconds:
// thirty years stand for ever.
const maxWait = 1e12

// selectStreams is select(rlist, wlist, xlist[, timeout]): seconds, None or
// below 0 for ever.
func selectStreams(t *object.Thread, args []object.Value) (object.Value, error) {
	var lists [3][]object.Value
	for i := range lists {
		items, err := object.Items(args[i])
		if err != nil {
			return object.Null, err
		}
		lists[i] = append([]object.Value(nil), items...)
	}
	ms := int64(-1)
	if len(args) == 4 && !args[3].IsNone() {
		secs, err := object.ToFloat(args[3])
		if err != nil {
			return object.Null, err
		}
		if f := float32(secs); f >= 0 { // single precision, as there
			ms = int64(min(f*1000, maxWait))
		}
	}
	var ws watches
	for i, events := range [...]int64{pollIn, pollOut, pollErr | pollHup} {
		for _, obj := range lists[i] {
			if err := ws.add(t, obj, events, true); err != nil {
				return object.Null, err
			}
		}
	}
	if _, err := ws.wait(t, ms); err != nil {
		return object.Null, err
	}
	var out [3]*object.List
	for i := range out {
		out[i] = object.NewList(nil)
	}
	for _, w := range ws {
		for i, events := range [...]int64{pollIn, pollOut, ^(pollIn | pollOut)} {
			if w.ready&events != 0 {
				if err := out[i].Append(t, w.obj); err != nil {
					return object.Null, err
				}
			}
		}
	}
	return object.NewTuple(out[0].Value(), out[1].Value(), out[2].Value()), nil
}
