# The matcher of MicroPython 1.13 with all its functions.
import ure


def t(f, *a):
    try:
        print(f(*a))
    except Exception as e:
        print(type(e), e)


def m(p, s):
    try:
        r = ure.match(p, s)
        print(repr(p), repr(s), r, r and [r.group(i) for i in range(r.groups() and len(r.groups()) + 1 or 1)])
        r = ure.search(p, s)
        print("  search", r and r.span(), r and r.groups())
    except Exception as e:
        print(repr(p), type(e), e)


for p, s in (
    ("", ""), ("", "a"), ("a", ""), ("a", "ba"), ("a*", "aaa"), ("a*?", "aaa"), ("a+", "baaa"), ("a+?", "aaa"), ("a?b", "ab"), ("a??b", "b"),
    (".", "\n"), ("a.c", "abc"), ("[abc]+", "cabd"), ("[^abc]+", "xyza"), ("[a-c]+", "abcd"), ("[-a]+", "a-b"), ("[a-]+", "a-b"), ("[]a", "]a"),
    ("[a\\]]+", "a]b"), ("[\\w]+", "w\\a"), ("\\d+", "12a"), ("\\D+", "ab1"), ("\\s+", " \t\nx"), ("\\S+", "ab c"), ("\\w+", "a_1-"), ("\\W+", "-+a"),
    ("\\.", "."), ("\\n", "n"), ("^a", "ba"), ("a$", "aa"), ("^$", ""), ("(a)(b)", "ab"), ("(a)|b", "b"), ("a|b|c", "c"), ("(a|b)*c", "ababc"),
    ("((a)b)+", "abab"), ("(?:a)b", "ab"), ("(?:a|b)+(c)", "abc"), ("(a*)(b*)", "aab"), ("(a", "a"), ("a)", "a"), ("*", "a"), ("+a", "a"), ("?", "a"),
    ("a**", "a"), ("a|*", "a"), ("\\", "a"), ("[a", "a"), ("[", "a"), ("()", "a"), ("(|a)b", "ab"), ("a{2}", "a{2}"), ("a\x00b", "a"), ("[^^]", "a"),
    ("(\\d+)-(\\d+)?", "12-"), ("x*", "aaa"), ("é+", "éé"), ("[é]", "é"), ("ab|cd|ef|gh", "gh"), ("(ab?)+", "abaab"), ("a.*b.*c", "a1b2c3b4c"),
    ("a.*?b", "a1b2b"), ("(a+|b)+?c", "aabc"), (b"b+", b"abbb"), (b"\\d", "1"), ("a$b", "a"), ("$", "ab"), ("^", "ab"),
):
    m(p, s)

r = ure.compile("(\\w+) (\\w+)( x)?")
o = r.match("hello big world")
print(o.group(0), o.group(1), o.group(2), o.group(3), o.groups(), o.span(), o.span(1), o.start(2), o.end(2), o.span(3), o.start(), o.end())
t(o.group, 4)
t(o.group, -1)
t(o.group, "1")
t(o.group)
t(o.span, 9)
t(o.span, "a")
t(o.start, -1)
t(o.end, 1, 2)
print(ure.match("a", "a").groups())
print(r.search("; hello world").group(2), r.match("; hello world"), r.match("a b", 1, 2).group(0))
print(type(ure.match(b"a", b"a").group(0)), type(ure.match("a", b"a").group(0)))

print(ure.compile(" ").split("a b c  d"), ure.compile("[ ,]+").split("a, b,c"), ure.compile(",").split("a,b,c,d", 2), ure.compile(",").split(""))
print(ure.compile("x*").split("axb"), ure.compile(",").split(b"a,b"), ure.compile(",").split("a,b,c", 0), ure.compile(",").split("a,b,c", -1))
t(ure.compile("(,)").split, "a,b")
t(ure.compile("(,)").split, "ab")
t(ure.compile(",").split, 5)
t(ure.compile(",").split, "a", "b")

print(ure.sub("a", "b", "banana"), ure.sub("a", "b", "banana", 2), ure.sub("x", "y", "banana"), ure.sub("(a)(n)", "\\2\\1", "banana"))
print(ure.sub("(a)(n)", "<\\g<2>\\g<1>>", "banana"), ure.sub("a", lambda m: m.group(0) * 2, "banana"), ure.compile("n").sub("m", "banana"))
print(ure.sub("(x)?a", "[\\1]", "aaxa"), ure.sub("a", "\\0\\0", "a"), ure.sub("^a", "b", "aaa"), ure.sub(b"a", b"b", b"xa"), ure.sub("a*", "-", "baa"))
print(ure.sub("a", "b\x00c", "a"), ure.sub("a", "", "banana"), ure.sub("a", "\\q", "a"), ure.sub("a", "\\g<0", "a"), ure.sub("a", "\\gx", "a"))
t(ure.sub, "a", "\\1", "a")
t(ure.sub, "a", "\\99999999999", "a")
t(ure.sub, "a", 5, "a")
t(ure.sub, "a", lambda m: 5, "a")
t(ure.sub, "a", "b", 5)
t(ure.sub, "a", "b", "a", "c")
t(ure.sub, "a", "b")
t(ure.compile, 5)
t(ure.compile)
t(ure.compile, "(")
t(ure.match, "a")
t(ure.match, "a", 5)
t(ure.search, 5, "a")
t(ure.search, "[", "a")
print(str(ure.compile("a"))[:4])

# The stack of the matcher ends where MicroPython's does.
t(ure.match, "(a*)*", "aaa")
t(ure.match, "(a|b*)+x", "b")
t(ure.match, "a*", "a" * 2000)
print(len(ure.match("a*", "a" * 900).group(0)), ure.search("b", "a" * 5000 + "b").span())
print(ure.match("(a+)+b", "a" * 15), ure.match("(a|a)*b", "a" * 12), ure.match("a?a?a?a?a?a?aaaaaa", "aaaaaa").span())

# The methods of a compiled pattern and of a match.
r = ure.compile("(b+)(c)?")
print(type(r).__name__, r.match("bbc").groups(), r.match("abc"), r.search("abbc").group(0), ure.compile("b+").split("abac"), r.sub("x", "abac", 1))
for o, names in ((r, ("match", "search", "split", "sub")), (r.match("bc"), ("group", "groups", "span", "start", "end"))):
    for name in names:
        try:
            print(getattr(o, name)(*[1] * 9))
        except TypeError as e:
            print(name, e)
