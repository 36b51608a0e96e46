a.b
a.b.c.d
a.b().c
a.b[1].c
(a + b).c
'str'.join(x)
1 .real
[].append(1)
{}.get(1)
