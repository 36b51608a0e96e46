# Tasks, sleeping, waiting, cancelling; every name of the module.
import uasyncio
from uasyncio import core
from utime import ticks_ms, ticks_diff

print(uasyncio.__version__, uasyncio.CancelledError, issubclass(uasyncio.CancelledError, Exception), issubclass(uasyncio.TimeoutError, Exception))


def section(name):
    print("--", name)


section("sleeping in turn")


async def sleeper(name, ms, times):
    for i in range(times):
        await uasyncio.sleep_ms(ms)
        print(name, i)
    return name


async def main():
    a = uasyncio.create_task(sleeper("a", 20, 3))
    b = uasyncio.create_task(sleeper("b", 50, 2))
    t0 = ticks_ms()
    await uasyncio.sleep(0.13)
    d = ticks_diff(ticks_ms(), t0)
    print(130 <= d < 160, await a, await b)
    await uasyncio.sleep_ms(-5)
    await uasyncio.sleep(0)
    return "main"


print(uasyncio.run(main()))

section("await a value, a task, an error")


async def value(v):
    return v


async def fail(e):
    await uasyncio.sleep_ms(1)
    raise e


async def main():
    print(await value(1), await uasyncio.create_task(value(2)))
    t = uasyncio.create_task(fail(ValueError("no")))
    for i in range(2):
        try:
            await t
        except ValueError as e:
            print("raised", e)
    try:
        await fail(KeyError(1))
    except KeyError as e:
        print("raised", repr(e))
    try:
        uasyncio.create_task(5)
    except TypeError as e:
        print(e)
    try:
        await 5
    except TypeError as e:
        print(e)


uasyncio.run(main())
try:
    uasyncio.run(fail(OSError(2)))
except OSError as e:
    print("out of run:", e)

section("gather")


async def main():
    print(await uasyncio.gather(sleeper("x", 30, 1), sleeper("y", 10, 1), value(3)))
    print(await uasyncio.gather())
    print(await uasyncio.gather(value(1), fail(ValueError("in gather")), return_exceptions=True))
    try:
        await uasyncio.gather(value(1), fail(ValueError("through gather")))
    except ValueError as e:
        print(e)


uasyncio.run(main())

section("wait_for")


async def stubborn():
    try:
        await uasyncio.sleep_ms(500)
    except uasyncio.CancelledError:
        print("not yet")
    await uasyncio.sleep_ms(10)
    return "late"


async def main():
    print(await uasyncio.wait_for(value(5), 1))
    print(await uasyncio.wait_for(value(6), None))
    print(await uasyncio.wait_for_ms(sleeper("w", 5, 1), 50))
    for aw in (uasyncio.sleep_ms, stubborn):
        try:
            await uasyncio.wait_for_ms(sleeper("s", 100, 1) if aw is uasyncio.sleep_ms else aw(), 30)
        except uasyncio.TimeoutError as e:
            print("timeout", repr(e))
    try:
        await uasyncio.wait_for(fail(ValueError("in time")), 1)
    except ValueError as e:
        print(e)


uasyncio.run(main())

section("cancel")


async def cleanup(name):
    try:
        await uasyncio.sleep_ms(200)
    except uasyncio.CancelledError:
        print(name, "cancelled")
        raise
    finally:
        print(name, "cleaned up")


async def nested():
    await uasyncio.create_task(cleanup("inner"))


async def main():
    t = uasyncio.create_task(cleanup("early"))
    print(t.cancel())
    await uasyncio.sleep_ms(1)
    t = uasyncio.create_task(cleanup("running"))
    await uasyncio.sleep_ms(1)
    print(t.cancel(), t.cancel())
    try:
        await t
    except uasyncio.CancelledError:
        print("seen")
    print(t.cancel(), t.coro, type(t.data))
    t = uasyncio.create_task(nested())
    await uasyncio.sleep_ms(1)
    t.cancel()
    await uasyncio.sleep_ms(1)
    try:
        core.cur_task.cancel()
    except RuntimeError as e:
        print(e)


uasyncio.run(main())

section("event")


async def waiter(ev, name):
    print(name, await ev.wait())


async def main():
    ev = uasyncio.Event()
    print(ev.is_set())
    ts = [uasyncio.create_task(waiter(ev, i)) for i in range(3)]
    await uasyncio.sleep_ms(1)
    ts[1].cancel()
    ev.set()
    print(ev.is_set(), await ev.wait())
    await uasyncio.sleep_ms(1)
    ev.clear()
    print(ev.is_set())
    try:
        await uasyncio.wait_for_ms(ev.wait(), 10)
    except uasyncio.TimeoutError:
        print("not set")


uasyncio.run(main())

section("lock")


async def holder(lock, name):
    async with lock:
        print(name, "has it", lock.locked())
        await uasyncio.sleep_ms(10)
    print(name, "is done")


async def main():
    lock = uasyncio.Lock()
    try:
        lock.release()
    except RuntimeError as e:
        print(e)
    ts = [uasyncio.create_task(holder(lock, i)) for i in range(4)]
    await uasyncio.sleep_ms(5)
    ts[2].cancel()
    for t in ts:
        try:
            await t
        except uasyncio.CancelledError:
            print("one was cancelled")
    print(await lock.acquire(), lock.locked())
    lock.release()
    print(lock.locked())


uasyncio.run(main())

section("exceptions that nobody waits for")


async def main():
    loop = uasyncio.get_event_loop()
    print(loop.get_exception_handler())
    loop.set_exception_handler(lambda loop, context: print(context["message"], repr(context["exception"]), type(context["future"])))
    uasyncio.create_task(fail(ValueError("alone")))
    t = uasyncio.create_task(cleanup("quiet"))
    await uasyncio.sleep_ms(5)
    t.cancel()
    await uasyncio.sleep_ms(5)
    loop.set_exception_handler(None)


uasyncio.run(main())

section("loop")
loop = uasyncio.new_event_loop()
print(loop.run_until_complete(value(7)), loop.close())


async def stopper():
    await uasyncio.sleep_ms(20)
    print("stop")
    loop.stop()
    loop.stop()


loop.create_task(stopper())
loop.create_task(sleeper("forever", 15, 9))
loop.run_forever()
uasyncio.new_event_loop()
print(uasyncio.run(value(8)))

section("queue")
q = core.TaskQueue()
print(q.peek())
try:
    q.pop_head()
except IndexError as e:
    print(e)
ts = [core.Task(None, globals()) for i in range(9)]
for i in (5, 3, 8, 3, 1, 5, 0, 7, 3):
    q.push_sorted(ts.pop(), i)
removed = q.peek()
q.remove(removed)
q.remove(removed)
print(removed.ph_key, q.peek().ph_key)
keys = []
while q.peek():
    keys.append(q.pop_head().ph_key)
print(keys)
t = core.Task(value(1))
print(t.data, hasattr(t, "waiting"), hasattr(t, "nothing"))
t.data = 5
print(t.data, type(iter(t).waiting) is core.TaskQueue)
t.coro.close()
for name in ("nothing", "_attrs2"):
    try:
        getattr(uasyncio, name)
    except AttributeError as e:
        print(e)
for bad in (lambda: core.Task(), lambda: core.TaskQueue(1), lambda: core.Task(1, 2, 3)):
    try:
        bad()
    except TypeError as e:
        print(e)
