# Generators: pipelines, yield from down a tree, send, generator expressions.


def numbers(limit):
    n = 0
    while n < limit:
        yield n
        n += 1


def odd_only(source):
    for n in source:
        if n & 1:
            yield n


def pairs(source):
    previous = None
    for n in source:
        if previous is not None:
            yield previous, n
        previous = n


def tree(low, high):
    if low < high:
        middle = (low + high) // 2
        yield from tree(low, middle)
        yield middle
        yield from tree(middle + 1, high)


def average():
    total = 0
    count = 0
    answer = None
    while True:
        value = yield answer
        total += value
        count += 1
        answer = total // count


def main(limit):
    acc = 0
    for a, b in pairs(odd_only(numbers(limit))):
        acc += a * b % 17
    nodes = 0
    for low in range(0, limit, 8000):
        nodes += sum(tree(low, low + 90))
    mean = average()
    next(mean)
    last = 0
    for n in range(limit // 2):
        last = mean.send(n)
    squares = sum(n * n % 5 for n in range(limit))
    return acc, nodes, last, squares


print(*main(900000))

# prints: 3599980 4556612565 224999 1800000
