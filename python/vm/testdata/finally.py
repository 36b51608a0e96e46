def f1():
    try:
        return 1
    finally:
        print('a')
print(f1())
def f2():
    try:
        return 1
    finally:
        return 2
print(f2())
def f4():
    while True:
        try:
            try:
                1/0
            finally:
                print('x')
                break
        finally:
            print('y')
    return 'z'
print(f4())
def f5():
    try:
        try:
            raise ValueError(1)
        except KeyError:
            pass
        else:
            print('else')
        finally:
            print('fin')
    except ValueError as e:
        print('caught', e)
        return 5
    finally:
        print('fin2')
print(f5())
def f6():
    for i in range(4):
        try:
            if i == 0: continue
            if i == 2: return i
        except:
            pass
        else:
            print('else', i)
        finally:
            print('f', i)
print(f6())
def f7():
    try:
        raise ValueError
    except ValueError as e:
        def g(): return e
        x = 1
    try:
        print(e)
    except NameError as n:
        print('NameError', n)
    return x
print(f7())
def f8():
    try:
        yield 1
        yield 2
    finally:
        print('closing')
        yield 3
g = f8()
print(next(g))
try: g.close()
except RuntimeError as e: print(e)
def f9():
    try:
        yield 1
    except GeneratorExit:
        print('ge')
        return 7
g = f9(); next(g); print(g.close())
def f10():
    x = yield 1
    print('got', x)
    try:
        y = yield 2
    except ValueError as e:
        print('ve', e)
        y = 3
    return y
def f11():
    r = yield from f10()
    print('r', r)
g = f11()
print(next(g)); print(g.send('s'))
try: g.throw(ValueError('t'))
except StopIteration as e: print('stop', e.args)
try:
    raise
except RuntimeError as e:
    print(e)
def f12():
    try:
        raise ValueError(1)
    except ValueError:
        try:
            raise KeyError(2)
        except KeyError:
            pass
        raise
try: f12()
except Exception as e: print(repr(e))
with open.__class__ if 0 else type('M', (), {'__enter__': lambda s: s, '__exit__': lambda s, *a: True})() as m:
    1/0
print('after')
def f13():
    for x in (1,2,3):
        with m:
            if x == 2: return x
            print(x)
print(f13())
try:
    pass
finally:
    print('end')
