# bytes, bytearray and memoryview.
b = b'Hello\x00\xff'
print(b, len(b), b[0], b[1:3], b[-1], list(b[:3]), b + b'!', b * 2, b.find(b'l'), b'l' in b, 72 in b, b.split(b'l'), b.replace(b'l', b'L'), b.upper(), b'ab' < b'ac', b'a' == 'a', bytes(3), bytes([1, 2]), bytes('x', 'utf8'), b''.join([b'a', b'b']), b'a,b'.split(b','))
print(b'abc'.startswith(b'ab'), b' x '.strip(), b'abc'.decode(), hash(b'a') == hash(b'a'), bytes(b'q') is not None, b'\'"', b"'", b'\t\n\r\\')
a = bytearray(b'abc')
a[0] = 120; a.append(100); a.extend(b'ef'); print(a, len(a), a[1:3], a == b'xbcdef', a + b'!', bytes(a), list(a)[:2]); a[1:3] = b'ZZZZ'; print(a, b'ZZ' in a)
m = memoryview(a); print(len(m), m[0], bytes(m[1:3])); m[0] = 65; print(a); m[1:3] = b'..'; print(a, bytes(m[-2:]))
for bad in (lambda: b[10], lambda: bytes([256]), lambda: bytes(-1), lambda: bytearray(1)[5], lambda: b'a' + 'a', lambda: bytes('a'), lambda: b.find('l'), lambda: b'a' * b'b', lambda: memoryview(5), lambda: b'\xff'.decode()):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__ + ':', e)
