# Integers of any size, floats in MicroPython's own arithmetic, complex numbers.
for a in (7, -7, 10**20, -10**20):
    for b in (2, -2, 3 * 10**9):
        print(a // b, a % b, divmod(a, b), a * b, a + b, a - b)
print(1 << 100, (1 << 100) >> 98, -1 >> 70, ~(1 << 65), (1 << 70) & 0xffff0000ffff << 40, (1 << 64) | 1, (1 << 64) ^ -1)
print(2 ** 200, 3 ** 0, 2 ** -1, 0 ** 0, pow(3, 100, 1000007), (-3) ** 3)
print(0x1F, 0o17, 0b101, 1_000_000, 0xdead_beef)
print(int('12'), int('-0x1f', 16), int('z', 36), int('0b11', 0), int(' 7 '), int(3.99), int(-3.99), int(1e20))
for text, base in (('z', 10), ('', 10), ('9', 8), ('1 2', 10), ('0x', 0)):
    try:
        print(int(text, base))
    except ValueError as e:
        print('ValueError:', e)
print(hex(255), oct(8), bin(5), hex(-1), hex(1 << 70), bin(-6), str(-0), repr(10**30))
print((5).to_bytes(4, 'big'), (5).to_bytes(2, 'little'), int.from_bytes(b'\x01\x02', 'big'), int.from_bytes(b'\x01\x02', 'little'))
print(0.1 + 0.2, 1 / 3, 1e100, 1.5e-7, 123456789.123456789, 1e16, 1e15, -0.0, 2.5, 100.0, 1e22, 5e-324, 1.7976931348623157e308)
print(float('inf'), -float('inf'), float('nan'), float('1e400'), float(' 2.5 '))
print(7 // 2.0, -7 // 2.0, 7 % 2.5, -7 % 2.5, divmod(7.5, 2), 2 ** 0.5, 2.0 ** 3, 10 / 4, 10 / 5)
print(round(2.5), round(3.5), round(-2.5), round(2.567, 2), round(0.125, 2), round(7), round(1e20))
print(1 == 1.0, 1 < 1.5, 10**20 == 1e20, 10**20 + 1 > 1e20, float('nan') == float('nan'), True + 1, True == 1, True * 2.5)
print(1j * 1j, (1 + 2j) * (3 - 1j), abs(3 + 4j), (1 + 2j).real, (1 + 2j).imag, complex(1, -1), 1j ** 2, 1 / 1j)
print(hash(5), hash(-1), hash(2**70), hash(1.0), hash(True), hash(0.5) == hash(0.5))
for bad in (lambda: 1 / 0, lambda: 1 // 0, lambda: 1 % 0, lambda: 1.0 / 0, lambda: 1 << -1, lambda: int('a' * 3), lambda: float('x'), lambda: int(float('inf')),
            lambda: int(float('nan')), lambda: 0.0 ** -1, lambda: 1.5 & 1, lambda: int([]), lambda: 1 < 1j):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__ + ':', e)
x = 1
for i in range(1, 30):
    x *= i
print(x, x // 10**25, x % 97, -x // 7, len(str(x)))
print(min(3, 1, 2), max([1, 5, 3]), min('b', 'a'), max(1, 2.5), sum([1, 2.5, 10**20]), abs(-5), abs(-2.5), abs(-10**20))
print(min([], default=7), max([3, -5], key=abs), min((x for x in (3, 1)), key=lambda v: -v))
