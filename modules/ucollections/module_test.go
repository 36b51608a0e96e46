package ucollections_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"qpy/modules/gc"
	"qpy/modules/internal/bare"
	"qpy/modules/ucollections"
)

var run = bare.With(&gc.Module, &ucollections.Module)

const prelude = `
import gc
from ucollections import namedtuple, deque, OrderedDict
`

func TestDequeAsksForItsMemory(t *testing.T) {
	assert.Contains(t, run(t, prelude+"deque((), 100000)\n"), "\nMemoryError: memory allocation failed, allocating ")
	assert.Contains(t, run(t, prelude+"deque((), 1 << 62)\n"), "\nMemoryError: memory allocation failed, allocating 8 bytes\n")
	assert.Empty(t, run(t, prelude+"for i in range(1000):\n    d = deque((), 1000)\n"), "what is garbage does not count")
}

func TestDequeHoldsItsItems(t *testing.T) {
	assert.Equal(t, "True True\n", run(t, prelude+`
gc.collect()
free = gc.mem_free()
d = deque((), 10)
d.append(bytearray(50000))
gc.collect()
held = free - gc.mem_free() > 40000
def drop():
    d.popleft()
drop()
gc.collect()
print(held, free - gc.mem_free() < 10000)
`))
}

func TestErrors(t *testing.T) {
	for call, want := range map[string]string{
		"deque()":                                "TypeError: function missing 2 required positional arguments",
		"deque((1,), 5)":                         "ValueError: ",
		"deque((), -1)":                          "ValueError: ",
		"deque((), None)":                        "TypeError: can't convert NoneType to int",
		"deque((), 1, 's')":                      "TypeError: can't convert str to int",
		"deque((), maxlen=1)":                    "TypeError: function doesn't take keyword arguments",
		"deque((), 0, 1).append(1)":              "IndexError: full",
		"deque((), 1).popleft()":                 "IndexError: empty",
		"len(deque((), 1).pop)":                  "AttributeError: 'deque' object has no attribute 'pop'",
		"list(deque((), 1))":                     "TypeError: 'deque' object isn't iterable",
		"namedtuple('T')":                        "TypeError: function takes 2 positional arguments but 1 were given",
		"namedtuple(1, 'a')":                     "TypeError: can't convert 'int' object to str implicitly",
		"namedtuple('T', [1])":                   "TypeError: can't convert 'int' object to str implicitly",
		"namedtuple('T', 1)":                     "TypeError: object 'int' isn't a tuple or list",
		"namedtuple('T', 'a b')(1)":              "TypeError: T() takes 2 positional arguments but 1 were given",
		"namedtuple('T', 'a b')(1, c=2)":         "TypeError: unexpected keyword argument 'c'",
		"namedtuple('T', 'a b')(1, a=2)":         "TypeError: function got multiple values for argument 'a'",
		"namedtuple('T', 'a')(1).b":              "AttributeError: 'T' object has no attribute 'b'",
		"namedtuple('T', 'a')(1).index":          "AttributeError: 'T' object has no attribute 'index'",
		"setattr(namedtuple('T', 'a')(1),'a',2)": "AttributeError: can't set attribute",
		"OrderedDict()['x']":                     "KeyError: x",
	} {
		assert.Contains(t, run(t, prelude+call+"\n"), "\n"+want+"\n", call)
	}
}

func TestEmptyTuple(t *testing.T) {
	assert.Equal(t, "E() 0 True\n", run(t, prelude+"e = namedtuple('E', ())()\nprint(e, len(e), e == ())\n"))
}
