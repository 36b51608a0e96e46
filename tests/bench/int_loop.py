# Integer arithmetic in while and for loops: Collatz lengths, a linear
# congruential generator, greatest common divisors.


def longest_collatz(limit):
    best = best_start = 0
    for start in range(1, limit):
        n = start
        steps = 0
        while n != 1:
            if n & 1:
                n = 3 * n + 1
            else:
                n >>= 1
            steps += 1
        if steps > best:
            best = steps
            best_start = start
    return best_start, best


def congruential(rounds):
    state = 12345
    mixed = 0
    for i in range(rounds):
        state = (state * 1103515245 + 12345) % 2147483648
        mixed ^= state >> (i % 16)
    return mixed


def coprime_pairs(limit):
    count = 0
    for a in range(1, limit):
        for b in range(1, a):
            x = a
            y = b
            while y:
                x, y = y, x % y
            if x == 1:
                count += 1
    return count


print(longest_collatz(60000), congruential(1500000), coprime_pairs(620))

# prints: (52527, 339) 1560608449 116817
