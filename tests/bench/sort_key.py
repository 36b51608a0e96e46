# Sorting: with key functions, in reverse, by tuples; a merge sort and a heap of our own.
# Every key is unique, so that a sort that is not stable gives the same order.


def shuffled(count):
    state = 4242
    values = []
    for i in range(count):
        state = (state * 48271) % 2147483647
        values.append(state * 4096 + i)
    return values


def merge_sort(values):
    if len(values) < 2:
        return values
    middle = len(values) // 2
    left = merge_sort(values[:middle])
    right = merge_sort(values[middle:])
    merged = []
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            merged.append(left[i])
            i += 1
        else:
            merged.append(right[j])
            j += 1
    merged.extend(left[i:])
    merged.extend(right[j:])
    return merged


def heap_sort(values):
    heap = []
    for value in values:
        heap.append(value)
        at = len(heap) - 1
        while at and heap[(at - 1) >> 1] > value:
            heap[at] = heap[(at - 1) >> 1]
            at = (at - 1) >> 1
        heap[at] = value
    ordered = []
    while heap:
        ordered.append(heap[0])
        last = heap.pop()
        size = len(heap)
        if not size:
            break
        at = 0
        child = 1
        while child < size:
            if child + 1 < size and heap[child + 1] < heap[child]:
                child += 1
            if heap[child] >= last:
                break
            heap[at] = heap[child]
            at = child
            child = 2 * at + 1
        heap[at] = last
    return ordered


def main(count):
    values = shuffled(count)
    ordered = sorted(values)
    by_tail = sorted(values, key=lambda v: (v % 4096) * 100000 + v // 4096 % 99991)
    records = [(v % 97, v) for v in values]
    records.sort(reverse=True)
    names = sorted(["dev-%d" % v for v in values], key=lambda name: name[-4:] + name)
    assert merge_sort(values) == ordered
    assert heap_sort(values) == ordered
    return ordered[count // 2], by_tail[7], records[3][0], names[5]


print(*main(12000))

# prints: 4386517863477 500683153410 96 dev-3094477790004
