package log_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy"
	"qpy/modules/internal/script"
)

// console runs a script on a fresh device in virtual time, its clock starting
// at qpy.FixedStart, and gives what comes on the console.
func console(t *testing.T, config qpy.Config, source string) (string, qpy.Result) {
	t.Helper()
	return script.RunOn(t, config, prelude+source)
}

const prelude = `
import log
def attempt(f, *args, **kw):
    try:
        print(f(*args, **kw))
    except OSError as e:
        print("OSError:", e)
    except TypeError as e:
        print("TypeError:", e)
    except ValueError as e:
        print("ValueError:", e)
    except RuntimeError as e:
        print("RuntimeError:", e)
    except AttributeError as e:
        print("AttributeError:", e)
    except MemoryError as e:
        print("MemoryError:", e)
`

func TestRecords(t *testing.T) {
	out, _ := console(t, qpy.Config{}, `
l = log.getLogger("Net")
print(log.CRITICAL, log.ERROR, log.WARNING, log.INFO, log.DEBUG, log.NOTSET)
l.debug("hidden below INFO")
l.info("run start...")
l.warning("signal %d of %s", 7, "31")
l.error("%d%%", 50)
l.error("50%")                              # without arguments a percent sign is just itself
l.critical(5)
l.log(35, "between")
l.log(log.INFO, "by number %s", 1)
l.info(("a", 1))
l.info("")
l.info(None)
l.info(ValueError("as text"))
`)
	assert.Equal(t, `50 40 30 20 10 0
INFO:Net:run start...
WARN:Net:signal 7 of 31
ERROR:Net:50%
ERROR:Net:50%
CRIT:Net:5
LVL35:Net:between
INFO:Net:by number 1
INFO:Net:('a', 1)
INFO:Net:
INFO:Net:None
INFO:Net:as text
`, out)
}

func TestThresholds(t *testing.T) {
	out, _ := console(t, qpy.Config{}, `
a, b = log.getLogger("a"), log.getLogger("b")
log.basicConfig(level=log.ERROR)
a.warning("hidden")
b.setLevel(log.DEBUG)                       # a logger's own level goes before the common one
b.debug("shown")
print(a.isEnabledFor(log.WARNING), a.isEnabledFor(log.ERROR), b.isEnabledFor(log.DEBUG), b.isEnabledFor(9))
print(a.level, b.level, a.name, b.name)
b.setLevel(log.NOTSET)                      # back to the common one
b.warning("hidden")
log.basicConfig()                           # INFO again
a.info("shown")
log.basicConfig(log.NOTSET)
a.debug("shown")
a.log(0, "shown")
`)
	assert.Equal(t, `DEBUG:b:shown
False True True False
0 10 a b
INFO:a:shown
DEBUG:a:shown
LVL0:a:shown
`, out)
}

func TestGetLogger(t *testing.T) {
	out, _ := console(t, qpy.Config{}, `
print(log.getLogger("x") is log.getLogger("x"), log.getLogger("x") is log.getLogger("y"), log.getLogger() is log.getLogger(name="root"))
log.getLogger().info("hello")
log.getLogger("").info("no name")
attempt(lambda: log.getLogger("x").nothing)
`)
	assert.Equal(t, `True False True
INFO:root:hello
INFO::no name
AttributeError: 'Logger' object has no attribute 'nothing'
`, out)
}

func TestOutput(t *testing.T) {
	var out, errOut bytes.Buffer
	board, err := qpy.New(qpy.Config{Fast: true, Stdout: &out, Stderr: &errOut})
	require.NoError(t, err)
	defer board.Close()
	_, err = board.Run(context.Background(), qpy.Script{Name: "main.py", Source: []byte(`
import log, usys
class Collect:
    def __init__(self):
        self.text = ""
    def write(self, text):
        self.text = self.text + text
l = log.getLogger("l")
l.info("1")
log.set_output(usys.stdout)
l.info("2")
log.set_output(usys.stderr)
l.info("3")
to = Collect()
log.basicConfig(stream=to)
l.info("4")
log.basicConfig(stream=None)                # leaves it
l.info("5")
try:
    log.set_output(to)
except Exception as e:
    print("refused")
print(to.text, end="")
`)})
	require.NoError(t, err)
	assert.Equal(t, "INFO:l:2\nrefused\nINFO:l:4\nINFO:l:5\n", out.String())
	assert.Equal(t, "INFO:l:1\nINFO:l:3\n", errOut.String())
}

func TestSetOutputNeedsAUART(t *testing.T) {
	out, result := console(t, qpy.Config{}, "log.set_output(5)\n")
	assert.Contains(t, out, "\nException: 5 must extend UART\n")
	assert.Equal(t, qpy.Failed, result.Ending)
}

func TestBasicConfigSaysWhatItDoesNotDo(t *testing.T) {
	out, _ := console(t, qpy.Config{}, `
log.basicConfig(level=log.DEBUG, filename="x.log", format="%(message)s")
log.basicConfig(log.INFO, "x.log", None, None)
log.basicConfig(filename=None, format=None)
`)
	assert.Equal(t, `logging.basicConfig: filename arg is not supported
logging.basicConfig: format arg is not supported
logging.basicConfig: filename arg is not supported
`, out)
}

func TestWrongArguments(t *testing.T) {
	out, _ := console(t, qpy.Config{}, `
l = log.getLogger("l")
attempt(l.info)
attempt(l.log, 20)
attempt(l.log, "20", "x")
attempt(l.setLevel)
attempt(l.setLevel, "high")
attempt(l.isEnabledFor, "high")
attempt(log.getLogger, 5)
attempt(log.getLogger, "a", "b")
attempt(log.basicConfig, level="high")
attempt(log.basicConfig, nothing=1)
attempt(log.set_output)
l.debug("%d", "a hidden record is not even formatted")
`)
	assert.Equal(t, `TypeError: function missing 1 required positional arguments
TypeError: function missing 1 required positional arguments
TypeError: can't convert str to int
TypeError: function takes 1 positional arguments but 0 were given
TypeError: can't convert str to int
TypeError: can't convert str to int
TypeError: can't convert 'int' object to str implicitly
TypeError: extra positional arguments given
TypeError: can't convert str to int
TypeError: extra keyword arguments given
TypeError: function takes 1 positional arguments but 0 were given
`, out)
}
