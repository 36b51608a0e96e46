package thread_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"qpy"
	"qpy/modules/internal/script"
)

// console runs a script on a fresh device in virtual time, its clock starting
// at qpy.FixedStart, and gives what comes on the console.
func console(t *testing.T, config qpy.Config, source string) (string, qpy.Result) {
	t.Helper()
	return script.RunOn(t, config, prelude+source)
}

const prelude = `
import _thread
def attempt(f, *args, **kw):
    try:
        print(f(*args, **kw))
    except OSError as e:
        print("OSError:", e)
    except TypeError as e:
        print("TypeError:", e)
    except ValueError as e:
        print("ValueError:", e)
    except RuntimeError as e:
        print("RuntimeError:", e)
    except AttributeError as e:
        print("AttributeError:", e)
    except MemoryError as e:
        print("MemoryError:", e)
`

func TestThreadsRunAndEnd(t *testing.T) {
	out, result := console(t, qpy.Config{}, `
import utime
def work(name, seconds, loud=False):
    utime.sleep(seconds)
    print(name, loud, _thread.get_ident())
print(_thread.get_ident(), _thread.start_new_thread(work, ("a", 2)), _thread.start_new_thread(work, ["b", 1], {"loud": True}))
print(_thread.threadIsRunning(1), _thread.threadIsRunning(2), _thread.threadIsRunning(3), _thread.threadIsRunning(4))
utime.sleep_ms(1500)
print(_thread.threadIsRunning(2), _thread.threadIsRunning(3))
print("main has ended, the device goes on")
`)
	assert.Equal(t, `1 2 3
True True True False
b True 3
True False
main has ended, the device goes on
a False 2
`, out)
	assert.Equal(t, qpy.Finished, result.Ending)
	assert.GreaterOrEqual(t, result.Time.Seconds(), 2.0)
}

// What the starter does to its list and dict afterwards does not reach the thread.
func TestArgumentsAreCopied(t *testing.T) {
	out, _ := console(t, qpy.Config{}, `
args, kwargs = [1], {"b": 2}
def work(a, b):
    print(a, b)
_thread.start_new_thread(work, args, kwargs)
args[0] = 10
kwargs["b"] = 20
`)
	assert.Equal(t, "1 2\n", out)
}

func TestUncaughtErrorEndsItsThreadAlone(t *testing.T) {
	out, result := console(t, qpy.Config{}, `
import utime
def bad():
    raise ValueError("in a thread")
def leave():
    _thread.exit()
def other():
    utime.sleep(1)
    print("other goes on")
_thread.start_new_thread(bad, ())
_thread.start_new_thread(leave, ())
_thread.start_new_thread(other, ())
utime.sleep(2)
print("main goes on")
`)
	assert.True(t, strings.HasPrefix(out, "Unhandled exception in thread started by <function bad at 0x"), out)
	assert.True(t, strings.HasSuffix(out, ">\nTraceback (most recent call last):\n  File \"main.py\", line 21, in bad\nValueError: in a thread\nother goes on\nmain goes on\n"), out)
	assert.Equal(t, qpy.Finished, result.Ending)
	assert.Zero(t, result.Code)
}

func TestStopThread(t *testing.T) {
	out, _ := console(t, qpy.Config{}, `
import utime
log = []
def forever(name):
    while True:
        log.append(name)
        utime.sleep(1)
def itself():
    log.append("before")
    _thread.stop_thread(0)
    log.append("not reached")
def holding(lock):
    with lock:
        utime.sleep(100)
a = _thread.start_new_thread(forever, ("a",))
b = _thread.start_new_thread(itself, ())
lock = _thread.allocate_lock()
c = _thread.start_new_thread(holding, (lock,))
utime.sleep_ms(2500)
print(_thread.threadIsRunning(a), _thread.stop_thread(a), _thread.threadIsRunning(a), _thread.threadIsRunning(b))
utime.sleep(5)
print(log)
print(_thread.stop_thread(c), lock.locked())       # a thread that is stopped takes its locks with it
attempt(_thread.stop_thread, a)
attempt(_thread.stop_thread, 77)
attempt(_thread.stop_thread, 0)
attempt(_thread.stop_thread, _thread.get_ident())
attempt(_thread.stop_thread, "a")
attempt(_thread.threadIsRunning, "a")
`)
	assert.Equal(t, `True 0 False False
['a', 'before', 'a', 'a']
0 True
ValueError: No thread with thread id 2 was found!
ValueError: No thread with thread id 77 was found!
ValueError: Deleting the main thread is not allowed!
ValueError: Deleting the main thread is not allowed!
TypeError: can't convert str to int
TypeError: can't convert str to int
`, out)
}

