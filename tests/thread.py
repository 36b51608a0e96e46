# Threads, locks and semaphores.
import _thread
import utime

print("-- two threads and the main one take turns while they wait")


def count(name, pause, to=3):
    for i in range(to):
        utime.sleep(pause)
        print(name, i)


print("ids:", _thread.get_ident(), _thread.start_new_thread(count, ("slow", 2)), _thread.start_new_thread(count, ("fast", 0.5), {"to": 4}))
utime.sleep(3)
print("main, after 3 seconds:", _thread.threadIsRunning(2), _thread.threadIsRunning(3))
utime.sleep(4)

print("-- a lock lets one in at a time")
lock = _thread.allocate_lock()


def careful(name):
    with lock:
        print(name, "goes in")
        utime.sleep(1)
        print(name, "goes out")


for name in ("a", "b", "c"):
    _thread.start_new_thread(careful, (name,))
utime.sleep(0.5)
print("locked:", lock.locked(), "- without waiting:", lock.acquire(0))
utime.sleep(4)
print("locked:", lock.locked())
try:
    lock.release()
except RuntimeError:
    print("RuntimeError: nobody holds it")

print("-- a semaphore lets two in")
seats = _thread.allocate_semphore(2)


def guest(name):
    seats.acquire()
    print(name, "sits down, (seats, free):", seats.getCnt())
    utime.sleep(1)
    seats.release()


for name in ("a", "b", "c"):
    _thread.start_new_thread(guest, (name,))
utime.sleep(3)
print("(seats, free):", seats.getCnt())

print("-- stopping a thread")
worker = _thread.start_new_thread(count, ("endless", 1, 1000000))
utime.sleep(2.5)
print("stopped:", _thread.stop_thread(worker), _thread.threadIsRunning(worker))
utime.sleep(5)
for who in (worker, 0):
    try:
        _thread.stop_thread(who)
    except ValueError as e:
        print("ValueError:", e)

print("-- a thread may leave by itself")


def leave():
    print("leaving")
    _thread.exit()
    print("not reached")


_thread.start_new_thread(leave, ())
utime.sleep(1)
print("-- the size of a stack, and the heap")
print(_thread.stack_size(), _thread.stack_size(4096), _thread.stack_size(), _thread.stack_size(16), _thread.stack_size())
print(_thread.get_heap_size() > 0, _thread.get_ident())

print("-- deleted locks and semaphores")


def t(f, *a):
    try:
        print(f(*a))
    except Exception as e:
        print(type(e).__name__, e)


lock = _thread.allocate_lock()
print(lock.acquire(), lock.release(), lock.acquire(1), lock.release(), _thread.delete_lock(lock))
t(lock.acquire)
t(lock.release)
lock = _thread.allocate_lock()
print(lock.__del__())
t(lock.acquire)
seats = _thread.allocate_semphore(1)
print(seats.acquire(), seats.acquire(0), seats.release(), _thread.delete_semphore(seats))
t(seats.acquire)
t(seats.release)

print("-- wrong calls")
lock, seats = _thread.allocate_lock(), _thread.allocate_semphore(1)
for o, names in (
    (_thread, ("start_new_thread", "stop_thread", "threadIsRunning", "exit", "get_ident", "stack_size", "get_heap_size",
               "allocate_lock", "delete_lock", "allocate_semphore", "delete_semphore")),
    (lock, ("acquire", "release", "locked")),
    (seats, ("acquire", "release", "getCnt")),
):
    for name in names:
        try:
            print(getattr(o, name)(*[1] * 9))
        except TypeError as e:
            print(name, e)
for bad in (0, 65536, "x"):
    t(_thread.allocate_semphore, bad)
t(_thread.delete_lock, 5)
t(_thread.delete_semphore, lock)
t(_thread.stack_size, "x")
t(_thread.start_new_thread, print, 5)
t(_thread.start_new_thread, print, (), 5)
t(_thread.stop_thread, "x")
t(_thread.threadIsRunning, "x")
print(_thread.threadIsRunning(_thread.get_ident()), _thread.threadIsRunning(99))
print(_thread.start_new_thread(lambda a, k=0: print("kwargs", a, k), (1,), {"k": 2}) > 0)
utime.sleep(1)

print("the main thread ends; the module goes on until no thread is left")
_thread.start_new_thread(count, ("last", 1, 2))
