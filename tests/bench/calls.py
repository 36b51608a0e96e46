# Plain recursive calls with one, two and three arguments.


def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


def takeuchi(x, y, z):
    if y >= x:
        return z
    return takeuchi(takeuchi(x - 1, y, z), takeuchi(y - 1, z, x), takeuchi(z - 1, x, y))


def paths(rows, columns):
    if rows == 0 or columns == 0:
        return 1
    return paths(rows - 1, columns) + paths(rows, columns - 1)


print(fib(31), takeuchi(18, 12, 5), paths(12, 11))

# prints: 1346269 6 1352078
