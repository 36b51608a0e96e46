# queue is the firmware's own, in Python over locks.
import _thread
import queue
import utime

q = queue.Queue()
print(q.maxsize, q.empty(), q.size())
print(q.put(1), q.put(), q.put([2]), q.size(), q.empty())
print(q.get(), q.get(), q.get(), q.empty())

# One more than its size fits.
q = queue.Queue(maxsize=2)
print([q.put(i) for i in range(5)], q.size(), [q.get() for i in range(3)])
q = queue.Queue(0)
print(q.put("a"), q.put("b"), q.get())

# get waits in a thread until put brings something.
q = queue.Queue()
log = []


def reader():
    for i in range(3):
        log.append((q.get(), utime.ticks_diff(utime.ticks_ms(), t0) // 100))


t0 = utime.ticks_ms()
_thread.start_new_thread(reader, ())
for item in "xyz":
    utime.sleep_ms(200)
    q.put(item)
utime.sleep_ms(100)
print(log)

# The signal stays taken after a get that waited; the next one waits again.
done = []
_thread.start_new_thread(lambda: done.append(q.get()), ())
utime.sleep_ms(10)
q.put("again")
utime.sleep_ms(10)
print(done, q.size())

# What is put does not matter, the size does.
q = queue.Queue(None)
try:
    q.put(1)
except TypeError as e:
    print(e)
for bad in (lambda: queue.Queue(1, 2), lambda: queue.Queue().put(1, 2), lambda: queue.Queue().get(1)):
    try:
        bad()
    except TypeError as e:
        print(e)
print(queue.__name__, queue.__file__)

# Two readers, one item: who comes too late waits on.
q = queue.Queue()
got = []


def late(name):
    got.append((name, q.get()))


for name in "ab":
    _thread.start_new_thread(late, (name,))
utime.sleep_ms(10)
q.put(1)
utime.sleep_ms(10)
q.put(2)
utime.sleep_ms(10)
print(sorted(got), q.size())

# A traceback shows the firmware's lines.
q = queue.Queue()
q.put(1)
q._Queue__deque if hasattr(q, "_Queue__deque") else q.__deque.clear()
q.size = lambda: 1
q.get()

# Called wrongly.
for name in ("put", "get", "empty", "size"):
    try:
        getattr(q, name)(*[1] * 9)
    except TypeError as e:
        print(name, e)
try:
    queue.Queue(1, 2, 3)
except TypeError as e:
    print(e)
