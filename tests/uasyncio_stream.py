# Streams of uasyncio over sockets: a server and its clients in one program.
import uasyncio

seen = []


async def serve(reader, writer):
    line = await reader.readline()
    if not line:
        await writer.wait_closed()
        return
    seen.append(line)
    writer.write(b"echo " + line)
    await writer.drain()
    try:
        seen.append(await reader.readexactly(4))
    except EOFError:
        seen.append("EOFError")
    writer.write(b"bye")
    await writer.drain()
    writer.close()
    await writer.wait_closed()


async def client(text, more):
    reader, writer = await uasyncio.open_connection("127.0.0.1", 8021)
    print(reader is writer, type(reader.get_extra_info) == type(reader.read))
    await writer.awrite(text)
    answer = await reader.readline()
    writer.write(more)
    await writer.drain()
    rest = b""
    while True:
        part = await reader.read(2)
        if not part:
            break
        rest += part
    await reader.aclose()
    return answer, rest


async def main():
    server = await uasyncio.start_server(serve, "127.0.0.1", 8021)
    async with server:
        await uasyncio.sleep_ms(1)
        print(await client(b"first\n", b"1234"))
        results = await uasyncio.gather(client(b"a\n", b"abcd"), client(b"b\n", b"efgh"))
        print(sorted(results), sorted(seen))
        try:
            await uasyncio.wait_for_ms(silent(), 30)
        except uasyncio.TimeoutError:
            print("TimeoutError")
    try:
        await uasyncio.open_connection("127.0.0.1", 8022)
        reader, writer = await uasyncio.open_connection("127.0.0.1", 8022)
        await reader.read(1)
    except OSError as e:
        print("OSError", e.args[0])


async def silent():
    reader, writer = await uasyncio.open_connection("127.0.0.1", 8021)
    try:
        await reader.read(1)
    finally:
        await reader.wait_closed()


uasyncio.run(main())
