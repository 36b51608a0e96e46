# namedtuple, deque and OrderedDict.
import ucollections
from ucollections import namedtuple, deque, OrderedDict

def attempt(f, *args, **kw):
    try:
        r = f(*args, **kw)
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, NotImplementedError) as e:
        r = type(e).__name__ + ": " + str(e)
    print(r)

print("== namedtuple")
Point = namedtuple("Point", ("x", "y"))
p = Point(1, 2)
print(Point, p, p.x, p.y, p[0], p[-1], len(p), list(p), p == (1, 2), (1, 2) == p, p == Point(1, 2), p == Point(2, 1), hash(p) == hash((1, 2)))
print(Point(y=3, x=4), Point(1, y=5), isinstance(p, tuple), isinstance(p, Point), type(p) is Point, bool(p))
print(p + (3,), p * 2, p[:1], 2 in p, p < (1, 3), {p: "key"}[(1, 2)], str(p), repr(p))
x, y = p
print(x, y)
for fields in ("a b c", ["a", "b", "c"], "  a   b\tc "):
    print(namedtuple("T", fields)(1, 2, 3))
attempt(Point)
attempt(Point, 1)
attempt(Point, 1, 2, 3)
attempt(Point, 1, x=2)
attempt(Point, 1, z=2)
attempt(Point, x=1, y=2, z=3)
attempt(getattr, p, "z")
attempt(getattr, p, "count")
attempt(getattr, p, "_asdict")
attempt(setattr, p, "x", 5)
attempt(setattr, p, "new", 5)
attempt(lambda: p[5])
attempt(lambda: p["x"])
attempt(namedtuple, "T")
attempt(namedtuple, 5, "a b")
attempt(namedtuple, "T", 5)
attempt(namedtuple, "T", (1, 2))
class Named(namedtuple("Base", "a b")):
    def sum(self):
        return self.a + self.b
n = Named(3, 4)
print(n.sum(), n, n.a, n[1])
class Cell(Point):
    pass
print(Cell(1, 2) == (1, 2), Cell(1, 2).x)

print("== deque")
d = deque((), 3)
print(len(d), bool(d))
for i in range(5):
    d.append(i)
    print(len(d), bool(d), end=" ")
print()
print(d.popleft(), d.popleft(), len(d))
d.append("x")
print(d.popleft(), d.popleft(), len(d), bool(d))
attempt(d.popleft)
strict = deque((), 2, 1)
strict.append(1)
strict.append(2)
attempt(strict.append, 3)
print(strict.popleft(), strict.popleft())
attempt(strict.popleft)
one = deque(tuple(), 1)
one.append(1)
one.append(2)
print(one.popleft(), len(one))
nothing = deque((), 0)
nothing.append(1)
print(len(nothing))
attempt(deque)
attempt(deque, ())
attempt(deque, (), -1)
attempt(deque, (1,), 2)
attempt(deque, [], 2)
attempt(deque, (), "2")
attempt(deque, (), 1, 1, 1)
attempt(lambda: [i for i in d])
attempt(lambda: d[0])
attempt(d.append)
attempt(getattr, d, "pop")

print("== OrderedDict")
o = OrderedDict([("z", 1), ("a", 2), ("m", 3)])
print(o, list(o), list(o.keys()), list(o.values()), list(o.items()), len(o))
o["b"] = 4
o["z"] = 5
del o["a"]
print(o, o.popitem(), o, o.pop("z"), o, o.get("q"), o.setdefault("k", 9), o)
print(OrderedDict(a=1) == OrderedDict([("a", 1)]), OrderedDict([(1, 2), (3, 4)]) == OrderedDict([(3, 4), (1, 2)]))
print(OrderedDict([(1, 2), (3, 4)]) == {3: 4, 1: 2}, isinstance(o, dict), OrderedDict(), OrderedDict({1: 2}))
attempt(lambda: o["none"])
attempt(OrderedDict, 5)
attempt(OrderedDict().popitem)
o.clear()
print(o, bool(o))
attempt(setattr, ucollections, "deque", 1)

print("-- every method of OrderedDict")
d = ucollections.OrderedDict([("z", 1), ("a", 2)])
c = d.copy()
print(c == d, type(c), d.keys(), d.values(), d.items(), d.get("z"), d.get("y"), d.get("y", 5))
print(d.setdefault("m", 3), d.setdefault("m", 4), d.update({"b": 9}), d, d.update([("q", 1)]), d.update(w=2), d)
print(d.pop("z"), d.pop("z", 7), d.popitem(), d, d.clear(), d)
try:
    d.popitem()
except KeyError as e:
    print("KeyError", e)
try:
    d.pop("none")
except KeyError as e:
    print("KeyError", e)
print(ucollections.OrderedDict.fromkeys(["x", "c"], 0))
for name in ("clear", "copy", "fromkeys", "get", "items", "keys", "pop", "popitem", "setdefault", "update", "values"):
    try:
        getattr(d, name)(*[1] * 9)
    except TypeError as e:
        print(name, e)
