# Text: methods, slices, escapes, UTF-8, repr.
s = 'Hello, World'
print(s.upper(), s.lower(), s.find('o'), s.rfind('o'), s.find('z'), s.index('W'), s.count('l'), s.replace('l', 'L'), s.replace('l', 'L', 2))
print(s.split(','), s.split(), 'a  b c'.split(' '), 'a b c'.split(None, 1), 'a,b,c'.rsplit(',', 1), 'x\ny\r\nz'.split('\n'), ''.split(), ''.split(','))
print(s.startswith('He'), s.endswith('ld'), s.startswith('lo', 3), '  x '.strip(), '  x '.lstrip() + '|', '  x '.rstrip() + '|', 'xxaxx'.strip('x'))
print('-'.join(['a', 'b']), ','.join('abc'), ''.join([]), 'abc'.center(9) + '|', 'a b'.partition(' '), 'a-b-c'.rpartition('-'), 'ab'.partition('x'))
print('123'.isdigit(), 'a1'.isdigit(), 'abc'.isalpha(), ' \t'.isspace(), 'AB'.isupper(), 'ab'.islower(), ''.isdigit(), 'Ab'.isupper())
print(s[0], s[-1], s[1:4], s[:3], s[-3:], s[100:], s[3:1], s[::1], len(s))
print('a' * 3, 'ab' + 'cd', 'b' in 'abc', 'bc' in 'abc', 'x' not in 'abc', 'a' < 'b', 'a' < 'B', 'abc' < 'abd', '' < 'a')
print(repr('it\'s'), repr("say \"hi\""), repr('both \' and "'), repr('tab\tnl\ncr\r\\'), repr('\x00\x7f\x80'), repr('中文é'), '中文é')
print('\x41\u0042\U00000043\101\a\b'.encode(), 'raw: ' + r'\n', b'\x41\101', 'con' 'cat' "enated")
u = 'naïve 中文'
print(len(u), u[2], u[-1], u[6:], u.encode(), u.find('中'), u.upper(), '中' in u, [c for c in u[5:]], ord('中'), chr(20013), u.split('ï'))
print(str(b'abc', 'utf-8'), bytes('abc', 'utf8'), 'é'.encode(), b'\xc3\xa9'.decode(), str(1.5), str(None), str([1, 'a']))
print('%s %r %d %5d|%-5d|%05d %x %X %o %c %c %%' % ('s', 's', 42, 42, 42, 42, 255, 255, 8, 'c', 99))
print('%.2f %8.3f|%-8.2f|%e %g %G %+d % d' % (3.14159, 2.5, 2.5, 12345.678, 0.0001, 1e20, 5, 5), '%s' % (1,), '%(a)s-%(b)d' % {'a': 1, 'b': 2}, '%*d' % (5, 3), '%.3s|' % 'abcdef')
print('{} {} {}'.format(1, 'a', None), '{1} {0}'.format('a', 'b'), '{x} {y}'.format(x=1, y=2), '{{}} {0!r} {0!s}'.format('q'))
print('{:5}|{:<5}|{:>5}|{:^5}|{:*^7}|{:05d}|{:+d}|{: d}|{:,}'.format('ab', 'ab', 'ab', 'ab', 'ab', 42, 42, 42, 1234567))
print('{:x} {:X} {:o} {:b} {:#x} {:c} {:e} {:.2f} {:g} {:%} {:10.3f}|'.format(255, 255, 8, 5, 255, 65, 1234.5, 2.345, 1e10, 0.25, 3.14159))
print('{:>{w}}'.format('r', w=6))
for bad in (lambda: 'a' + 1, lambda: 'abc'[5], lambda: 'abc'[::2], lambda: 'abc'.index('z'), lambda: '%d' % 'a', lambda: '%d %d' % 1, lambda: '%d' % (1, 2), lambda: '{} {}'.format(1),
            lambda: '{a}'.format(), lambda: '{:z}'.format(1), lambda: '{'.format(), lambda: ','.join([1]), lambda: chr(-1), lambda: ord('ab'), lambda: 'a'.nope(), lambda: int('é'),
            lambda: 'a' % 1, lambda: '%q' % 1, lambda: '{:d}'.format('a'), lambda: 'x'.center('y'), lambda: str(b'\xff', 'utf8'), lambda: 'a'['b'], lambda: ''.split('')):
    try:
        print(repr(bad()))
    except Exception as e:
        print(type(e).__name__ + ':', e)
