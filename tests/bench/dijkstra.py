# Shortest paths over a grid with a hand-written priority queue of tuples.


def push(heap, item):
    heap.append(item)
    at = len(heap) - 1
    while at:
        parent = (at - 1) >> 1
        if heap[parent] <= item:
            break
        heap[at] = heap[parent]
        at = parent
    heap[at] = item


def pop(heap):
    top = heap[0]
    item = heap.pop()
    size = len(heap)
    if size:
        at = 0
        child = 1
        while child < size:
            if child + 1 < size and heap[child + 1] < heap[child]:
                child += 1
            if item <= heap[child]:
                break
            heap[at] = heap[child]
            at = child
            child = 2 * at + 1
        heap[at] = item
    return top


def distances(cost, side):
    far = side * side * 100
    best = [far] * (side * side)
    best[0] = 0
    heap = [(0, 0)]
    settled = set()
    while heap:
        distance, cell = pop(heap)
        if cell in settled:
            continue
        settled.add(cell)
        x = cell % side
        for other, allowed in (
            (cell - 1, x > 0),
            (cell + 1, x < side - 1),
            (cell - side, cell >= side),
            (cell + side, cell < side * (side - 1)),
        ):
            if allowed and other not in settled:
                candidate = distance + cost[other]
                if candidate < best[other]:
                    best[other] = candidate
                    push(heap, (candidate, other))
    return best


def main(rounds, side):
    state = 3
    total = 0
    for _ in range(rounds):
        cost = []
        for _ in range(side * side):
            state = (state * 16807) % 2147483647
            cost.append(state % 9 + 1)
        best = distances(cost, side)
        total += sum(best)
    return best[-1], max(best), total


print(*main(200, 24))

# prints: 144 145 9094904
