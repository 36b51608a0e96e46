# The files on the module's flash, and what the module is.
import uos


def attempt(what, *args):
    try:
        print(what(*args))
    except OSError as e:
        print("OSError:", e)


print("-- who am I")
print(uos.uname())
me = uos.uname2()
print(me.sysname, me.release, me.qpyver)

print("-- what is there")
print(uos.getcwd(), uos.listdir("/"))
print(list(uos.ilistdir("/usr")))  # name, kind (0x8000 is a file), always 0, size

print("-- making, writing, renaming")
uos.mkdir("/usr/data")
with open("/usr/data/log.txt", "w") as f:
    f.write("one\n")
with open("/usr/data/log.txt", "a") as f:
    f.write("two\n")
uos.rename("/usr/data/log.txt", "/usr/data/old.txt")
with open("/usr/data/old.txt") as f:
    for line in f:
        print(line, end="")
print("size", uos.stat("/usr/data/old.txt")[6], "kind", hex(uos.stat("/usr/data")[0]))

print("-- the working directory")
uos.chdir("/usr/data")
print(uos.getcwd(), uos.listdir(), uos.listdir("..") == uos.listdir("/usr"))
uos.chdir("../..")  # there is no way from /usr up to /: the partition is the top
print(uos.getcwd())
uos.chdir("/")

print("-- what goes wrong")
attempt(uos.stat, "/usr/none")
attempt(uos.mkdir, "/usr/data")
attempt(uos.rmdir, "/usr/data")
attempt(uos.listdir, "/usr/data/old.txt")
attempt(open, "/usr/data")
attempt(uos.remove, "/sd/x")
attempt(uos.rename, "/usr/data/old.txt", "/bak/old.txt")

print("-- tidying up")
uos.remove("/usr/data/old.txt")
uos.rmdir("/usr/data")
print(uos.listdir("/usr"))

print("-- a full flash: what was written before stays")
uos.remove("/usr/FotaFile.bin")
print("free blocks:", uos.statvfs("/usr")[3], "of", uos.statvfs("/usr")[0], "bytes")
written = 0
f = open("/usr/big", "w")
try:
    while True:
        written += f.write("x" * 4000)
except OSError as e:
    print("OSError:", e)
f.close()
print("free blocks:", uos.statvfs("/usr")[3])
print("all of it is there:", uos.stat("/usr/big")[6] >= written > 1000000)
attempt(uos.mkdir, "/usr/more")
uos.remove("/usr/big")
print("free blocks:", uos.statvfs("/usr")[3])

print("-- random bytes come from the seed")
print(len(uos.urandom(4)), uos.urandom(0))
