# The % operator, str.format and splitting what they made.


def readings(count):
    lines = []
    for i in range(count):
        volts = 3.3 + (i % 17) / 100
        lines.append("%04d;%s;%.2f;%x" % (i, "node%d" % (i % 9), volts, i * 31))
        if len(lines) == 64:
            yield lines
            lines = []
    yield lines


def main(count):
    total = 0
    letters = 0
    cents = 0
    for batch in readings(count):
        for line in batch:
            number, node, volts, code = line.split(";")
            total += int(number) + int(code, 16)
            cents += int(float(volts) * 100 + 0.5)
            letters += len("{}:{:>8}|{:<6}".format(node, number, code))
    return total, letters, cents


print(*main(110000))

# prints: 193598240000 2310000 37179965
