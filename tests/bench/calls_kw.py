# Calls with default, keyword, star and double-star arguments.


def area(width, height=3, *, scale=1):
    return width * height * scale


def total(first, *rest):
    for value in rest:
        first += value
    return first


def describe(name, **options):
    return len(name) + options.get("depth", 0) + len(options)


def main(rounds):
    acc = 0
    settings = {"depth": 2, "width": 7}
    triple = (1, 2, 3)
    for i in range(rounds):
        acc += area(i & 7)
        acc += area(i & 3, scale=2)
        acc += area(height=i & 15, width=2)
        acc += total(i & 1, *triple)
        acc += total(1, 2, 3, 4)
        acc += describe("pin", depth=i & 3)
        acc += describe("port", **settings)
    return acc


print(main(340000))

# prints: 21930000
