// Package ostimer is the module `osTimer`: timers of the operating system, as
// many as a script wants (modostimer.c). Those of the hardware are in module
// machine.
package ostimer

import (
	"fmt"
	"math"
	"time"

	"github.com/go-python/gpython/py"

	"qpy/device/kernel"
	"qpy/modules/board"
	"qpy/python"
)

// Module is the module `osTimer`.
var Module = python.Module{Name: "osTimer", Native: native}

func native() *py.ModuleImpl {
	return &py.ModuleImpl{
		Info:    py.ModuleInfo{Name: "osTimer"},
		Methods: []*py.Method{board.Func("__init__", 0, 0, setUp)},
	}
}

// What the methods answer.
const (
	done   = 0
	failed = -1
)

// timer is an object of class osTimer.
type timer struct {
	b       *board.Board
	class   *py.Type
	name    string
	next    *kernel.Event
	deleted bool
}

// Type of this object.
func (t *timer) Type() *py.Type { return t.class }

// setUp makes the class osTimer of this board. On the firmware it is registered as
// the module itself, so `import osTimer` binds the class.
func setUp(b *board.Board, _ []py.Object) (py.Object, error) {
	class := python.NewClass("osTimer")
	made := 0
	class.New = func(*py.Type, py.Tuple, py.StringDict) (py.Object, error) { // whatever the arguments are
		made++
		return &timer{b: b, class: class, name: fmt.Sprintf("osTimer %d", made)}, nil
	}
	class.Dict["start"] = board.Method("start", 2, 4, (*timer).start)
	class.Dict["stop"] = board.Method("stop", 0, 0, (*timer).stop)
	class.Dict["delete_timer"] = board.Method("delete_timer", 0, 0, (*timer).delete)
	class.Dict["__del__"] = board.Method("__del__", 0, 0, (*timer).delete)
	b.Module("osTimer").Globals[python.SelfName] = class
	return py.None, nil
}

// start(ms, cyclic, callback) begins to count, anew if the timer runs; the
// callback gets None. -1 is the answer to a time that is no time, and of a timer
// that was deleted. A fifth argument is passed over.
func (t *timer) start(args []py.Object) (py.Object, error) {
	ms, err := board.Int(args[0])
	if err != nil {
		return nil, err
	}
	cyclic, err := board.Int(args[1])
	if err != nil {
		return nil, err
	}
	if t.deleted || ms <= 0 || ms > math.MaxUint32 {
		return py.Int(failed), nil
	}
	t.halt()
	if len(args) > 2 && args[2] != py.None { // one that calls nobody keeps no device running
		t.arm(time.Duration(ms)*time.Millisecond, cyclic != 0, t.b.Repeated(args[2], py.None))
	}
	return py.Int(done), nil
}

// arm plans the next time, or, of a cyclic timer, all times to come.
func (t *timer) arm(period time.Duration, cyclic bool, call func()) {
	var e *kernel.Event
	e = t.b.Dev.Kernel.After(period, t.name, func() {
		if cyclic {
			e.Again(period)
		}
		call()
	})
	t.next = e
}

func (t *timer) halt() {
	if t.next != nil {
		t.next.Cancel()
		t.next = nil
	}
}

// stop ends the counting.
func (t *timer) stop([]py.Object) (py.Object, error) {
	if t.deleted {
		return py.Int(failed), nil
	}
	t.halt()
	return py.Int(done), nil
}

// delete gives the timer back for good.
func (t *timer) delete([]py.Object) (py.Object, error) {
	t.halt()
	t.deleted = true
	return py.Int(done), nil
}
