

a = 1


if a:

    b

    c


d

