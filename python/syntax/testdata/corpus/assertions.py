assert a
assert a, 'message'
assert a == b, 'got %d' % b
assert (a, b)
