package uasyncio

import "qpy/python/object"

// task is an object of class Task: a coroutine that the loop runs.
type task struct {
	object.Header
	node
	in  *queue // where it waits for its turn, nil if nowhere
	key int64  // ticks at which its turn comes

	coro    object.Value // None once it has ended
	data    object.Value // what it waits for; after its end, what it ended with
	waiting object.Value // tasks that wait for its end, None for none
	globals *object.Dict // of uasyncio.core, where the loop's state is
}

var (
	taskType  = object.NewType("Task")
	tasks     object.Layout[task]
	queueType = object.NewType("TaskQueue")
	queues    object.Layout[queue]

	// Names, and the method cancel, which setUp fills in.
	nCoro, nData, nWaiting, nKey, nCancel, nRemove, nCurrent, nQueue, nCancelled *object.Str
	cancelMethod                                                                 object.Value
)

// setUp fills the types.
func setUp() {
	tasks = object.NewLayout[task](taskType)
	queues = object.NewLayout[queue](queueType)
	nCoro = object.Intern("coro")
	nData = object.Intern("data")
	nWaiting = object.Intern("waiting")
	nKey = object.Intern("ph_key")
	nCancel = object.Intern("cancel")
	nRemove = object.Intern("remove")
	nCurrent = object.Intern("cur_task")
	nQueue = object.Intern("_task_queue")
	nCancelled = object.Intern("CancelledError")
	cancelMethod = object.Func1("cancel", cancel)
	taskType.LoadAttr = taskLoad
	taskType.StoreAttr = taskStore
	taskType.Iter = func(t *object.Thread, self object.Value) (object.Value, error) {
		k := tasks.Must(self)
		if k.waiting.IsNone() {
			var err error
			if k.waiting, err = newQueue(t); err != nil {
				return object.Null, err
			}
		}
		return self, nil
	}
	taskType.Next = taskNext
	taskType.New = newTask
	taskType.Visit = func(self object.Value, f func(object.Value)) int {
		k := tasks.Must(self)
		f(k.coro)
		f(k.data)
		f(k.waiting)
		for c := k.child; c != nil; c = c.sibling() {
			f(c.Header.Value())
		}
		return 160
	}
	queueType.New = func(t *object.Thread, _ *object.Type, args, kw []object.Value) (object.Value, error) {
		if err := object.CheckNum(args, kw, 0, 0, false); err != nil {
			return object.Null, err
		}
		return newQueue(t)
	}
	queueType.Visit = func(self object.Value, f func(object.Value)) int {
		if h := queues.Must(self).heap; h != nil {
			f(h.Header.Value())
		}
		return 24
	}
	queueType.Define("peek", object.Func1("peek", func(_ *object.Thread, self object.Value) (object.Value, error) {
		if h := queues.Must(self).heap; h != nil {
			return h.Header.Value(), nil
		}
		return object.None, nil
	}))
	push := object.FuncVar("push_sorted", 2, 3, queuePush)
	queueType.Define("push_sorted", push)
	queueType.Define("push_head", push)
	queueType.Define("pop_head", object.Func1("pop_head", func(_ *object.Thread, self object.Value) (object.Value, error) {
		q := queues.Must(self)
		if q.heap == nil {
			return object.Null, object.Raise(object.IndexError, "empty heap")
		}
		return q.pop().Header.Value(), nil
	}))
	queueType.Define("remove", object.Func2("remove", func(_ *object.Thread, self, v object.Value) (object.Value, error) {
		k, ok := tasks.From(v)
		if !ok {
			return object.Null, errNoTask()
		}
		queues.Must(self).remove(k)
		return object.None, nil
	}))
}

// errNoTask answers for an object where a task must stand, which MicroPython
// takes for one.
func errNoTask() error { return object.Raise(object.TypeError, "task expected") }

func newQueue(t *object.Thread) (object.Value, error) {
	q := &queue{Header: object.NewHeader(queueType)}
	return q.Header.Value(), t.Alloc(24)
}

// queuePush is push_sorted(task[, ticks]) and push_head(task): for now.
func queuePush(t *object.Thread, args []object.Value) (object.Value, error) {
	q, ok := queues.From(args[0])
	k, isTask := tasks.From(args[1])
	if !ok || !isTask {
		return object.Null, errNoTask()
	}
	key := ticks(t.In)
	if len(args) > 2 {
		var err error
		if key, err = object.ToInt(t, args[2]); err != nil {
			return object.Null, err
		}
	}
	return object.None, q.push(k, key)
}

