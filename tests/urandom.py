import urandom
print([urandom.getrandbits(n) for n in (1,2,8,16,31,32)])
for s in (0, 1, -1, 12345, 2**31, 2**32+5, 10**20, True):
    urandom.seed(s)
    print(s, [urandom.getrandbits(32) for i in range(5)])
urandom.seed(7)
print([urandom.randrange(100) for i in range(10)])
print([urandom.randrange(-5, 5) for i in range(10)])
print([urandom.randrange(0, 100, 7) for i in range(10)])
print([urandom.randrange(100, 0, -7) for i in range(10)])
print([urandom.randint(3, 9) for i in range(10)])
print([urandom.choice("abcdef") for i in range(10)])
print([urandom.random() for i in range(5)])
print([urandom.uniform(-1, 3.5) for i in range(5)])
print(urandom.getrandbits(-1), urandom.getrandbits(-5), urandom.getrandbits(True))
def t(f, *a):
    try: print(f(*a))
    except Exception as e: print(type(e), e)
t(urandom.getrandbits, 0); t(urandom.getrandbits, 33); t(urandom.getrandbits, "a"); t(urandom.getrandbits)
t(urandom.seed, "a"); t(urandom.seed, 1.5)
t(urandom.randrange, 0); t(urandom.randrange, -1); t(urandom.randrange, 5, 5); t(urandom.randrange, 1, 5, 0); t(urandom.randrange, 5, 1, 1); t(urandom.randrange, 1, 5, -1); t(urandom.randrange); t(urandom.randrange, 1.5); t(urandom.randrange, 10**30)
t(urandom.randint, 5, 1); t(urandom.randint, 5, "1"); t(urandom.randint, 5)
t(urandom.choice, []); t(urandom.choice, 5); t(urandom.choice, {}); t(urandom.choice, {1:2})
t(urandom.uniform, 1, "a"); t(urandom.uniform, None, 1)

for name in ("random", "getrandbits", "randrange", "randint", "choice", "uniform"):
    try:
        getattr(urandom, name)(*[1] * 9)
    except TypeError as e:
        print(name, e)
