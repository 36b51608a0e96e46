package uselect

import "qpy/python/object"

// poll is the object that poll() gives. It is the iterator of its ipoll, too.
type poll struct {
	object.Header
	streams watches
	oneShot bool
	left    int // streams that the iteration has still to give
	at      int
	pair    *object.Tuple // what the iteration gives, each time anew the same
}

// oneShot is the flag of poll and ipoll to ask for an event once only.
const oneShot = 1

var (
	pollType = object.NewType("poll")
	polls    object.Layout[poll]
)

// setUp fills the type.
func setUp() {
	polls = object.NewLayout[poll](pollType)
	pollType.Iter = object.Identity
	pollType.Next = func(_ *object.Thread, self object.Value) (object.Value, error) { return polls.Must(self).next(), nil }
	pollType.Visit = func(self object.Value, f func(object.Value)) int {
		p := polls.Must(self)
		for _, w := range p.streams {
			if w != nil {
				f(w.obj)
			}
		}
		return 80 + 56*len(p.streams)
	}
	pollType.Define("register", object.FuncVar("register", 2, 3, register))
	pollType.Define("unregister", object.Func2("unregister", unregister))
	pollType.Define("modify", object.Func3("modify", modify))
	pollType.Define("poll", object.FuncVar("poll", 1, 3, pollList))
	pollType.Define("ipoll", object.FuncVar("ipoll", 1, 3, pollIter))
}

func newPoll(t *object.Thread) (object.Value, error) {
	p := &poll{Header: object.NewHeader(pollType)}
	return p.Header.Value(), t.Alloc(80)
}

// pollOf is the object of a method that was taken from the class.
func pollOf(v object.Value) (*poll, error) {
	p, ok := polls.From(v)
	if !ok {
		return nil, object.RaiseArgs(object.TypeError)
	}
	return p, nil
}

func register(t *object.Thread, args []object.Value) (object.Value, error) {
	p, err := pollOf(args[0])
	if err != nil {
		return object.Null, err
	}
	events := int64(pollIn | pollOut)
	if len(args) == 3 {
		if events, err = object.ToInt(t, args[2]); err != nil {
			return object.Null, err
		}
	}
	return object.None, p.streams.add(t, args[1], events, false)
}

// unregister does nothing for a stream that is not registered.
func unregister(_ *object.Thread, self, obj object.Value) (object.Value, error) {
	p := polls.Must(self)
	for i, w := range p.streams {
		if w != nil && w.obj == obj {
			p.streams[i] = nil // an iteration may stand behind it
		}
	}
	return object.None, nil
}

func modify(t *object.Thread, self, obj, mask object.Value) (object.Value, error) {
	w := polls.Must(self).streams.find(obj)
	if w == nil {
		return object.Null, object.RaiseArgs(object.OSError, object.Int(enoent))
	}
	events, err := object.ToInt(t, mask)
	if err != nil {
		return object.Null, err
	}
	w.events = events
	return object.None, nil
}

// wait reads the arguments of poll and ipoll, milliseconds and flags, and waits.
func (p *poll) wait(t *object.Thread, args []object.Value) error {
	ms, flags := int64(-1), int64(0)
	var err error
	if len(args) > 1 && !args[1].IsNone() {
		if ms, err = object.ToInt(t, args[1]); err != nil {
			return err
		}
		ms = min(ms, maxWait)
	}
	if len(args) > 2 {
		if flags, err = object.ToInt(t, args[2]); err != nil {
			return err
		}
	}
	p.oneShot = flags&oneShot != 0
	kept := p.streams[:0]
	for _, w := range p.streams {
		if w != nil {
			kept = append(kept, w)
		}
	}
	p.streams = kept
	p.left, p.at = 0, 0
	p.left, err = p.streams.wait(t, ms)
	return err
}

// take gives the next stream that is ready.
func (p *poll) take() *watch {
	for p.left > 0 && p.at < len(p.streams) {
		w := p.streams[p.at]
		p.at++
		if w != nil && w.ready != 0 {
			p.left--
			if p.oneShot {
				w.events = 0 // until it is registered or modified again
			}
			return w
		}
	}
	p.left = 0
	return nil
}

func pollList(t *object.Thread, args []object.Value) (object.Value, error) {
	p, err := pollOf(args[0])
	if err != nil {
		return object.Null, err
	}
	if err := p.wait(t, args); err != nil {
		return object.Null, err
	}
	list := object.NewList(nil)
	for w := p.take(); w != nil; w = p.take() {
		if err := list.Append(t, object.NewTuple(w.obj, object.Int(w.ready))); err != nil {
			return object.Null, err
		}
	}
	return list.Value(), nil
}

func pollIter(t *object.Thread, args []object.Value) (object.Value, error) {
	p, err := pollOf(args[0])
	if err != nil {
		return object.Null, err
	}
	return args[0], p.wait(t, args)
}

func (p *poll) next() object.Value {
	w := p.take()
	if w == nil {
		return object.Null
	}
	if p.pair == nil {
		p.pair, _ = object.NewTuple(object.None, object.None).AsTuple()
	}
	p.pair.Items[0], p.pair.Items[1] = w.obj, object.Int(w.ready)
	return p.pair.Value()
}
