while a:
    b
while a: b
while a:
    b
    if c:
        break
else:
    d
while True:
    pass