func TestLock(t *testing.T) {
	out, _ := console(t, qpy.Config{}, `
import utime
lock = _thread.allocate_lock()
print(lock.locked(), lock.acquire(), lock.locked(), lock.acquire(0), lock.acquire(False, 5))
attempt(lock.acquire, 1, 2, 3)
attempt(lock.acquire, "x")
lock.release()
attempt(lock.release)
with lock:
    print("held", lock.locked())
try:
    with lock:
        raise KeyError("out of it")
except KeyError:
    print("released", lock.locked())

order = []
def take(name):
    with lock:
        order.append(name)
        utime.sleep(1)
lock.acquire()
for name in "abc":
    _thread.start_new_thread(take, (name,))
utime.sleep(1)
order.append("main")
lock.release()                                     # any thread may release it
utime.sleep(5)
print(order, lock.locked())
`)
	assert.Equal(t, `False True True False False
TypeError: function expected at most 2 arguments, got 3
TypeError: can't convert str to int
RuntimeError: 
held True
released False
['main', 'a', 'b', 'c'] False
`, out)
}

func TestDeletedLock(t *testing.T) {
	out, _ := console(t, qpy.Config{}, `
import utime
lock = _thread.allocate_lock()
lock.acquire()
def waits():
    attempt(lock.acquire)
_thread.start_new_thread(waits, ())
utime.sleep(1)
print(_thread.delete_lock(lock), _thread.delete_lock(lock))
utime.sleep(1)
attempt(lock.acquire)
attempt(lock.release)
attempt(_thread.delete_lock, 5)
attempt(_thread.delete_lock, _thread.allocate_semphore(1))
`)
	assert.Equal(t, `None None
OSError: [Errno 22] EINVAL
OSError: [Errno 22] EINVAL
RuntimeError: 
TypeError: The argument isn't a lock.
TypeError: The argument isn't a lock.
`, out)
}

func TestSemaphore(t *testing.T) {
	out, _ := console(t, qpy.Config{}, `
import utime
s = _thread.allocate_semphore(2)
print(s.getCnt(), s.acquire(), s.acquire(), s.getCnt(), s.acquire(0))
got = []
def take(name):
    s.acquire()
    got.append(name)
_thread.start_new_thread(take, ("a",))
_thread.start_new_thread(take, ("b",))
utime.sleep(1)
s.release()
utime.sleep(1)
print(got, s.getCnt())
s.release()
s.release()
utime.sleep(1)
print(got, s.getCnt())
s.release()
print(s.getCnt())
attempt(s.release)                                 # more than were taken
print(_thread.delete_semphore(s))
attempt(s.acquire)
attempt(_thread.allocate_semphore)
attempt(_thread.allocate_semphore, "2")
attempt(_thread.allocate_semphore, 0)
attempt(_thread.allocate_semphore, 65536)
attempt(_thread.delete_semphore, _thread.allocate_lock())
`)
	assert.Equal(t, `(2, 2) True True (2, 0) False
['a'] (2, 0)
['a', 'b'] (2, 1)
(2, 2)
RuntimeError: 
None
OSError: [Errno 22] EINVAL
TypeError: function takes 1 positional arguments but 0 were given
TypeError: can't convert str to int
ValueError: semphore count must be in [1, 65535], not 0
ValueError: semphore count must be in [1, 65535], not 65536
TypeError: The argument isn't a semphore.
`, out)
}

func TestStackAndHeap(t *testing.T) {
	out, _ := console(t, qpy.Config{}, `
print(_thread.stack_size(), _thread.stack_size(4096), _thread.stack_size())
print(_thread.stack_size(0), _thread.stack_size(-1), _thread.stack_size(1023), _thread.stack_size(1024), _thread.stack_size())
attempt(_thread.stack_size, "big")
print(_thread.get_heap_size() > 0)
`)
	assert.Equal(t, "2048 0 4096\n-1 -1 -1 0 1024\nTypeError: can't convert str to int\nTrue\n", out)
}

func TestWrongArguments(t *testing.T) {
	out, _ := console(t, qpy.Config{}, `
attempt(_thread.start_new_thread)
attempt(_thread.start_new_thread, print)
attempt(_thread.start_new_thread, print, 5)
attempt(_thread.start_new_thread, print, (), 5)
attempt(_thread.start_new_thread, print, (), {}, 5)
attempt(_thread.allocate_lock, 1)
attempt(_thread.get_ident, 1)
attempt(_thread.stop_thread)
attempt(_thread.exit, 1)
`)
	assert.Equal(t, `TypeError: function missing 2 required positional arguments
TypeError: function missing 1 required positional arguments
TypeError: object 'int' isn't a tuple or list
TypeError: expecting a dict for keyword args
TypeError: function expected at most 3 arguments, got 4
TypeError: function takes 0 positional arguments but 1 were given
TypeError: function takes 0 positional arguments but 1 were given
TypeError: function takes 1 positional arguments but 0 were given
TypeError: function takes 0 positional arguments but 1 were given
`, out)
}

func TestDeadlockNamesEveryTask(t *testing.T) {
	out, result := console(t, qpy.Config{}, `
lock, other = _thread.allocate_lock(), _thread.allocate_lock()
s = _thread.allocate_semphore(1)
def first():
    with lock:
        other.acquire()
other.acquire()
s.acquire()
_thread.start_new_thread(first, ())
s.acquire()
`)
	assert.Equal(t, "qpy: deadlock: nothing will ever wake task 0 \"main\" (waits for semphore 3), task 1 \"first\" (waits for lock 2)\n", out)
	assert.Equal(t, qpy.Stuck, result.Ending)
	assert.Equal(t, 1, result.Code)
}