// newTask is Task(coro[, globals]); the globals are those of uasyncio.core.
func newTask(t *object.Thread, _ *object.Type, args, kw []object.Value) (object.Value, error) {
	if err := object.CheckNum(args, kw, 1, 2, false); err != nil {
		return object.Null, err
	}
	if err := t.Alloc(160); err != nil {
		return object.Null, err
	}
	k := &task{Header: object.NewHeader(taskType), coro: args[0], data: object.None, waiting: object.None}
	if len(args) == 2 {
		var ok bool
		if k.globals, ok = args[1].AsDict(); !ok {
			return object.Null, object.RaiseArgs(object.TypeError)
		}
	}
	return k.Header.Value(), nil
}

// global gives a name of uasyncio.core.
func (k *task) global(t *object.Thread, name *object.Str) (object.Value, error) {
	if k.globals != nil {
		if v := k.globals.GetName(t.In, name); !v.IsNull() {
			return v, nil
		}
	}
	return object.Null, object.RaiseArgs(object.KeyError, name.Value())
}

// taskNext is what `await task` does: it queues the running task behind this
// one, or hands on what this one has ended with.
func taskNext(t *object.Thread, self object.Value) (object.Value, error) {
	k := tasks.Must(self)
	if k.coro.IsNone() {
		return object.Null, object.MakeRaise(t, k.data)
	}
	v, err := k.global(t, nCurrent)
	if err != nil {
		return object.Null, err
	}
	current, ok := tasks.From(v)
	q, isQueue := queues.From(k.waiting)
	if !ok || !isQueue {
		return object.Null, errNoTask()
	}
	if err := q.push(current, ticks(t.In)); err != nil {
		return object.Null, err
	}
	current.data = self
	return object.None, nil
}

// cancel makes a task's next turn raise CancelledError in it, or in the one
// that it waits for; False if it has ended.
func cancel(t *object.Thread, self object.Value) (object.Value, error) {
	k, ok := tasks.From(self)
	if !ok {
		return object.Null, errNoTask()
	}
	if k.coro.IsNone() {
		return object.False, nil
	}
	current, err := k.global(t, nCurrent)
	if err != nil {
		return object.Null, err
	}
	if self == current {
		return object.Null, object.Raise(object.RuntimeError, "can't cancel self")
	}
	for inner, ok := tasks.From(k.data); ok; inner, ok = tasks.From(k.data) {
		k = inner
	}
	v, err := k.global(t, nQueue)
	if err != nil {
		return object.Null, err
	}
	q, ok := queues.From(v)
	if !ok {
		return object.Null, errNoTask()
	}
	// Not on the queue of the loop: take it off the one it is on.
	fn, recv, err := object.LoadMethodMaybe(t, k.data, nRemove)
	if err != nil {
		return object.Null, err
	}
	again := true
	if !fn.IsNull() {
		if _, err := object.CallMethod(t, fn, recv, []object.Value{k.Header.Value()}, nil); err != nil {
			return object.Null, err
		}
	} else if again = ticksDiff(k.key, ticks(t.In)) > 0; again {
		q.remove(k)
	}
	if again {
		if err := q.push(k, ticks(t.In)); err != nil {
			return object.Null, err
		}
	}
	k.data, err = k.global(t, nCancelled)
	return object.True, err
}

func taskLoad(_ *object.Thread, self object.Value, name *object.Str) (attr, recv object.Value, err error) {
	k := tasks.Must(self)
	switch name {
	case nCoro:
		return k.coro, object.Null, nil
	case nData:
		return k.data, object.Null, nil
	case nWaiting:
		if !k.waiting.IsNone() {
			return k.waiting, object.Null, nil
		}
	case nCancel:
		return cancelMethod, self, nil
	case nKey:
		return object.Int(k.key), object.Null, nil
	}
	return object.Null, object.Null, nil
}

func taskStore(_ *object.Thread, self object.Value, name *object.Str, val object.Value) (bool, error) {
	k := tasks.Must(self)
	if val.IsNull() {
		return false, nil
	}
	switch name {
	case nCoro:
		k.coro = val
	case nData:
		k.data = val
	case nWaiting:
		k.waiting = val
	default:
		return false, nil
	}
	return true, nil
}
