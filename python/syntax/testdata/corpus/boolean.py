a = x and y
b = x or y
c = x and y or z and w
d = not x and not y
e = x or y or z
f = (x or y) or z
g = x and (y or z)
