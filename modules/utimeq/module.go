// Package utimeq is the module `utimeq`: a queue ordered by ticks, which wrap
// (extmod/modutimeq.c).
package utimeq

import (
	"qpy/python"
	"qpy/python/object"
)

// period is where ticks wrap (MICROPY_PY_UTIME_TICKS_PERIOD of the module).
const period = 1 << 30

// entry is a place in the queue; id tells which of two equal times came first.
type entry struct {
	time, id       int64
	callback, args object.Value
}

// queue is a heap of at most cap(items) entries.
type queue struct {
	object.Header
	items []entry
	next  int64 // id of the next entry
}

var (
	queueType = object.NewType("utimeq")
	queues    object.Layout[queue]
)

// Module is the module `utimeq`.
var Module = python.Module{Name: "utimeq", SetUp: setUp, Build: build}

func build(in *object.Interp, m *object.Module) {
	m.Define(in, "utimeq", queueType.Value())
}

func setUp() {
	queues = object.NewLayout[queue](queueType)
	queueType.Unary = func(_ *object.Thread, op object.UnaryOp, self object.Value) (object.Value, error) {
		switch n := len(queues.Must(self).items); op {
		case object.OpBool:
			return object.Bool(n > 0), nil
		case object.OpLen:
			return object.Int(int64(n)), nil
		}
		return object.Null, nil
	}
	queueType.Visit = func(self object.Value, f func(object.Value)) int {
		q := queues.Must(self)
		for _, e := range q.items {
			f(e.callback)
			f(e.args)
		}
		return 40 + entrySize*cap(q.items)
	}
	queueType.Define("push", object.FuncVar("push", 4, 4, push))
	queueType.Define("pop", object.Func2("pop", pop))
	queueType.Define("peektime", object.Func1("peektime", func(_ *object.Thread, self object.Value) (object.Value, error) {
		q := queues.Must(self)
		if len(q.items) == 0 {
			return object.Null, errEmpty()
		}
		return object.Int(q.items[0].time), nil
	}))
	queueType.New = create
}

// entrySize is what an entry takes, in bytes.
const entrySize = 48

func errEmpty() error { return object.Raise(object.IndexError, "empty heap") }

// create is utimeq(n): a queue of at most n entries.
func create(t *object.Thread, _ *object.Type, args, kw []object.Value) (object.Value, error) {
	if err := object.CheckNum(args, kw, 1, 1, false); err != nil {
		return object.Null, err
	}
	n, err := object.ToInt(t, args[0])
	if err != nil {
		return object.Null, err
	}
	if n < 0 || n > t.In.Profile.Heap/entrySize {
		return object.Null, object.MemoryErr(uint64(n) * entrySize)
	}
	if err := t.Alloc(40 + entrySize*int(n)); err != nil {
		return object.Null, err
	}
	q := &queue{Header: object.NewHeader(queueType), items: make([]entry, 0, n)}
	return q.Header.Value(), nil
}

// before tells whether a comes before b on the circle of ticks.
func (a *entry) before(b *entry) bool {
	d := b.time - a.time
	if d == 0 {
		return a.id < b.id
	}
	if d < 0 {
		d += period
	}
	// A distance that is still negative is a huge one in C.
	return d > 0 && d < period/2
}

func (q *queue) down(start, pos int) {
	item := q.items[pos]
	for pos > start {
		parent := (pos - 1) / 2
		if !item.before(&q.items[parent]) {
			break
		}
		q.items[pos] = q.items[parent]
		pos = parent
	}
	q.items[pos] = item
}

func (q *queue) up(pos int) {
	start, end, item := pos, len(q.items), q.items[pos]
	for child := 2*pos + 1; child < end; child = 2*pos + 1 {
		if child+1 < end && !q.items[child].before(&q.items[child+1]) {
			child++
		}
		q.items[pos] = q.items[child]
		pos = child
	}
	q.items[pos] = item
	q.down(start, pos)
}

func push(t *object.Thread, args []object.Value) (object.Value, error) {
	q, ok := queues.From(args[0])
	if !ok {
		return object.Null, object.RaiseArgs(object.TypeError)
	}
	if len(q.items) == cap(q.items) {
		return object.Null, object.Raise(object.IndexError, "queue overflow")
	}
	time, err := object.ToInt(t, args[1])
	if err != nil {
		return object.Null, err
	}
	q.items = append(q.items, entry{time, q.next, args[2], args[3]})
	q.next++
	q.down(0, len(q.items)-1)
	return object.None, nil
}

// pop puts the first entry's time, callback and argument into the first three
// places of a list.
func pop(_ *object.Thread, self, list object.Value) (object.Value, error) {
	q := queues.Must(self)
	last := len(q.items) - 1
	if last < 0 {
		return object.Null, errEmpty()
	}
	l, ok := list.AsList()
	if !ok || len(l.Items) < 3 {
		return object.Null, object.RaiseArgs(object.TypeError)
	}
	e := q.items[0]
	l.Items[0], l.Items[1], l.Items[2] = object.Int(e.time), e.callback, e.args
	q.items[0], q.items[last] = q.items[last], entry{}
	q.items = q.items[:last]
	if last > 0 {
		q.up(0)
	}
	return object.None, nil
}
