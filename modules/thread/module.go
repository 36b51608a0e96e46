// Package thread is the module `_thread`: threads, locks and semaphores
// (modthread.c of the firmware's source, and Quectel's _thread document).
package thread

import (
	"github.com/go-python/gpython/py"

	"qpy/device/kernel"
	"qpy/modules/board"
	"qpy/python"
)

// Sizes of a thread's stack in bytes (mpthreadport.h).
const (
	defaultStack = 8 * 1024
	minStack     = 4 * 1024
)

// state is what one board's _thread module remembers.
type state struct {
	stackSize int64
	tasks     map[int64]*kernel.Task
}

// ident is a thread's id as a script sees it. The kernel counts from 0, which
// stop_thread takes for "the caller".
func ident(t *kernel.Task) int64 { return int64(t.ID()) + 1 }

// mainIdent is the id of the thread that runs the script itself.
const mainIdent = 1

func of(b *board.Board) *state { return b.Thread.(*state) }

// Module is the module `_thread`.
var Module = python.Module{Name: "_thread", Native: native}

func native() *py.ModuleImpl {
	setUpTypes()
	return &py.ModuleImpl{
		Info:    py.ModuleInfo{Name: "_thread"},
		Globals: py.StringDict{"LockType": lockType},
		Methods: []*py.Method{
			board.Func("__init__", 0, 0, setUp),
			board.Func("start_new_thread", 2, 3, startNewThread),
			board.Func("stop_thread", 1, 1, stopThread),
			board.Func("threadIsRunning", 1, 1, threadIsRunning),
			board.Func("exit", 0, 0, func(*board.Board, []py.Object) (py.Object, error) {
				exc := py.ExceptionNewf(py.SystemExit, "")
				exc.Args = py.Tuple{}
				return nil, exc
			}),
			board.Func("get_ident", 0, 0, func(b *board.Board, _ []py.Object) (py.Object, error) {
				return py.Int(ident(b.Dev.Kernel.Current())), nil
			}),
			board.Func("stack_size", 0, 1, stackSize),
			board.Func("get_heap_size", 0, 0, func(b *board.Board, _ []py.Object) (py.Object, error) {
				free, err := b.Py.HeapFree()
				return py.Int(free), err
			}),
			board.Func("allocate_lock", 0, 0, allocateLock),
			board.Func("delete_lock", 1, 1, deleteLock),
			board.Func("allocate_semphore", 1, 1, allocateSemphore),
			board.Func("delete_semphore", 1, 1, deleteSemphore),
		},
	}
}

func setUp(b *board.Board, _ []py.Object) (py.Object, error) {
	b.Thread = &state{stackSize: defaultStack, tasks: map[int64]*kernel.Task{}}
	return py.None, nil
}

// startNewThread starts f(*args, **kwargs) on a task of its own and gives its id.
func startNewThread(b *board.Board, args []py.Object) (py.Object, error) {
	positional, err := board.Sequence(args[1])
	if err != nil {
		return nil, err
	}
	var kwargs py.StringDict
	if len(args) == 3 {
		dict, ok := args[2].(interface {
			StringDict() (py.StringDict, error)
		})
		if !ok {
			return nil, py.ExceptionNewf(py.TypeError, "expecting a dict for keyword args")
		}
		if kwargs, err = dict.StringDict(); err != nil {
			return nil, err
		}
	}
	if err := b.Py.Reserve(threadSize); err != nil {
		return nil, err
	}
	fn, call := args[0], append(py.Tuple{}, positional...)
	s := of(b)
	var id int64
	task := b.Dev.Kernel.Spawn(board.FunctionName(fn), func(t *kernel.Task) {
		defer func() { s.forget(b, id) }()
		_, err := b.Py.CallKeywords(fn, call, kwargs)
		b.ThreadEnded(fn, err)
	})
	id = ident(task)
	s.tasks[id] = task
	return py.Int(id), nil
}

// threadSize is what starting a thread takes of the heap: about what its stack
// and its descriptors take of a module's memory.
const threadSize = 16 << 10

// forget drops a thread that ends, or is about to.
func (s *state) forget(b *board.Board, id int64) {
	if s.tasks[id] != nil {
		delete(s.tasks, id)
		b.Py.Unreserve(threadSize)
	}
}

// stopThread ends a thread where it waits; id 0 is the caller itself.
func stopThread(b *board.Board, args []py.Object) (py.Object, error) {
	id, err := board.Int(args[0])
	if err != nil {
		return nil, err
	}
	current := b.Dev.Kernel.Current()
	if id == 0 {
		id = ident(current)
	}
	if id == mainIdent {
		return nil, py.ExceptionNewf(py.ValueError, "Deleting the main thread is not allowed!")
	}
	task := of(b).tasks[id]
	if task == nil {
		return nil, py.ExceptionNewf(py.ValueError, "No thread with thread id %d was found!", id)
	}
	of(b).forget(b, id)
	task.Kill()
	return py.Int(0), nil
}

func threadIsRunning(b *board.Board, args []py.Object) (py.Object, error) {
	id, err := board.Int(args[0])
	if err != nil {
		return nil, err
	}
	_, running := of(b).tasks[id]
	return py.NewBool(running || id == mainIdent), nil
}

// stackSize reads or sets the size of the stack that new threads get, in words
// of four bytes as the firmware counts; too small a size answers -1.
func stackSize(b *board.Board, args []py.Object) (py.Object, error) {
	s := of(b)
	if len(args) == 0 {
		return py.Int(s.stackSize / 4), nil
	}
	words, err := board.Int(args[0])
	if err != nil {
		return nil, err
	}
	if words < minStack/4 || words > 1<<28 {
		return py.Int(-1), nil
	}
	s.stackSize = words * 4
	return py.Int(0), nil
}
