# first line
a = 1  # behind
    # indented on its own
if a:  # behind a colon
    # before the block
    b
# at the margin
    c
        # too deep
d
# last line
