@a
def f(): pass

@a
@b
def g():
    pass

@a(1, b=2)
def h(): pass

@a()
class C:
    @property
    def x(self): return 1

    @staticmethod
    def y(): pass
