package object

import (
	"cmp"
	"slices"
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

// first has firstNames numbered from 1 on, once somebody asks for them.
var first struct {
	once sync.Once
	rank map[string]int
}

func firstRank() map[string]int {
	first.once.Do(func() {
		first.rank = make(map[string]int)
		for i, n := range strings.Fields(firstNames) {
			first.rank[n] = i + 1
		}
	})
	return first.rank
}

// compareNames orders names as the firmware's string table does: first firstNames
// in their order, then special names, then the rest, both by the alphabet.
func compareNames(a, b *Str) int {
	rank := firstRank()
	class := func(s string) int {
		switch {
		case rank[s] > 0:
			return rank[s]
		case strings.HasPrefix(s, "__"):
			return len(rank) + 1
		}
		return len(rank) + 2
	}
	if c := cmp.Compare(class(a.s), class(b.s)); c != 0 {
		return c
	}
	return strings.Compare(a.s, b.s)
}

func sortNames(names []*Str) { slices.SortFunc(names, compareNames) }

// StaticNames returns all static strings but the empty one, sorted as in the
// string table.
func StaticNames() []*Str {
	var out []*Str
	eachStatic(func(s *Str) {
		if s.s != "" {
			out = append(out, s)
		}
	})
	sortNames(out)
	return out
}

// nativeNames are the names of this program's own types, sorted. Those of one
// character are not among them: the firmware has only what its modules use.
func nativeNames() []*Str {
	programNames.once.Do(func() {
		programNames.names = slices.DeleteFunc(StaticNames(), func(s *Str) bool { return len(s.s) == 1 })
	})
	return programNames.names
}

var programNames struct {
	once  sync.Once
	names []*Str
}

// EachName calls f with every name that the interpreter knows, in the order in
// which MicroPython's dir() tries them, until f returns false or fails: those of
// the firmware, which are sorted, and those that the script has brought.
func (in *Interp) EachName(f func(name *Str) (bool, error)) error {
	native, own := in.splitNames()
	sortNames(native)
	always := nativeNames()
	for len(native)+len(always)+len(own) > 0 {
		next := &own
		if len(always) > 0 && (len(native) == 0 || compareNames(always[0], native[0]) < 0) {
			next = &always
		} else if len(native) > 0 {
			next = &native
		}
		name := (*next)[0]
		*next = (*next)[1:]
		if more, err := f(name); !more || err != nil {
			return err
		}
	}
	return nil
}

// Names returns the names that scripts have brought into this interpreter, oldest
// first.
func (in *Interp) Names() []*Str {
	_, own := in.splitNames()
	return own
}

// splitNames tells the interned names that the firmware has, too, from the script's own.
func (in *Interp) splitNames() (native, own []*Str) {
	for _, s := range in.order {
		if in.isNative(s) {
			native = append(native, s)
		} else {
			own = append(own, s)
		}
	}
	return native, own
}

// isNative reports whether the firmware has a name, too, that was interned.
func (in *Interp) isNative(s *Str) bool {
	if len(s.s) == 1 && s.s[0] < 128 {
		return s.s == "_" || in.chars[s.s[0]]&charNative != 0
	}
	return s.flags&strNative != 0 || firstRank()[s.s] > 0
}
