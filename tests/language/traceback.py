# The traceback of an exception that nothing catches: files, lines, blocks, no
# source lines. An exception that is raised again piles its traceback up.
class Failing:
    def __init__(self, how):
        self.run(how)

    def run(self, how):
        [self.step(how) for _ in range(1)]

    def step(self, how):
        def deepest():
            how(
                1,
                2)
        deepest()

def divide(a, b):
    return a / (
        b - 2)

def again():
    try:
        Failing(divide)
    except ZeroDivisionError as e:
        caught = e
    raise caught

class Mine(Exception):
    def __str__(self):
        return 'not shown'

def gen():
    yield 1
    raise Mine('one', 2)

for item in gen():
    print('item', item)
    try:
        again()
    except ZeroDivisionError as e:
        print('caught', e)
