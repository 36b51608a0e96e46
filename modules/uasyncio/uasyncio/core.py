# The loop: it runs tasks when their time has come, and waits for streams.
from time import ticks_ms as ticks, ticks_diff, ticks_add
import sys, select
from _uasyncio import TaskQueue, Task


class CancelledError(BaseException):
    pass


class TimeoutError(Exception):
    pass


# What an exception handler is told of a task that ended in an exception which
# nobody waited for.
_exc_context = {"message": "Task exception wasn't retrieved", "exception": None, "future": None}


# What sleeping awaits: the first step puts the running task back into the
# queue with its time, the second ends the wait. One object serves all sleeps,
# because a task that sleeps takes its first step at once.
class SingletonGenerator:
    def __init__(self):
        self.state = None
        self.exc = StopIteration()

    def __iter__(self):
        return self

    def __next__(self):
        if self.state is None:
            self.exc.__traceback__ = None
            raise self.exc
        _task_queue.push_sorted(cur_task, self.state)
        self.state = None


def sleep_ms(t, sgen=SingletonGenerator()):
    sgen.state = ticks_add(ticks(), max(0, t))
    return sgen


def sleep(t):
    return sleep_ms(int(t * 1000))


# Tasks that wait for streams. The map leads from the id of a stream to the
# task that waits to read, the one that waits to write, and the stream.
class IOQueue:
    def __init__(self):
        self.poller = select.poll()
        self.map = {}

    def _enqueue(self, s, idx):
        entry = self.map.get(id(s))
        if entry is None:
            entry = [None, None, s]
            self.map[id(s)] = entry
            self.poller.register(s, select.POLLOUT if idx else select.POLLIN)
        else:
            self.poller.modify(s, select.POLLIN | select.POLLOUT)
        entry[idx] = cur_task
        cur_task.data = self  # so that cancel finds it

    def _dequeue(self, s):
        del self.map[id(s)]
        self.poller.unregister(s)

    def queue_read(self, s):
        self._enqueue(s, 0)

    def queue_write(self, s):
        self._enqueue(s, 1)

    def remove(self, task):
        for s in [e[2] for e in self.map.values() if e[0] is task or e[1] is task]:
            self._dequeue(s)

    def wait_io_event(self, dt):
        for s, ev in self.poller.ipoll(dt):
            entry = self.map[id(s)]
            if ev & ~select.POLLOUT and entry[0] is not None:
                _task_queue.push_head(entry[0])
                entry[0] = None
            if ev & ~select.POLLIN and entry[1] is not None:
                _task_queue.push_head(entry[1])
                entry[1] = None
            if entry[0] is None and entry[1] is None:
                self._dequeue(s)
            else:
                self.poller.modify(s, select.POLLOUT if entry[0] is None else select.POLLIN)


def _promote_to_task(aw):
    return aw if isinstance(aw, Task) else create_task(aw)


def create_task(coro):
    if not hasattr(coro, "send"):
        raise TypeError("coroutine expected")
    t = Task(coro, globals())
    _task_queue.push_head(t)
    return t


# Run tasks until main_task has ended, or until there is none left.
def run_until_complete(main_task=None):
    global cur_task
    ends = (CancelledError, Exception)
    quiet = (CancelledError, StopIteration)
    while True:
        dt = 1
        while dt > 0:
            dt = -1
            t = _task_queue.peek()
            if t:
                dt = max(0, ticks_diff(t.ph_key, ticks()))
            elif not _io_queue.map:
                return
            _io_queue.wait_io_event(dt)

        t = _task_queue.pop_head()
        cur_task = t
        try:
            exc = t.data
            if exc:
                t.data = None
                t.coro.throw(exc)
            else:
                t.coro.send(None)
        except ends as er:
            if t is main_task:
                if isinstance(er, StopIteration):
                    return er.value
                raise er
            t.data = er
            awaited = False
            if hasattr(t, "waiting"):
                while t.waiting.peek():
                    _task_queue.push_head(t.waiting.pop_head())
                    awaited = True
                t.waiting = None
            if not awaited and not isinstance(er, quiet):
                _exc_context["exception"] = er
                _exc_context["future"] = t
                Loop.call_exception_handler(_exc_context)
            t.coro = None


def run(coro):
    return run_until_complete(create_task(coro))


# A task of this coroutine stands for the end of run_forever.
async def _stopper():
    pass


_stop_task = None


# The loop as an object; there is one, so the class itself is it.
class Loop:
    _exc_handler = None

    def create_task(coro):
        return create_task(coro)

    def run_forever():
        global _stop_task
        _stop_task = Task(_stopper(), globals())
        run_until_complete(_stop_task)

    def run_until_complete(aw):
        return run_until_complete(_promote_to_task(aw))

    def stop():
        global _stop_task
        if _stop_task is not None:
            _task_queue.push_head(_stop_task)
            _stop_task = None

    def close():
        pass

    def set_exception_handler(handler):
        Loop._exc_handler = handler

    def get_exception_handler():
        return Loop._exc_handler

    def default_exception_handler(loop, context):
        print(context["message"])
        print("future:", context["future"], "coro=", context["future"].coro)
        sys.print_exception(context["exception"])

    def call_exception_handler(context):
        handler = Loop._exc_handler or Loop.default_exception_handler
        handler(Loop, context)


# The arguments are those of older versions.
def get_event_loop(runq_len=0, waitq_len=0):
    return Loop


def new_event_loop():
    global _task_queue, _io_queue
    _task_queue = TaskQueue()
    _io_queue = IOQueue()
    return Loop


new_event_loop()
