# Sockets between two ends on the same device: streams, datagrams, errors.
import uerrno
import uselect
import usocket


def t(f, *a):
    try:
        print(f(*a))
    except OSError as e:
        print("OSError", uerrno.errorcode.get(e.args[0], e.args[0]))
    except Exception as e:
        print(type(e))


def address(port):
    return usocket.getaddrinfo("127.0.0.1", port)[0][-1]


print("-- names")
print(usocket.AF_INET, usocket.SOCK_STREAM, usocket.SOCK_DGRAM, usocket.SOL_SOCKET, usocket.SO_REUSEADDR)
info = usocket.getaddrinfo("127.0.0.1", 8017)
print(len(info) >= 1, len(info[0]), info[0][0] == usocket.AF_INET, info[0][1] == usocket.SOCK_STREAM)
print(usocket.getaddrinfo("127.0.0.1", 8017, usocket.AF_INET, usocket.SOCK_STREAM)[0][1] == usocket.SOCK_STREAM)
t(usocket.getaddrinfo, "127.0.0.1")

print("-- a fresh socket")
s = usocket.socket()
t(s.recv, 1)
t(s.send, b"x")
t(s.accept)
t(s.recvfrom, 1)
t(s.bind, None)
t(s.connect, 5)
t(s.send, 5)
t(s.listen)
t(s.settimeout, "x")
t(s.setsockopt, 1, 2)
t(s.setblocking)
t(s.makefile, 1, 2, 3)
t(s.close, 1)
print(type(s.fileno()))
s.setblocking(False)
t(s.connect, address(8099))
s.close()

print("-- a listener")
l = usocket.socket()
l.setsockopt(usocket.SOL_SOCKET, usocket.SO_REUSEADDR, 1)
l.bind(address(8017))
t(l.bind, address(8018))
l.listen(2)
l.setblocking(False)
t(l.accept)
l.settimeout(0.02)
t(l.accept)
l.settimeout(None)
other = usocket.socket()
t(other.bind, address(8017))
t(other.connect, address(8098))
other.close()

print("-- a connection")
c = usocket.socket()
c.connect(address(8017))
peer = l.accept()
print(len(peer))
p = peer[0]
print(c.send(b"hello"), p.recv(3), p.recv(100))
print(p.write(b"line 1\nline 2\nrest"), c.readline(), c.readline(), c.read(4))
buf = bytearray(5)
print(p.send(bytearray(b"abc")), c.readinto(buf, 3), buf)
t(c.connect, address(8017))
c.setblocking(False)
t(c.recv, 10)
print(c.read(5), c.readline(), c.readinto(buf))
c.setblocking(True)
t(c.recv, -1)
poll = uselect.poll()
poll.register(c)
print(poll.poll(0) == [(c, uselect.POLLOUT)])
p.send(b"x")
print(poll.poll(0) == [(c, uselect.POLLIN | uselect.POLLOUT)])
poll.modify(c, uselect.POLLIN)
print(poll.poll(0) == [(c, uselect.POLLIN)], c.recv(1))
print(p.send(b""), p.close(), p.close())
t(p.recv, 1)
t(p.send, b"x")
t(p.write, b"x")
t(p.bind, address(8020))
t(p.listen, 1)
t(p.accept)
t(p.connect, address(8017))
print(c.recv(10), c.read(), c.recv(10))
c.close()

print("-- more than is read")
c = usocket.socket()
c.connect(address(8017))
p = l.accept()[0]
p.settimeout(0)
n = 0
data = bytes(10000)
while True:
    try:
        n += p.send(data)
    except OSError as e:
        print(uerrno.errorcode[e.args[0]])
        break
got = 0
while got < n:
    got += len(c.recv(30000))
print(got == n)
c.close()
p.close()
l.close()
print(poll.poll(0)[0][1] & 32)

print("-- datagrams")
a = usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM)
b = usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM)
a.bind(address(8019))
t(b.bind, address(8019))
print(b.sendto(b"one", address(8019)), b.sendto(b"two", address(8019)))
t(b.sendto, b"x")
t(b.sendto, 5, address(8019))
t(b.sendto, b"x", 5)
print(a.recv(10))
data, sender = a.recvfrom(2)
print(data)
a.setblocking(False)
t(a.recv, 10)
t(a.recvfrom, 10)
print(a.sendto(b"back", sender), b.recv(10))
b.connect(address(8019))
print(b.send(b"sent"), a.recvfrom(10)[0])
a.close()
t(a.sendto, b"x", address(8019))
t(a.recvfrom, 1)
b.close()
