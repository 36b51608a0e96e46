"""module doc"""

def f():
    """function doc"""
    return 1

class A:
    'class doc'
    def m(self):
        "method doc"
