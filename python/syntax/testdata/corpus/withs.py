with a:
    b
with a as b:
    c
with a as b, c as d:
    e
with a, b: c
with a() as (b, c):
    d
with a as b.c:
    d
with a as b[0]:
    d
