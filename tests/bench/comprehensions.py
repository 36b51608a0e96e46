# Comprehensions: list, dict, set and nested ones, with conditions.


def primes(limit):
    composite = {j for i in range(2, 40) for j in range(i * i, limit, i)}
    return [n for n in range(2, limit) if n not in composite]


def triples(limit):
    squares = {n * n: n for n in range(1, limit)}
    return [
        (a, b, squares[a * a + b * b])
        for a in range(1, limit)
        for b in range(a, limit)
        if a * a + b * b in squares
    ]


def pivot(rows, columns):
    table = [[r * columns + c for c in range(columns)] for r in range(rows)]
    turned = [[line[c] for line in table] for c in range(columns)]
    flat = [cell for line in turned for cell in line if cell % 3]
    return sum(flat)


def main(rounds):
    total = 0
    for i in range(rounds):
        found = primes(1200 + i)
        total += len(found) + found[-1]
        lengths = {word: len(word) for word in ["w" * (k % 9) + str(k) for k in range(200)]}
        total += sum([n for word, n in lengths.items() if word[-1] != "7"])
        total += pivot(30, 30 + i)
    return total, len(triples(160))


print(*main(200))

# prints: 1206739840 94
