a = r'raw \n'
b = r"""raw
triple \t"""
c = u'unicode'
