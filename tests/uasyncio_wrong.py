# Every function of uasyncio called with too many arguments, and the rest of them
# called well.
import uasyncio
from uasyncio import core
from uasyncio.stream import Server, Stream


def wrong(o, names):
    for name in names:
        try:
            r = getattr(o, name)(*[1] * 9)
            r.send(None)
        except TypeError as e:
            print(name, e)


wrong(uasyncio, ("create_task", "get_event_loop", "new_event_loop", "run", "run_until_complete", "sleep", "sleep_ms",
                 "wait_for", "open_connection", "start_server"))
wrong(uasyncio.Event(), ("is_set", "set", "clear", "wait"))
wrong(uasyncio.Lock(), ("locked", "release", "acquire"))
wrong(core.Loop, ("create_task", "run_forever", "run_until_complete", "close", "set_exception_handler",
                  "get_exception_handler", "default_exception_handler", "call_exception_handler"))
wrong(core.TaskQueue(), ("peek", "push_sorted", "push_head", "pop_head", "remove"))
wrong(core.IOQueue(), ("queue_read", "queue_write", "remove", "wait_io_event"))
wrong(Stream(None), ("get_extra_info", "close", "wait_closed", "read", "readexactly", "readline", "write", "drain",
                            "aclose", "awrite", "awritestr"))
wrong(Server(), ("close", "wait_closed"))


async def fail(e):
    raise e


try:
    uasyncio.run(uasyncio.gather(fail(ValueError("gathered")), "no coroutine"))
except (TypeError, ValueError) as e:
    print(type(e))
uasyncio.new_event_loop()

print("-- the handler of what nobody awaits")
loop = uasyncio.get_event_loop()
print(loop.get_exception_handler())
loop.set_exception_handler(lambda loop, context: print("handled", context["message"], repr(context["exception"])))
loop.call_exception_handler({"message": "by hand", "exception": KeyError(1), "future": None})
loop.set_exception_handler(None)
try:
    loop.default_exception_handler(loop, {})
except KeyError as e:
    print("KeyError", e)


async def main():
    print("-- streams, by the names of older versions")

    async def serve(reader, writer):
        print(await reader.readline(), reader.get_extra_info("peername") is not None)
        await writer.awritestr("answer\n")
        writer.close()
        await writer.aclose()

    server = await uasyncio.start_server(serve, "127.0.0.1", 8023)
    await uasyncio.sleep_ms(1)
    reader, writer = await uasyncio.open_connection("127.0.0.1", 8023)
    await writer.awrite(b"xxline\n", 2)
    print(await reader.readline())
    await reader.wait_closed()
    server.close()
    await server.wait_closed()
    try:
        reader.get_extra_info("none")
    except KeyError as e:
        print("KeyError", e)


uasyncio.run(main())

print("-- a queue of tasks")
q = core.TaskQueue()
a, b = core.Task(None), core.Task(None)
q.push_head(a)
q.push_sorted(b, 1)
q.remove(a)
print(q.peek() is b, q.pop_head() is b, q.peek())
try:
    q.pop_head()
except IndexError as e:
    print(e)
