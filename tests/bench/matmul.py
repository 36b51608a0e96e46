# Matrix multiplication with lists of lists, integers and floats.


def product(a, b):
    columns = len(b[0])
    inner = len(b)
    result = []
    for row in a:
        line = []
        for j in range(columns):
            total = 0
            for k in range(inner):
                total += row[k] * b[k][j]
            line.append(total)
        result.append(line)
    return result


def transposed_product(a, b):
    across = list(zip(*b))
    return [[sum([x * y for x, y in zip(row, column)]) for column in across] for row in a]


def chain(size):
    a = [[(i * 7 + j * 3) % 11 for j in range(size)] for i in range(size)]
    b = [[(i * 5 + j) % 13 - 6 for j in range(size)] for i in range(size)]
    c = product(a, b)
    d = transposed_product(a, b)
    halves = [[x / 2 for x in row] for row in a]
    e = product(halves, c)
    trace = 0.0
    for i in range(size):
        trace += e[i][i]
    return c == d, sum([sum(row) for row in c]), "%.1f" % trace


def main(rounds):
    for size in range(30, 30 + rounds):
        last = chain(size)
    return last


print(main(32))

# prints: (True, -3249, '4680.0')
