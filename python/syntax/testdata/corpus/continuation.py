a = 1 + \
    2
if a and \
   b:
    c
d = (1,
     2,

     # a comment
     3)
e = [
  1
  ,
  2
]
f(a,
  b
)
x = {
'a': 1
}
