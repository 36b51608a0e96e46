# Tuples: packing, unpacking, swapping, zip, enumerate, comparison, as dict keys.


def divide(a, b):
    return a // b, a % b


def bounds(points):
    (left, top), (right, bottom) = points[0], points[0]
    for x, y in points:
        if x < left:
            left = x
        elif x > right:
            right = x
        if y < top:
            top = y
        elif y > bottom:
            bottom = y
    return left, top, right, bottom


def main(rounds):
    points = [(i * 13 % 101, i * 29 % 97) for i in range(120)]
    seen = {}
    total = 0
    for i in range(rounds):
        left, top, right, bottom = bounds(points)
        quotient, rest = divide(i * 7, 9)
        total += quotient - rest + right - left + bottom - top
        for at, (p, q) in enumerate(zip(points, points[1:])):
            if p < q:
                total += at
        key = (i % 12, i % 7)
        seen[key] = seen.get(key, 0) + 1
        x, y = points[i % 120]
        x, y = y, x
        points[i % 120] = (x, y + 1)
        head, *others = points[i % 100 : i % 100 + 4]
        total += head[0] + len(others)
    return total, len(seen), seen[(3, 3)]


print(*main(19000))

# prints: 250257829 84 227
