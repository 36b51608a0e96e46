def f(): pass

def g(a): return a

def h(a, b, c):
    return a

def i(a=1):
    pass

def j(a, b=2, c=3):
    pass

def k(*args):
    pass

def l(**kw):
    pass

def m(a, *args, **kw):
    pass

def n(a, *, b):
    pass

def o(*, a, b):
    pass

def p(a, b=1, *args, c, d, **kw):
    pass

def q(a, b,):
    pass

def r(*, a=1, b=2):
    pass
