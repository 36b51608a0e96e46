# Backtracking with bit masks: fills in a sudoku, counting the trials.


def solve(text):
    cells = [int(ch) for ch in text]
    rows = [0] * 9
    columns = [0] * 9
    blocks = [0] * 9
    empty = []
    for at, digit in enumerate(cells):
        if digit:
            bit = 1 << digit
            rows[at // 9] |= bit
            columns[at % 9] |= bit
            blocks[at // 27 * 3 + at % 9 // 3] |= bit
        else:
            empty.append(at)
    trials = 0

    def place(depth):
        nonlocal trials
        if depth == len(empty):
            return True
        at = empty[depth]
        r = at // 9
        c = at % 9
        b = r // 3 * 3 + c // 3
        taken = rows[r] | columns[c] | blocks[b]
        for digit in range(1, 10):
            bit = 1 << digit
            if taken & bit:
                continue
            trials += 1
            cells[at] = digit
            rows[r] |= bit
            columns[c] |= bit
            blocks[b] |= bit
            if place(depth + 1):
                return True
            rows[r] ^= bit
            columns[c] ^= bit
            blocks[b] ^= bit
        cells[at] = 0
        return False

    place(0)
    return "".join([str(n) for n in cells]), trials


def main(rounds):
    puzzles = (
        "530070000600195000098000060800060003400803001700020006060000280000419005000080079",
        "000260701680070090190004500820100040004602900050003028009300074040050036703018000",
        "100007090030020008009600500005300900010080002600004000300000010040000007007000300",
    )
    total = 0
    for _ in range(rounds):
        for puzzle in puzzles:
            solution, trials = solve(puzzle)
            total += trials
    return total, solution[:27]


print(*main(30))

# prints: 396930 162857493534129678789643521
