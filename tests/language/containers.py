# Lists, tuples, dicts and sets: methods, slices, order, comparison.
l = [3, 1, 2]
l.append(5); l.extend((4, 0)); l.insert(1, 9); print(l)
print(l.pop(), l.pop(0), l.index(5), l.count(1), l[-1], l[1:3], l[::2], l[::-1], l[3:0:-1])
l.sort(); print(l); l.sort(reverse=True); print(l); l.sort(key=lambda x: -x % 3); print(sorted(l)); l.reverse(); print(len(l), sum(l))
l.remove(9); print(sorted(l)); l[1:3] = [7, 7, 7]; print(len(l)); del l[0]; del l[1:2]; print(len(l)); l.clear(); print(l, not l)
a = [1, 2]; b = a; c = a.copy(); a += [3]; print(a, b, c, a is b, a == [1, 2, 3], a < [1, 3], [1] * 3, [[]] * 2, 2 in a, [1, 2] + [3])
print(list(range(5)), list(range(5, 0, -2)), range(10)[2:8:3], len(range(0, 10, 3)), 4 in range(0, 10, 2), range(3) == range(3), list(reversed([1, 2])), range(5)[-1])
t = (1, 'a', (2,)); print(t, t[1], t[-1], t + (3,), t * 2, (), (1,), len(t), t.index('a'), t.count(1), (1, 2) < (1, 3), tuple('ab'), hash((1, 2)) == hash((1, 2)))
x, *y, z = range(6); print(x, y, z); (p, q), r = (1, 2), 3; print(p, q, r); p, q = q, p; print(p, q); *i, = 'ab'; print(i)
d = {'b': 1, 'a': 2, 'c': 3, 1: 2, 'zeta': 5}; print(d)
d['new'] = 0; d[2.5] = 'f'; d[(1, 2)] = 't'; d[True] = 'true is one'; print(d); del d['a']; print(d.pop('b'), d.pop('zz', 'default'), len(d))
print(d.get('c'), d.get('x'), d.get('x', 1), d.setdefault('s', []), 'c' in d, list(d.keys())[:3], list(d.values())[:3], [k for k, v in d.items() if v == 0])
e = {i: i * i for i in range(12)}; print(e); e.update({3: 'x'}, k=1); print(e[3], e['k'], {1: 2} == {1: 2}, dict([(1, 2)], a=3), dict.fromkeys('ab', 0))
print({str(i): i for i in range(20)}); f = {}; f['k'] = f; print(e.copy() == e)
for i in range(40): e[i] = i
for i in range(0, 40, 3): del e[i]
print(list(e), len(e))
s = {3, 1, 'a', 2}; print(s); s.add(7); s.discard(99); s.remove(3); print(s, len(s), 1 in s, {1, 2} | {2, 3}, {1, 2} & {2, 3}, {1, 2} - {2}, {1, 2} ^ {2, 3}, {1} < {1, 2}, {1, 2} <= {1, 2}, {1} == {1})
s |= {10}; s -= {1}; print(s, s.copy() == s, {1, 2}.union([5]), {1, 2}.intersection((2,)), {1, 2}.difference([1]), {1}.issubset({1, 2}), {1, 2}.issuperset([1]), {1}.isdisjoint({2}), set('hello'), frozenset([1, 2]), {frozenset([1]): 2})
print(set(), {x % 3 for x in range(10)}, [[i * j for j in range(3)] for i in range(3)], [x for x in range(20) if x % 2 if x % 3], {(a, b) for a in 'xy' for b in (1, 2)} == {('x', 1), ('x', 2), ('y', 1), ('y', 2)})
print(list(zip([1, 2], 'ab', (3.5, 4))), list(enumerate('ab', 1)), list(map(lambda a, b: a + b, [1, 2], [3, 4])), list(filter(None, [0, 1, '', 'a'])), any([0, 1]), all([1, 0]), all([]), sorted('hello'), sorted([3, 1], reverse=True))
print([0] * 0)
for bad in (lambda: [][0], lambda: [1].remove(2), lambda: [].pop(), lambda: [1].index(2), lambda: {}['k'], lambda: {}[[]], lambda: {[]: 1}, lambda: {1}.remove(2), lambda: set([[]]), lambda: (1,)[1], lambda: {}.popitem(),
            lambda: [1, 2, 3]['a'], lambda: (1).append, lambda: sorted([1, 'a']), lambda: next(iter([])), lambda: iter(5), lambda: min([]), lambda: range(1, 2, 0), lambda: zip(1), lambda: dict([1]), lambda: list(5), lambda: [1] < 1,
            lambda: tuple([1]).x, lambda: {1: 2}.pop(5), lambda: sum(['a'])):
    try:
        print(bad())
    except Exception as ex:
        print(type(ex).__name__ + ':', ex)
try:
    a, b = 1, 2, 3
except ValueError as ex:
    print(ex)
try:
    a, b, *c = [1]
except ValueError as ex:
    print(ex)
