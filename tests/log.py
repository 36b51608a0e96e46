# Loggers: who speaks, how important it is, and where it goes.
import log
import usys

net = log.getLogger("Net")
app = log.getLogger("App")
print(log.getLogger("Net") is net)  # a name is one logger

print("-- from INFO on, records are printed")
net.debug("not shown")
net.info("connected")
net.warning("signal %d of %d", 7, 31)
net.error("lost")
net.critical("no SIM card")
net.log(25, "a level without a name")

print("-- one threshold for all")
log.basicConfig(level=log.ERROR)
app.warning("not shown")
app.error("shown")

print("-- and one for a logger alone")
net.setLevel(log.DEBUG)
net.debug("shown now")
app.debug("not shown")
print(net.isEnabledFor(log.DEBUG), app.isEnabledFor(log.DEBUG))

print("-- what basicConfig cannot do, it says")
log.basicConfig(level=log.INFO, filename="app.log", format="%(message)s")

print("-- without arguments the message is printed as it is")
app.info("100%")
app.info(("a", "tuple", 1.5))
log.getLogger().info("the root logger has a name too")

print("-- another stream of the console")
log.set_output(usys.stdout)
app.info("on stdout")
try:
    log.set_output("a file name")
except Exception as e:
    print("refused:", e)
