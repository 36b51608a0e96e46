class A: pass

class B():
    pass

class C(A):
    x = 1

class D(A, B):
    def __init__(self):
        self.x = 1

    def method(self, y):
        return self.x + y

class E(A, metaclass=M):
    """doc"""
    pass

class F(*bases, **kw): pass

class G(A, *bases, k=1, **kw): pass
