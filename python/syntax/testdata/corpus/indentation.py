if a:
 b
 if c:
         d
         e
 f
if a:
	tab
	tab
if a:
        eight
	tab
if a:
  two
else:
      six
