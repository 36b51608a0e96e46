a, *b = c
*a, = b
[*a] = b
for a, *b in c: pass
(a, *b), c = d
a = b, *c = d
