# Classes: construction, inheritance, overriding, super, properties, operators.


class Shape:
    made = 0

    def __init__(self, name):
        self.name = name
        Shape.made += 1

    def area(self):
        return 0

    def weight(self, density):
        return self.area() * density


class Box(Shape):
    def __init__(self, width, height):
        super().__init__("box")
        self.width = width
        self.height = height

    def area(self):
        return self.width * self.height


class Tile(Box):
    def __init__(self, side):
        super().__init__(side, side)

    def weight(self, density):
        return super().weight(density) + 1

    @property
    def edge(self):
        return self.width


class Money:
    def __init__(self, cents):
        self.cents = cents

    def __add__(self, other):
        return Money(self.cents + other.cents)

    def __lt__(self, other):
        return self.cents < other.cents

    def __eq__(self, other):
        return self.cents == other.cents


def main(rounds):
    total = 0
    purse = Money(0)
    small = 0
    for i in range(rounds):
        shape = Box(i & 7, 3) if i & 1 else Tile(i & 15)
        total += shape.weight(2)
        if isinstance(shape, Tile):
            total += shape.edge
        price = Money(i & 31)
        purse = purse + price
        if price < Money(4) or price == Money(9):
            small += 1
    return total, purse.cents, small, Shape.made


print(*main(200000))

# prints: 17200000 3100000 31250 200000
