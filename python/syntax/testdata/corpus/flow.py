def f():
    return

def g():
    return 1

def h():
    return 1, 2

def i():
    raise

def j():
    raise E

def k():
    raise E(1) from x

while 1:
    break
while 1:
    continue
