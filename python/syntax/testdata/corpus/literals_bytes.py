a = b'bytes'
b = b"\x00\xff\n"
c = b'one' b'two'
d = br'raw \x'
e = rb'raw \x'
f = b''
