# What a module prints of its memory. The numbers are qpy's.
import micropython


def t(f, *a):
    try:
        print(f(*a))
    except Exception as e:
        print(type(e).__name__, e)


print(micropython.alloc_emergency_exception_buf(100))
t(micropython.alloc_emergency_exception_buf)
t(micropython.alloc_emergency_exception_buf, "x")
t(micropython.mem_info, 1, 2)
t(micropython.qstr_info, 1, 2)
print("heap locked", micropython.heap_lock(), micropython.heap_unlock())
