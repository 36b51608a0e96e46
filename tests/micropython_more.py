# Callbacks that are scheduled, and what prints about memory.
import micropython


def t(f, *a):
    try:
        print(f(*a))
    except Exception as e:
        print(type(e).__name__, e)


def settle():
    for i in range(5000):
        pass


print(micropython.schedule(lambda x: print("ran with", x), 5))
settle()
micropython.schedule(print, "first")
micropython.schedule(print, "second")
settle()
t(micropython.schedule)
t(micropython.schedule, print)
t(micropython.schedule, print, 1, 2)
t(micropython.kbd_intr, 3)
t(micropython.kbd_intr, -1)
t(micropython.kbd_intr, "x")
t(micropython.kbd_intr)
