# The sieve of Eratosthenes over a bytearray and over a list.


def by_bytes(limit):
    flags = bytearray(limit)
    found = 0
    for n in range(2, limit):
        if not flags[n]:
            found += 1
            for multiple in range(n * n, limit, n):
                flags[multiple] = 1
    return found


def by_list(limit):
    flags = [True] * limit
    for n in range(2, int(limit**0.5) + 1):
        if flags[n]:
            for multiple in range(n * n, limit, n):
                flags[multiple] = False
    return len([n for n in range(2, limit) if flags[n]])


print(by_bytes(4000000), by_list(400000))

# prints: 283146 33860
