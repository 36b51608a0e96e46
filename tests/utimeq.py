from utimeq import utimeq
def t(f, *a):
    try: print(f(*a))
    except Exception as e: print(type(e), e)
t(utimeq); t(utimeq, "a"); t(utimeq, 1, 2)
q = utimeq(5)
print(bool(q), len(q))
t(q.peektime); r=[0,0,0]; t(q.pop, r)
for i in (10, 5, 7, 5): q.push(i, "cb%d" % i, i)
q.push(3, None, None)
t(q.push, 1, 2, 3); t(q.push, 1, 2)
t(q.pop, (1,2,3)); t(q.pop, [1,2]); t(q.pop, 5)
print(bool(q), len(q), q.peektime())
r=[0,0,0,9]
while q:
    print(q.pop(r), r)
q.push(5, 1, 1); q.push(5, 2, 2); q.push(5, 3, 3)
while q:
    q.pop(r); print(r)
