# Exceptions: raised and caught near and far, finally, own classes, with blocks.


class LinkError(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code


class Timeout(LinkError):
    pass


class Guard:
    def __init__(self, log):
        self.log = log

    def __enter__(self):
        self.log[0] += 1
        return self

    def __exit__(self, kind, value, trace):
        self.log[1] += 1
        return kind is Timeout


def deep(level, n):
    if level == 0:
        if n % 4 == 0:
            raise Timeout(n & 15)
        if n % 4 == 1:
            raise LinkError(n & 7)
        return n & 3
    return deep(level - 1, n)


def main(rounds):
    log = [0, 0]
    codes = closed = misses = 0
    table = {"a": 1}
    for i in range(rounds):
        try:
            codes += deep(3, i)
        except Timeout as late:
            codes += late.code
        except LinkError as broken:
            codes -= broken.code
        finally:
            closed += 1
        try:
            table["b"]
        except KeyError:
            misses += 1
        try:
            int("12x")
        except ValueError:
            misses += 1
        with Guard(log):
            if i & 1:
                raise Timeout(i)
        try:
            pass
        except ValueError:
            misses = -1
        else:
            closed += 1
    return codes, closed, misses, log


print(*main(210000))

# prints: 420000 420000 420000 [210000, 210000]
