import uheapq
def t(f, *a):
    try: print(f(*a))
    except Exception as e: print(type(e), e)
l=[5,3,8,1,9,2,7,2,2,4]
uheapq.heapify(l); print(l)
for i in (0,10,3,3,-1): uheapq.heappush(l,i); print(l)
while l: print(uheapq.heappop(l), l)
t(uheapq.heappop, l); t(uheapq.heappush, (1,), 2); t(uheapq.heapify, 5); t(uheapq.heappop, {}); t(uheapq.heappush, [1], "a"); t(uheapq.heapify,[1,"a",2])
class A:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return self.v < o.v
    def __repr__(self): return "A%d" % self.v
h=[]
for v in (3,1,2,5,4,0): uheapq.heappush(h, A(v))
print(h)
print([uheapq.heappop(h) for i in range(6)])
class B(A):
    def __lt__(self, o): return 1
h=[B(i) for i in range(5)]
uheapq.heapify(h); print(h)
