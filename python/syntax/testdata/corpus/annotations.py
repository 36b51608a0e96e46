def f(a: int) -> str:
    pass

def g(a: int = 1, *args: tuple, b: str, **kw: dict) -> None:
    pass

def h(a: 'forward', b: [1, 2] = 3):
    return a
