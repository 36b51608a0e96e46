# Reading and writing attributes: linked nodes and particles in a box.


class Node:
    def __init__(self, value, link):
        self.value = value
        self.link = link


class Particle:
    def __init__(self, x, y, dx, dy):
        self.x = x
        self.y = y
        self.dx = dx
        self.dy = dy
        self.hits = 0


def linked(length, rounds):
    head = None
    for i in range(length):
        head = Node(i, head)
    total = 0
    for _ in range(rounds):
        node = head
        while node is not None:
            node.value = (node.value + 1) & 1023
            total += node.value
            node = node.link
    return total


def box(count, steps):
    swarm = [Particle(i * 3 % 100, i * 7 % 100, i % 5 - 2, i % 3 - 1) for i in range(count)]
    for _ in range(steps):
        for p in swarm:
            p.x += p.dx
            p.y += p.dy
            if p.x < 0 or p.x > 100:
                p.dx = -p.dx
                p.hits += 1
            if p.y < 0 or p.y > 100:
                p.dy = -p.dy
                p.hits += 1
    return sum([p.hits for p in swarm]), sum([p.x - p.y for p in swarm])


print(linked(1000, 6000), box(50, 55000))

# prints: 3070480896 (49942, -92)
