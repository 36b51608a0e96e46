def f():
    global a
    global b, c
    a = b = c = 1

def g():
    x = y = 1
    def h():
        nonlocal x
        nonlocal y
        x = y
    return h

global z
