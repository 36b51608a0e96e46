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
