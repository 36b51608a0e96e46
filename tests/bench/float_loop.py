# Floating point in loops: a series, a logistic map, two bodies in orbit.


def leibniz(terms):
    total = 0.0
    sign = 1.0
    for k in range(terms):
        total += sign / (2 * k + 1)
        sign = -sign
    return 4.0 * total


def logistic(rounds):
    x = 0.31
    inside = 0
    for _ in range(rounds):
        x = 3.2 * x * (1.0 - x)
        if 0.45 < x < 0.6:
            inside += 1
    return inside


def orbit(steps, dt):
    x, y = 1.0, 0.0
    vx, vy = 0.0, 1.0
    for _ in range(steps):
        r2 = x * x + y * y
        pull = -1.0 / (r2 * r2**0.5)
        vx += pull * x * dt
        vy += pull * y * dt
        x += vx * dt
        y += vy * dt
    return x, y


print("%.5f" % leibniz(1200000))
print(logistic(1200000))
print("%.4f %.4f" % orbit(600000, 0.001))

# prints: 3.14159
# prints: 599990
# prints: -0.9991 0.0426
