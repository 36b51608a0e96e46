# try, except, else, finally and everything that leaves them.
def run(kind):
    out = []
    try:
        out.append('try')
        if kind == 1:
            raise ValueError('one', 1)
        if kind == 2:
            {}['k']
        if kind == 3:
            return out
    except ValueError as e:
        out.append(e.args)
    except (KeyError, IndexError) as e:
        out.append(repr(e))
    else:
        out.append('else')
    finally:
        out.append('finally')
    return out
for k in range(4):
    print(run(k))

def loop():
    for i in range(4):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            print('body', i)
        finally:
            print('finally', i)
    else:
        print('not here')
loop()

def override():
    try:
        return 'try'
    finally:
        return 'finally'
print(override())

def nested():
    try:
        try:
            1 / 0
        finally:
            print('inner')
    except ZeroDivisionError as e:
        print('outer', e)
        try:
            raise
        except ZeroDivisionError:
            print('again')
nested()

class Mine(Exception):
    def __init__(self, a, b):
        super().__init__(a, b)
        self.b = b
class Sub(Mine): pass
try:
    raise Sub(1, 2)
except Mine as e:
    print(type(e).__name__, e.args, e.b, repr(e), str(e))

try:
    raise TypeError
except TypeError as e:
    print(repr(e), str(e), e.args)
try:
    raise Exception('x') from ValueError('y')
except Exception as e:
    print(e)

for e in (ValueError('a'), KeyError('k'), OSError(2), OSError(9999), OSError(2, 'x'), StopIteration(3), Exception()):
    print(repr(e), '|', str(e), '|', e.args)
print(StopIteration(5).value)

def unset():
    try:
        raise ValueError
    except ValueError as e:
        pass
    try:
        e
    except NameError as n:
        print('NameError:', n)
unset()

try:
    raise 5
except TypeError as e:
    print(e)
try:
    assert 1 == 2, 'message'
except AssertionError as e:
    print(e)
try:
    try:
        raise KeyError('first')
    finally:
        raise IndexError('second')
except IndexError as e:
    print(repr(e))
print(issubclass(IndexError, LookupError), issubclass(KeyError, LookupError), issubclass(OverflowError, ArithmeticError))

class Manager:
    def __init__(self, swallow): self.swallow = swallow
    def __enter__(self): print('enter'); return self
    def __exit__(self, t, v, tb):
        print('exit', t and t.__name__, v)
        return self.swallow
with Manager(True) as m:
    raise ValueError('swallowed')
try:
    with Manager(False), Manager(False):
        raise ValueError('seen')
except ValueError as e:
    print(e)
def from_with():
    with Manager(False):
        return 'returned'
print(from_with())
