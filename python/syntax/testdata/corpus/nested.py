def outer(x):
    y = 1
    def inner(z):
        nonlocal y
        global w
        y = w = z
        def innermost():
            return x + y + z
        return innermost
    return inner

class A:
    class B:
        def f(self):
            class C: pass
            return C
