package modules_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/go-python/gpython/py"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/modules"
	"qpy/modules/internal/script"
	"qpy/python"
	"qpy/python/object"
)

// watcher stands before every native function of the catalog's modules and
// counts how its calls ended.
type watcher struct {
	sync.Mutex
	well, raised map[string]int // calls by "module.name"
	types        map[any]bool   // that are watched
}

var watching = &watcher{well: map[string]int{}, raised: map[string]int{}, types: map[any]bool{}}

func (w *watcher) note(key string, err error) {
	w.Lock()
	defer w.Unlock()
	if err != nil {
		w.raised[key]++
	} else {
		w.well[key]++
	}
}

// isNew tells whether a type is seen the first time.
func (w *watcher) isNew(ty any) bool {
	w.Lock()
	defer w.Unlock()
	seen := w.types[ty]
	w.types[ty] = true
	return !seen
}

// Before any board is made: a type's functions are shared by all of them.
func TestMain(m *testing.M) {
	for _, e := range catalog {
		i := slices.IndexFunc(modules.All, func(m *python.Module) bool { return m.Name == e.name })
		if i < 0 {
			continue // it has only files, under a name of its own
		}
		module := modules.All[i]
		if build := module.Build; build != nil {
			module.Build = func(in *object.Interp, m *object.Module) {
				build(in, m)
				watchModule(e, m)
			}
		}
		if impl := module.Impl(); impl != nil {
			for _, f := range impl.Methods {
				watchNative(e, e.name+"."+f.Name, f)
			}
			for _, v := range impl.Globals {
				if ty, ok := v.(*py.Type); ok {
					watchNativeType(e, ty)
				}
			}
		}
	}
	os.Exit(m.Run())
}

func watchModule(e entry, m *object.Module) {
	for d, i := m.Globals.Next(0); d != nil; d, i = m.Globals.Next(i) {
		name, _ := object.StrMaybe(d.Key())
		if f, ok := d.Val.AsBuiltin(); ok && watching.isNew(f) {
			watch(e, e.name+"."+name, f)
		}
		if ty, ok := d.Val.AsType(); ok {
			watchType(e, name, ty)
		} else {
			watchResult(e, d.Val)
		}
	}
}

// plain is an interpreter that hides nothing.
var plain = object.NewInterp(object.Generic())

// watchType watches the constructor and the methods of a class.
func watchType(e entry, name string, ty *object.Type) {
	if !ty.IsNative() || ty.IsSubclass(object.BaseException) || !watching.isNew(ty) {
		return
	}
	key := e.name + "." + name
	if create := ty.New; create != nil {
		ty.New = func(t *object.Thread, typ *object.Type, args, kw []object.Value) (object.Value, error) {
			v, err := create(t, typ, args, kw)
			watching.note(key, err)
			return v, err
		}
	}
	for _, n := range ty.Names() {
		if f, ok := ty.Own(plain, n).AsBuiltin(); ok {
			watch(e, key+"."+n.String(), f)
		}
	}
}

// watchResult watches the class of what a function has given, if the catalog
// names it.
func watchResult(e entry, v object.Value) {
	if v.IsNull() {
		return
	}
	for _, o := range e.objects {
		if v.Type().Name == o[0] {
			watchType(e, o[0], v.Type())
		}
	}
}

// watch replaces a function in place by one that calls it and counts.
func watch(e entry, key string, f *object.Builtin) {
	real := *f
	f.F0, f.F1, f.F2, f.F3, f.FV = nil, nil, nil, nil, nil
	f.Min, f.Max = 0, -1
	f.FK = func(t *object.Thread, args, kw []object.Value) (object.Value, error) {
		v, err := real.Call(t, args, kw)
		watching.note(key, err)
		if err == nil {
			watchResult(e, v)
		}
		return v, err
	}
}

func watchNative(e entry, key string, m *py.Method) {
	real := *m
	counted := py.MustNewMethod(m.Name, func(self py.Object, args py.Tuple, kwargs py.StringDict) (py.Object, error) {
		v, err := real.CallWithKeywords(self, args, kwargs)
		watching.note(key, err)
		if err == nil && v != nil {
			for _, o := range e.objects {
				if v.Type().Name == o[0] {
					watchNativeType(e, v.Type())
				}
			}
		}
		return v, err
	}, 0, "")
	*m = *counted
}

func watchNativeType(e entry, ty *py.Type) {
	if !watching.isNew(ty) {
		return
	}
	name := ty.Name
	if name == "lock" {
		name = "LockType" // as the module calls it
	}
	for n, v := range ty.Dict {
		if f, ok := v.(*py.Method); ok {
			watchNative(e, e.name+"."+name+"."+n, f)
		}
	}
}

// Every function of every module is called in the module's golden scripts, and
// in at least one call it raises. Functions written in Python are not watched:
// each is named in a script, and stands in the list of those that it calls
// wrongly.
func TestEveryFunctionHasAGoldenAndAnErrorPath(t *testing.T) {
	var missing []string
	for _, e := range catalog {
		var source strings.Builder
		for _, name := range e.scripts() {
			text, err := os.ReadFile(filepath.Join("..", "tests", name+".py"))
			require.NoError(t, err)
			source.Write(text)
			script.Run(t, string(text))
		}
		n := list(t, e)
		require.NotEmpty(t, append(n.functions, n.constants...), e.name)
		if e.python {
			missing = append(missing, unnamed(e, n, source.String())...)
			continue
		}
		for _, name := range append(slices.Clone(n.functions), n.classes...) {
			key := e.name + "." + name
			if alwaysWell[key] {
				continue
			}
			if watching.well[key] == 0 && !alwaysRaises[key] {
				missing = append(missing, key+" is never called well")
			}
			if watching.raised[key] == 0 && !neverRaises[key] {
				missing = append(missing, key+" never raises")
			}
		}
	}
	assert.Empty(t, strings.Join(missing, "\n"), "add them to the modules' scripts in tests/")
}

var (
	// alwaysWell are classes without a constructor, and what cannot be watched.
	alwaysWell = map[string]bool{
		"_thread.LockType": true, "_thread.semphore": true, "machine.mem": true,
		"ure.ure": true, "ure.match": true, "uio.FileIO": true, "uio.TextIOWrapper": true,
		// A class method, which is no function that could be watched: ucollections.py calls it, well and wrongly.
		"ucollections.OrderedDict.fromkeys": true,
	}
	// alwaysRaises are functions whose work is to raise, or whose answer no
	// transcript can hold: what they print has its test beside the module.
	alwaysRaises = map[string]bool{"_thread.exit": true, "usys.exit": true, "micropython.mem_info": true, "micropython.qstr_info": true}
	// neverRaises are constructors that take anything.
	neverRaises = map[string]bool{"uio.IOBase": true, "machine.PinBase": true}
)

// unnamed are the functions of a module in Python that its scripts do not name
// as they have to.
func unnamed(e entry, n names, source string) (missing []string) {
	for _, name := range n.functions {
		last := name[strings.LastIndexByte(name, '.')+1:]
		if !regexp.MustCompile(`\b` + last + `\(`).MatchString(source) {
			missing = append(missing, e.name+"."+name+" is never called")
		}
		if !strings.Contains(source, `"`+last+`"`) {
			missing = append(missing, e.name+"."+name+" is not called wrongly")
		}
	}
	return missing
}
