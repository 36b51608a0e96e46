import ujson
for s in ('1','-5','1.5','1e3','"a\\u4e2d\\n"','[1,2,[3,{"a":1}]]','{"a":1,"b":[],"c":{}}','[1','{"a":1','[{"a"}, {"x":1}]','nul','tru','{[1]:2}','','[','1 2','[1]]','1}','}','-','1.2.3','123456789012345678901234567890','-123456789012345678','1-2','"\\uzzzz"','"abc','"a\\','\x00','1\x00zz','[1]\x00zz','{"b":1,"a":2,"b":3}','{1:2,null:3,true:4,1.5:2}','[1 2 3]','"\x01"','{"a" "b"}','1e400','-0','-0.0','01','+1',' \n[ ] \t','[1}','{"k":[{"z":null}]}','{"k":{"l":1','{"k":1,"l"}', '"\\q\\/"','1e','1E5','[1e5,2]'):
    try:
        print(repr(s), repr(ujson.loads(s)))
    except Exception as e:
        print(repr(s), type(e), e)
class X:
    def __repr__(self): return "X"
    def __str__(self): return "xs"
for o in (1,True,None,1.5,'a"\\\n\x01\u4e2d',b'ab"',[1,(2,)],{"a":1,2:3,None:1,1.5:2,(1,):2,b'x':1},X(),[X()],{X():X()},10**30,{1,2},bytearray(b'ab'),float('inf'),float('nan'),int,X,len,ujson,range(3),memoryview(b'a'),ValueError(1),...,1j,{True:False},{"a":[{"b":()}]}):
    try:
        print(ujson.dumps(o))
    except Exception as e:
        print(type(e), e)
l=[]
l.append(l)
try: ujson.dumps(l)
except Exception as e: print(type(e), e)
for a in (1,None,[]):
    try: ujson.loads(a)
    except Exception as e: print(type(e), e)
    try: ujson.load(a)
    except Exception as e: print(type(e), e)
    try: ujson.dump(1,a)
    except Exception as e: print(type(e), e)
print(ujson.loads(b'[1,"a"]'), ujson.loads(bytearray(b'{}')))

# Streams: load reads to the end of the text, dump writes.
import uio
print(ujson.load(uio.StringIO('{"a": [1, 2.5, "\\u20ac"]}  \n')))
print(ujson.load(uio.BytesIO(b'"' + b"x" * 5000 + b'"')) == "x" * 5000)
print(ujson.load(uio.BytesIO(b"[" + b"123456789, " * 1000 + b"1]")) == [123456789] * 1000 + [1])
s = uio.BytesIO(b"[1] [2]")
try:
    ujson.load(s)
except ValueError as e:
    print(e, s.tell())
s = uio.StringIO("nix")
try:
    ujson.load(s)
except ValueError as e:
    print(e, s.tell())
try:
    ujson.load(uio.StringIO(""))
except ValueError as e:
    print(e)
s = uio.StringIO()
ujson.dump({"k": [None, True, "\x7f\t"]}, s)
print(s.getvalue())
s = uio.BytesIO()
ujson.dump("\u00e9", s)
print(s.getvalue())
class Out(uio.IOBase):
    def __init__(self):
        self.text = b""
    def write(self, p):
        self.text += bytes(p)
        return len(p)
o = Out()
ujson.dump([1, {"a": (2,)}], o)
print(o.text)
class In(uio.IOBase):
    def __init__(self, p):
        self.p = p
    def readinto(self, buf):
        if not self.p:
            return 0
        buf[:1] = self.p[:1]
        self.p = self.p[1:]
        return 1
i = In(b'[1, "a", 3.25]x')
try:
    ujson.load(i)
except ValueError as e:
    print(e, i.p)
print(ujson.load(In(b'[1, "a", 3.25] ')))
