# Integers beyond the machine word: factorial, Fibonacci, square roots, powers
# modulo a prime, digits of e.


def factorial(n):
    product = 1
    for k in range(2, n + 1):
        product *= k
    return product


def fibonacci(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def root(n):
    guess = 1 << ((len(hex(n)) - 2) * 2 + 2)
    while True:
        better = (guess + n // guess) >> 1
        if better >= guess:
            return guess
        guess = better


def power(base, exponent, modulus):
    result = 1
    while exponent:
        if exponent & 1:
            result = result * base % modulus
        base = base * base % modulus
        exponent >>= 1
    return result


def digits_of_e(places):
    unit = 10 ** (places + 10)
    total = term = unit
    k = 1
    while term:
        term //= k
        total += term
        k += 1
    return str(total // 10**10)


def main(rounds):
    prime = (1 << 127) - 1
    tail = 0
    for r in range(rounds):
        i = r % 50
        tail = tail << 1 & prime
        tail ^= factorial(150 + i) % prime
        tail ^= fibonacci(700 + i) & prime
        tail ^= root(3 ** (200 + i) + i) % prime
        tail ^= power(3 + i, prime // 5 + i, prime)
        tail ^= int(digits_of_e(150)[-30:])
    return tail, digits_of_e(60)


print(*main(2500))

# prints: 165922401598330492907676908453137277794 2718281828459045235360287471352662497757247093699959574966967
