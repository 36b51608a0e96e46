a = 'plain'
b = "double"
c = 'it\'s'
d = "tab\tnewline\nnull\0end"
e = '''three
lines
here'''
f = """with "quotes" inside"""
g = 'hex \x41 octal \101 \7'
h = 'unicode \u00e9 \U0001F600'
i = 'one' 'two' "three"
j = ('over '
     'lines')
k = ''
l = ""
m = 'joined \
line'
n = 'unknown \q escape'
