a = x | y ^ z & w
b = 1 << 2 >> 3
c = ~x & 0xff | y << 8
d = (a | b) & c
e = x & y + 1
