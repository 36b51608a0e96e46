# Complex numbers: which points of a grid stay bounded under z*z + c.


def bounded(width, height, depth):
    count = 0
    escapes = 0
    for row in range(height):
        for column in range(width):
            c = complex(3.0 * column / width - 2.1, 2.4 * row / height - 1.2)
            z = 0j
            for step in range(depth):
                if abs(z) > 2.0:
                    escapes += step
                    break
                z = z * z + c
            else:
                count += 1
    return count, escapes


print(bounded(300, 200, 150))

# prints: (12806, 270351)
