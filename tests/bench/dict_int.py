# Dicts with int keys: a sparse grid, a memo table, deletions.


def walk(steps):
    visits = {}
    x = y = 10
    state = 99
    for _ in range(steps):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        turn = state >> 30
        if turn == 0:
            x += 1
        elif turn == 1:
            x -= 1
        elif turn == 2:
            y += 1
        else:
            y -= 1
        cell = y % 24 * 1000 + x % 24
        visits[cell] = visits.get(cell, 0) + 1
    return len(visits), max(visits.values())


def collatz_memo(limit):
    lengths = {1: 0}
    for start in range(2, limit):
        n = start
        steps = 0
        while n not in lengths:
            n = 3 * n + 1 if n & 1 else n // 2
            steps += 1
        lengths[start] = lengths[n] + steps
    return max(lengths.values())


def churn(rounds):
    window = {}
    total = 0
    for i in range(rounds):
        window[i * 17] = i
        if i >= 100:
            total += window.pop((i - 100) * 17)
    return total, len(window)


print(walk(900000), sum([collatz_memo(1500) for _ in range(12)]), churn(250000))

# prints: (576, 1844) 2172 (31224880050, 100)
