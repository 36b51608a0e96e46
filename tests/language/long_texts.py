# Texts of several hundred kilobytes: what is gone through piece by piece gives what
# it gives in one go, wherever the pieces meet.

piece = 256 * 1024


def show(*values):
    for v in values:
        if isinstance(v, (str, bytes)) and len(v) > 40:
            print(len(v), hash(v), v[:8], v[-8:], end=" ")
        else:
            print(v, end=" ")
    print()


for extra in (-1, 0, 1, 5):
    n = piece + extra
    s = "a" * n + "needle" + "b" * n
    show(s.find("needle"), s.rfind("needle"), s.find("a", n - 1), s.rfind("b", 0, n + 7), s.find("x"), s.rfind("x"))
    show(s.find("needle" + "b" * n), s.rfind("a" * n + "n"), s.find("a" * n + "x"), "needle" in s, "eln" in s)
    show(s.count("a"), s.count("ab"), s.count("bb"), s.count("needle"), s.count("a" * piece), s.count(""))
    show(s.replace("needle", "-"), s.replace("aa", "b"), s.replace("b", "", 3), s.replace("x", "y"))
    show(s.isalpha(), s.isdigit(), s.islower(), s.isupper(), s.upper(), s.upper().isupper(), s.upper().lower() == s)
    show(s.strip("ab"), s.lstrip("a")[:9], s.rstrip("b")[-9:], len(s.strip()), (" " * n + s + "\n" * n).strip() == s)
    show([len(x) for x in s.split("needle")], [len(x) for x in s.rsplit("e", 1)], [len(x) for x in s.partition("n")])
    show([len(x) for x in s.rpartition("e")], len(s.split("b", 5)), len(s.split()), len((s + " ") * 2), len(((s + " ") * 2).split()))
    show([len(x) for x in (s + "\n" + s + "\r\n\n").splitlines()])
    show(hash(s) == hash("a" * n + "needle" + "b" * n), {s: 1}["a" * n + "needle" + "b" * n], hash(s.encode()) == hash(bytes(s, "utf-8")))

    w = "é" * (n // 2) + "€" + "x" * n
    show(len(w), w[n // 2], w[-n - 1], w[n // 2 - 1], w[-1], w[n // 2 : n // 2 + 3], w[-n - 3 : -n + 2], ord(w[n // 2]))
    show(w.find("€"), w.rfind("é"), w.find("x", n // 2 + 1), w.count("é"), w.count(""), w.count("€x"))
    show(len(w.encode()), w.encode().decode() == w, len(repr(w)), repr(w)[-9:], repr(w)[:9])
    try:
        (w.encode() + b"\xc3").decode()
    except UnicodeError:
        print("no text")
    try:
        w[len(w)]
    except IndexError as e:
        print(e)

    q = "'" * n + "\\" + "\x01" * 9
    show(len(repr(q)), repr(q)[:5], repr(q)[-9:], len(repr(q + '"')), len(repr(q.encode())), repr(bytearray(b"\x00" * n))[-9:])
    show(len("%s%%" % s), len("{}{{".format(s)), len(("a%%b" * n) % ()), ("c{{}}" * n).format() == "c{}" * n, len("%r" % q))

x = (1 << 300000) - 12345
for f in ("%d", "%x", "%o", "%X", "%#x"):
    for v in (x, -x, x >> 150001, 1 << 196608):
        show(f % v, len(f % v))
show("{:b}".format(x >> 7), "{:,}".format(x >> 200000), hex(-x), oct(x), bin(x >> 3))
print(pow(3, x, 1000000007), pow(x, 12345, 998244353))
