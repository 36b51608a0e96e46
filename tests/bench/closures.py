# Closures: counters with nonlocal, composed functions, callbacks, map and filter.


def counter(start, step):
    def advance():
        nonlocal start
        start += step
        return start

    return advance


def compose(f, g):
    return lambda x: f(g(x))


def add(n):
    return lambda x: x + n


def times(n):
    return lambda x: x * n % 9973


def bus():
    listeners = []

    def subscribe(listener):
        listeners.append(listener)

    def publish(event):
        for listener in listeners:
            listener(event)

    return subscribe, publish


def main(rounds):
    odd = counter(1, 2)
    down = counter(0, -3)
    chain = compose(add(3), compose(times(7), add(1)))
    subscribe, publish = bus()
    seen = [0, 0]

    def tally(event):
        seen[0] += event

    def largest(event):
        if event > seen[1]:
            seen[1] = event

    subscribe(tally)
    subscribe(largest)
    value = 5
    for _ in range(rounds):
        value = chain(value)
        publish(value)
        odd()
        down()
    base = value % 7
    picked = sum(map(lambda x: x * base, filter(lambda x: x % 3 == base % 3, range(rounds))))
    return value, seen[0], seen[1], odd() + down(), picked


print(*main(500000))

# prints: 3821 2514923531 9974 -500000 249999499998
