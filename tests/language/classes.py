# Classes: inheritance, attributes, super, class and static methods, properties.
class Animal:
    legs = 4
    def __init__(self, name):
        self.name = name
    def speak(self):
        return '...'
    def __repr__(self):
        return 'Animal(%r)' % self.name
    @classmethod
    def make(cls, *a):
        return cls(*a)
    @staticmethod
    def kind():
        return 'animal'

class Dog(Animal):
    def __init__(self, name, tricks=0):
        super().__init__(name)
        self._tricks = tricks
    def speak(self):
        return super().speak() + 'woof'
    @property
    def tricks(self):
        return self._tricks
    @tricks.setter
    def tricks(self, n):
        if n < 0:
            raise ValueError('tricks')
        self._tricks = n
    @tricks.deleter
    def tricks(self):
        self._tricks = None

d = Dog('rex', 2)
print(d, d.speak(), d.legs, d.tricks, Dog.kind(), Dog.make('b').name)
d.tricks = 5
print(d.tricks)
try:
    d.tricks = -1
except ValueError as e:
    print(repr(e))
del d.tricks
print(d.tricks)
print(isinstance(d, Animal), issubclass(Dog, Animal), issubclass(Animal, Dog), isinstance(d, (int, Dog)))
print(type(d) is Dog, type(d).__name__, Dog.__name__)
Dog.legs = 3
print(d.legs, Animal.legs)
d.legs = 2
print(d.legs, Dog.legs)
del d.legs
print(d.legs)
try:
    d.nothing
except AttributeError as e:
    print('AttributeError:', e)
try:
    Dog.nothing
except AttributeError as e:
    print('AttributeError:', e)
try:
    del d.nothing
except AttributeError as e:
    print('AttributeError:', e)
print(hasattr(d, 'name'), hasattr(d, 'x'), getattr(d, 'x', 'none'))
setattr(d, 'x', 1)
print(d.x)

# Bases are looked up depth-first.
class A:
    def who(self): return 'A'
class B(A): pass
class C(A):
    def who(self): return 'C'
class D(B, C): pass
print(D().who())

class Missing:
    def __getattr__(self, name):
        return name + '?'
print(Missing().hello)

class Counted:
    count = 0
    def __new__(cls, *a):
        cls.count += 1
        return super(Counted, cls).__new__(cls)
    def __init__(self, v=0):
        self.v = v
print(Counted(7).v, Counted().v, Counted.count)

T = type('T', (Animal,), {'legs': 9})
print(T('t').legs, T('t').speak())

class Nested:
    class Inner:
        value = 3
print(Nested.Inner.value)

# super() with a class or with something else, and __new__ of classes with built-in bases
def t(f):
    try: print(f())
    except Exception as e: print(repr(e))
class A:
    v = 5
    @classmethod
    def n(cls): return cls
    def m(self): return self
    @staticmethod
    def s(): return 's'
    @property
    def p(self): return 'p'
class B(A):
    @classmethod
    def n(cls): return super().n()
    @classmethod
    def k(cls): return super().m()
    @classmethod
    def s(cls): return super().s()
    @classmethod
    def v2(cls): return super().v
    def m(self): return super().m()
t(lambda: B.n())
t(lambda: B().n())
t(lambda: B.k())
t(lambda: B().k())
t(lambda: B.s())
t(lambda: B.v2())
t(lambda: B.m(None))
t(lambda: B.m(5))
t(lambda: B.m(B))
t(lambda: B.m(int))
t(lambda: super(B, 5).m())
t(lambda: super(B, 5).n())
t(lambda: super(B, B).n())
t(lambda: super(B, B).p)
t(lambda: super(B, 5).p)
t(lambda: super(B, None).v)
class L(list):
    def append(self, x): return super().append(x)
t(lambda: L.append(L(), 1))
class N:
    def __new__(cls, *a):
        print('new', cls, a)
        return super().__new__(cls)
class O(N):
    def __new__(cls, *a):
        return super(O, cls).__new__(cls, *a)
    def __init__(self, *a): print('init', a)
t(lambda: type(O(1, 2)))
class I(int):
    def __new__(cls, *a):
        return super().__new__(cls)
t(lambda: I(3))
t(lambda: I(3) + 1)
t(lambda: I() == I())
class I2(int):
    def __new__(cls, *a):
        o = super().__new__(cls)
        return o
    def __init__(self, *a): super().__init__(*a)
t(lambda: I2(3) + 1)
class E(Exception):
    def __new__(cls, *a): return object.__new__(cls)
t(lambda: E(3))
t(lambda: E(3).args)
t(lambda: repr(E(3)))
class E2(Exception):
    def __new__(cls, *a): return object.__new__(cls)
    def __init__(self, *a): super().__init__(*a)
t(lambda: E2(3).args)
class D(dict):
    def __new__(cls): return object.__new__(cls)
t(lambda: D())
t(lambda: len(D()))
t(lambda: D()['a'])
t(lambda: D().x)

# a method through a derived class counts its arguments first
class mydict(dict): pass
class L(list): pass
t(lambda: 0 in mydict)
t(lambda: L.append())
t(lambda: L.append(1, 2, 3))
t(lambda: L.append(1, x=3))
t(lambda: mydict.get())
t(lambda: mydict.get(1, 2, 3, 4))
t(lambda: L.sort())
t(lambda: mydict.update())
t(lambda: mydict.pop(1))
