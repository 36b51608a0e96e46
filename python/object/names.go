package object

import (
	"sort"
	"strings"
	"sync"
)

// firstNames begin the string table of every build of MicroPython 1.13, in this
// order (static_qstr_list of py/makeqstrdata.py), as far as they are names.
const firstNames = `__dir__ _ __call__ __class__ __delitem__ __enter__ __exit__ __getattr__ __getitem__ __hash__
__init__ __int__ __iter__ __len__ __main__ __module__ __name__ __new__ __next__ __qualname__ __repr__ __setitem__ __str__
ArithmeticError AssertionError AttributeError BaseException EOFError Ellipsis Exception GeneratorExit ImportError
IndentationError IndexError KeyError KeyboardInterrupt LookupError MemoryError NameError NoneType NotImplementedError OSError
OverflowError RuntimeError StopIteration SyntaxError SystemExit TypeError ValueError ZeroDivisionError abs all any append args
bool builtins bytearray bytecode bytes callable chr classmethod clear close const copy count dict dir divmod end endswith eval
exec extend find format from_bytes get getattr globals hasattr hash id index insert int isalpha isdigit isinstance islower
isspace issubclass isupper items iter join key keys len list little locals lower lstrip main map micropython next object open
ord pop popitem pow print range read readinto readline remove replace repr reverse rfind rindex round rsplit rstrip self send
sep set setattr setdefault sort sorted split start startswith staticmethod step stop str strip sum super throw to_bytes tuple
type update upper utf-8 value values write zip`

// nativeNames are the names known before any script runs, in the order of
// MicroPython's string table: firstNames, then special names, then the rest,
// each sorted.
var nativeNames = sync.OnceValue(func() []*Str {
	rank := make(map[string]int)
	for i, n := range strings.Fields(firstNames) {
		rank[n] = i + 1
	}
	var out []*Str
	eachStatic(func(s *Str) {
		if s.s != "" {
			out = append(out, s)
		}
	})
	class := func(s string) int {
		switch {
		case rank[s] > 0:
			return rank[s]
		case strings.HasPrefix(s, "__"):
			return len(rank) + 1
		}
		return len(rank) + 2
	}
	sort.Slice(out, func(i, j int) bool {
		a, b := out[i].s, out[j].s
		if x, y := class(a), class(b); x != y {
			return x < y
		}
		return a < b
	})
	return out
})

// EachName calls f with every name that the interpreter knows, in the order in
// which MicroPython's dir() tries them, until f returns false or fails.
func (in *Interp) EachName(f func(name *Str) (bool, error)) error {
	for _, list := range [][]*Str{nativeNames(), in.order} {
		for _, name := range list {
			if more, err := f(name); !more || err != nil {
				return err
			}
		}
	}
	return nil
}

// Names returns the names that this interpreter has come to know beside those
// that all know, oldest first. The caller must not change the slice.
func (in *Interp) Names() []*Str { return in.order }
