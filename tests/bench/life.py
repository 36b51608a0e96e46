# Nested lists: Conway's Life on a torus.


def step(grid, rows, columns):
    following = []
    for r in range(rows):
        above = grid[r - 1]
        here = grid[r]
        below = grid[(r + 1) % rows]
        line = [0] * columns
        for c in range(columns):
            left = c - 1
            right = c + 1
            if right == columns:
                right = 0
            n = (
                above[left] + above[c] + above[right]
                + here[left] + here[right]
                + below[left] + below[c] + below[right]
            )
            if n == 3 or (n == 2 and here[c]):
                line[c] = 1
        following.append(line)
    return following


def main(rows, columns, generations):
    grid = [[0] * columns for _ in range(rows)]
    for r, c in ((1, 2), (2, 3), (3, 1), (3, 2), (3, 3)):
        grid[r][c] = 1
    for c in range(10, 20):
        grid[20][c] = 1
    for _ in range(generations):
        grid = step(grid, rows, columns)
    return sum(sum(line) for line in grid), sum(i * sum(line) for i, line in enumerate(grid))


print(main(40, 48, 900))

# prints: (16, 310)
