# What does not compile, and how that is said.
for src in ('x = = 1', 'def f(:', 'if 1\n x', 'for x in', ' x = 1', 'if 1:\nx', 'if 1:\n  a\n b', 'return 1', 'yield 1', 'break', 'continue', '1 = x', 'f() = 1', 'x + 1 = 2', 'del 1', 'def f(a, a): pass',
            'def f(a=1, b): pass', 'f(a=1, 2)', 'f(**a, *b)', 'class A: return 1', 'nonlocal x', 'def f():\n nonlocal q', 'def f():\n x = 1\n global x', 'a, *b, *c = 1', '*a = 1', 'try: pass', 'try:\n pass\nexcept:\n pass\nexcept A:\n pass',
            '"abc', '(1', '[1, 2', ')', 'x = 08', '0xg', '$', 'lambda: (yield) = 1', 'import', 'from x import', 'from x import (', 'assert', 'raise from x', 'with x as 1: pass', 'not', 'x if y', '{1: 2, 3}', '{1, 2: 3}', 'async def f(): pass\nawait f()', 'print 1', "'\\u12'", 'a.1', '@', 'else: pass', 'x: int: str', 'def f() -> : pass', 'while: pass'):
    try:
        exec(src)
        print('accepted', repr(src))
    except SyntaxError as e:
        print(type(e).__name__, e, '|', repr(src))
    except Exception as e:
        print('other', type(e).__name__, e, '|', repr(src))
