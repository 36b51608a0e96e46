pass
pass; pass
pass; pass;
a = 1; b = 2; c = 3
f(); g()
