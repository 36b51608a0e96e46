a = 1
a = b = c = 2
a.b = 1
a[0] = 1
a[1:2] = b
a, b = 1, 2
(a, b) = 1, 2
[a, b] = 1, 2
a, (b, c) = 1, (2, 3)
a, = b
*a, b = c
a, *b = c
a, *b, c = d
[a, *b] = c
(a.b, c[0]) = d
a = b, c = d
[] = a
