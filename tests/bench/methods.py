# Method calls on long-lived objects: a ring buffer and a stack machine.


class Ring:
    def __init__(self, size):
        self.cells = [0] * size
        self.size = size
        self.head = 0
        self.used = 0

    def full(self):
        return self.used == self.size

    def empty(self):
        return self.used == 0

    def push(self, value):
        if self.full():
            self.pop()
        self.cells[(self.head + self.used) % self.size] = value
        self.used += 1

    def pop(self):
        value = self.cells[self.head]
        self.head = (self.head + 1) % self.size
        self.used -= 1
        return value


class Machine:
    def __init__(self):
        self.stack = []
        self.steps = 0

    def push(self, value):
        self.stack.append(value)
        self.steps += 1

    def add(self):
        b = self.stack.pop()
        a = self.stack.pop()
        self.push(a + b)

    def multiply(self):
        b = self.stack.pop()
        a = self.stack.pop()
        self.push(a * b % 10007)

    def result(self):
        return self.stack[-1]


def main(rounds):
    ring = Ring(16)
    machine = Machine()
    machine.push(1)
    total = 0
    for i in range(rounds):
        ring.push(i)
        ring.push(i + 1)
        if i % 3 and not ring.empty():
            total += ring.pop()
        machine.push(i)
        machine.add()
        machine.push(3)
        machine.multiply()
    return total, machine.result(), machine.steps


print(*main(380000))

# prints: 48131433360 4253 1520001
