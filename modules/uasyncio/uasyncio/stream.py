# Streams that tasks read from and write to, and TCP connections.
from . import core


class Stream:
    def __init__(self, s, e={}):
        self.s = s
        self.e = e
        self.out_buf = b""

    def get_extra_info(self, v):
        return self.e[v]

    async def __aenter__(self):
        return self

    async def __aexit__(self, exc_type, exc, tb):
        await self.close()

    def close(self):
        pass

    async def wait_closed(self):
        self.s.close()

    async def read(self, n):
        yield core._io_queue.queue_read(self.s)
        return self.s.read(n)

    async def readexactly(self, n):
        data = b""
        while n:
            yield core._io_queue.queue_read(self.s)
            more = self.s.read(n)
            if more is not None:
                if not len(more):
                    raise EOFError
                data += more
                n -= len(more)
        return data

    async def readline(self):
        line = b""
        while True:
            yield core._io_queue.queue_read(self.s)
            more = self.s.readline()
            line += more
            if not more or line[-1] == 10:
                return line

    def write(self, buf):
        self.out_buf += buf

    async def drain(self):
        left = memoryview(self.out_buf)
        done = 0
        while done < len(left):
            yield core._io_queue.queue_write(self.s)
            n = self.s.write(left[done:])
            if n is not None:
                done += n
        self.out_buf = b""


StreamReader = Stream
StreamWriter = Stream


async def open_connection(host, port):
    from uerrno import EINPROGRESS
    import usocket as socket

    address = socket.getaddrinfo(host, port)[0][-1]
    s = socket.socket()
    s.setblocking(False)
    both = Stream(s)
    try:
        s.connect(address)
    except OSError as er:
        if er.args[0] != EINPROGRESS:
            raise er
    yield core._io_queue.queue_write(s)
    return both, both


class Server:
    async def __aenter__(self):
        return self

    async def __aexit__(self, exc_type, exc, tb):
        self.close()
        await self.wait_closed()

    def close(self):
        self.task.cancel()

    async def wait_closed(self):
        await self.task

    async def _serve(self, cb, host, port, backlog):
        import usocket as socket

        address = socket.getaddrinfo(host, port)[0][-1]
        s = socket.socket()
        s.setblocking(False)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        s.bind(address)
        s.listen(backlog)
        self.task = core.cur_task
        while True:
            try:
                yield core._io_queue.queue_read(s)
            except core.CancelledError:
                s.close()
                return
            try:
                client, peer = s.accept()
            except:
                continue
            client.setblocking(False)
            both = Stream(client, {"peername": peer})
            core.create_task(cb(both, both))


async def start_server(cb, host, port, backlog=5):
    server = Server()
    core.create_task(server._serve(cb, host, port, backlog))
    return server


# Names of older versions.
async def stream_awrite(self, buf, off=0, sz=-1):
    if off != 0 or sz != -1:
        whole = memoryview(buf)
        if sz == -1:
            sz = len(whole)
        buf = whole[off : off + sz]
    self.write(buf)
    await self.drain()


Stream.aclose = Stream.wait_closed
Stream.awrite = stream_awrite
Stream.awritestr = stream_awrite
