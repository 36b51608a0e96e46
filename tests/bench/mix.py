# A mix in the proportions of everyday code: records, arrays, strings, globals,
# small procedures, comparisons, a little division.

RED, GREEN, BLUE, GREY = range(4)

count = 0
flag = False
letter = "A"
row = [0] * 60
plane = [row[:] for _ in range(60)]


class Record:
    def __init__(self, link=None, kind=RED, colour=GREY, number=0, label=""):
        self.link = link
        self.kind = kind
        self.colour = colour
        self.number = number
        self.label = label

    def clone(self):
        return Record(self.link, self.kind, self.colour, self.number, self.label)


first = Record()
second = Record(first, BLUE, GREEN, 40, "LABEL OF THE SECOND RECORD")


def next_colour(colour):
    if colour == RED:
        return GREY
    if colour == GREEN:
        return BLUE if count > 100 else RED
    if colour == BLUE:
        return GREEN
    return RED


def fill(line, grid, at, value):
    spot = at + 5
    line[spot] = value
    line[spot + 1] = line[spot]
    line[spot + 30] = spot
    for column in range(spot, spot + 2):
        grid[spot][column] = spot
    grid[spot][spot - 1] += 1
    grid[spot + 20][spot] = line[spot]


def swap_links(record):
    global first
    fresh = record.link.clone()
    record.number = 5
    fresh.number = record.number
    fresh.link = record.link
    if fresh.kind == RED:
        fresh.number = 6
        fresh.colour = next_colour(record.colour)
        fresh.number += 10
    else:
        fresh = record.clone()
    return fresh


def earlier(a, b):
    at = 2
    found = "?"
    while at <= 2:
        if a[at] == b[at + 1]:
            found = a[at]
        at += 1
    return found == "X" or a > b


def toggle():
    global flag, letter
    same = letter == "A"
    flag = flag or same
    letter = "B" if same else "A"


def main(loops):
    global count
    a_text = "FIRST STRING OF THE MIX"
    for i in range(loops):
        toggle()
        count += 1
        x = 2
        y = 3
        b_text = "SECOND STRING, LONGER"
        kind = GREEN
        flag_now = not earlier(a_text, b_text)
        while x < y:
            z = 5 * x - y
            z = z + 2 + x
            x += 1
        fill(row, plane, x, z)
        fresh = swap_links(second)
        for ch in "ABC":
            if kind == next_colour(RED) and ch > "B":
                kind = next_colour(kind)
        y = y * x
        x = y // z
        y = 7 * (y - x) - x
        if flag_now:
            y += fresh.number
    return x, y, z, fresh.number, fresh.colour, count, plane[8][7], letter


print(*main(220000))

# prints: 0 79 11 16 2 220000 220000 A
