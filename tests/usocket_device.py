# What sockets of a module have more than those of MicroPython's unix port, and
# a virtual server of the network.
import usocket
import utime


def t(f, *a):
    try:
        print(f(*a))
    except OSError as e:
        print(e)
    except Exception as e:
        print(type(e), e)


print("-- addresses are tuples")
print(usocket.getaddrinfo("127.0.0.1", 80), usocket.getaddrinfo("localhost", "80", 0, 0, 6, 0))
print(usocket.getaddrinfo("", 0, usocket.AF_INET, usocket.SOCK_DGRAM))
for port in (-1, 65536, "http", None, 1.5):
    t(usocket.getaddrinfo, "127.0.0.1", port)
t(usocket.getaddrinfo, 5, 80)
t(usocket.getaddrinfo, "nobody.example.com", 80)
t(usocket.getaddrinfo, "..", 80)
for bad in ((), (1,), ("127.0.0.1", 1, 2), (5, 5), ("nobody.example.com", 80)):
    t(usocket.socket().connect, bad)
t(usocket.socket, usocket.AF_INET6)
t(usocket.socket, usocket.AF_INET, usocket.SOCK_RAW)
t(usocket.socket, "x")
t(usocket.socket, 2, 1, 0, 0)
print(usocket.IPPROTO_TCP, usocket.IPPROTO_UDP, usocket.IPPROTO_IP, usocket.TCP_KEEPALIVE)

print("-- states and options")
s = usocket.socket()
print(s, s.fileno() + 1 == usocket.socket().fileno(), s.makefile() is s, s.getsocketsta())
t(s.getsocketsta, 1)
t(s.fileno, 1)
t(usocket.socket.fileno, 5)
t(usocket.socket.getsocketsta, 5)
t(usocket.socket.makefile, 5)
s.setsockopt(usocket.SOL_SOCKET, usocket.SO_REUSEADDR, 1)
s.setsockopt(usocket.SOL_SOCKET, usocket.TCP_KEEPALIVE, 1)
s.setsockopt(usocket.SOL_SOCKET, 99, 1)
t(s.setsockopt, 1, "x", 1)
t(s.setsockopt, 1, 2, "x")
t(s.listen, "x")
for name in ("bind", "listen", "accept", "connect", "send", "sendall", "sendto", "recv", "recvfrom", "setsockopt", "settimeout",
             "setblocking", "makefile", "fileno", "getsocketsta", "read", "readinto", "readline", "write", "close"):
    t(getattr(s, name), *[1] * 9)
t(s.bind, ("192.0.2.1", 80))
s.bind(("0.0.0.0", 8017))
s.listen(1)
print(s.getsocketsta())
t(s.connect, ("127.0.0.1", 8017))
c = usocket.socket()
c.connect(("localhost", 8017))
p, address = s.accept()
print(c.getsocketsta(), address[0])
c.settimeout(0.5)
t0 = utime.ticks_ms()
t(c.recv, 10)
print(utime.ticks_diff(utime.ticks_ms(), t0))
t(c.recv, "x")
t(c.connect, ("127.0.0.1", 8017))
print(p.sendall(b"all"), c.recv(2), c.recvfrom(5)[0])
c.sendto(b"as send", ("127.0.0.1", 1))
print(p.recv(100))
t(p.sendall, 5)
t(p.sendall)
p.close()
print(c.getsocketsta(), c.recv(1), s.getsocketsta(), p.getsocketsta())
c.close()

# What nobody reads: sendall gives up.
c = usocket.socket()
c.connect(("127.0.0.1", 8017))
p, address = s.accept()
c.settimeout(0.2)
t(c.sendall, bytes(100000))
p.settimeout(-5)  # for ever
p.setblocking(0)
t(p.connect, ("127.0.0.1", 8017))
s.close()

print("-- a server of the virtual network speaks HTTP")


def get(request, host="www.example.com", port=80):
    s = usocket.socket()
    s.connect(usocket.getaddrinfo(host, port)[0][-1])
    s.send(request)
    head = []
    while True:
        line = s.readline()
        if line in (b"\r\n", b""):
            break
        head.append(line.strip())
    body = 0
    while True:
        part = s.recv(4096)
        if not part:
            break
        body += len(part)
    s.close()
    return head, body


t0 = utime.ticks_ms()
head, body = get(b"GET /fota1.bin HTTP/1.0\r\nHost: www.example.com\r\n\r\n")
print(head[0], body > 1000, ("Content-Length: %d" % body).encode() in head, utime.ticks_diff(utime.ticks_ms(), t0) > 100)
print(get(b"GET /no HTTP/1.1\r\nHost: www.example.com\r\nConnection: close\r\n\r\n"))
print(get(b"POST / HTTP/1.0\r\nContent-Length: 4\r\n\r\nbody"))
print(get(b"HEAD /fota1.bin HTTP/1.0\r\n\r\n")[1])
print(get(b"nonsense\r\n\r\n")[0])
s = usocket.socket()
t(s.connect, ("www.example.com", 81))
t(s.connect, ("www.example.com", 443))
t(s.connect, ("192.0.2.1", 80))
t(usocket.socket(2, 2).sendto, b"x", ("192.0.2.1", 53))

# Two requests over one connection, and a request in two parts.
s = usocket.socket()
s.connect(("www.example.com", 80))
s.write(b"GET /1 HTTP/1.1\r\nHost: www.exam")
utime.sleep_ms(500)
s.write(b"ple.com\r\n\r\nGET /2 HTTP/1.1\r\nHost: www.example.com\r\nConnection: close\r\n\r\n")
print(s.read())
