package object

// The iterators that work on other iterators (py/objenumerate.c, objzip.c,
// objmap.c, objfilter.c, objreversed.c).

type enumerateIter struct {
	Header
	it Value
	at int64
}

type zipIter struct {
	Header
	its []Value
}

type mapIter struct {
	Header
	fn   Value
	its  []Value
	args []Value // for the next call, nil while one runs
}

type filterIter struct {
	Header
	fn, it Value
	arg    [1]Value
}

type reversedIter struct {
	Header
	seq Value
	n   int64 // how many are left
}

var (
	enumerateType = NewEngineType("enumerate")
	zipType       = NewEngineType("zip")
	mapType       = NewEngineType("map")
	filterType    = NewEngineType("filter")
	reversedType  = NewEngineType("reversed")

	nReversed     = Intern("__reversed__")
	enumerateArgs = []Arg{{Name: Intern("iterable"), Required: true}, {Name: nStart, Kind: ArgInt, Default: Int(0)}}
)

// iters returns iterators of all the arguments.
func iters(t *Thread, args []Value) ([]Value, error) {
	out := make([]Value, len(args))
	for i, v := range args {
		var err error
		if out[i], err = Iter(t, v); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// nextOf is Next with short cuts for the iterators that occur most.
func nextOf(t *Thread, it Value) (Value, error) {
	if err := t.Work(1); err != nil {
		return Null, err
	}
	switch it.Type() {
	case ListIterType:
		i := (*ListIter)(it.p)
		if i.I < len(i.L.Items) {
			i.I++
			return i.L.Items[i.I-1], nil
		}
		return Null, nil
	case RangeIterType:
		i := (*RangeIter)(it.p)
		if i.N > 0 {
			v := i.At
			i.At += i.Step
			i.N--
			return Int(v), nil
		}
		return Null, nil
	}
	if t.chain >= maxChain {
		return Null, ErrDepth()
	}
	t.chain++
	v, err := Next(t, it)
	t.chain--
	return v, err
}

// maxChain is how many iterators may take their items each from the next. The
// module's stack ends before that.
const maxChain = 1 << 14

func init() {
	for _, ty := range []*Type{enumerateType, zipType, mapType, filterType, reversedType} {
		ty.Iter = Identity
		DefineBuiltin(ty.Name, ty.Value())
	}
	enumerateType.New, enumerateType.Next, enumerateType.Next2, enumerateType.Visit = enumerateNew, enumerateNext, enumerateNext2, enumerateVisit
	zipType.New, zipType.Next, zipType.Next2, zipType.Visit = zipNew, zipNext, zipNext2, zipVisit
	mapType.New, mapType.Next, mapType.Visit = mapNew, mapNext, mapVisit
	filterType.New, filterType.Next, filterType.Visit = filterNew, filterNext, filterVisit
	reversedType.New, reversedType.Next, reversedType.Visit = reversedNew, reversedNext, reversedVisit
}

func enumerateNew(t *Thread, typ *Type, args, kw []Value) (Value, error) {
	var out [2]Value
	if len(args) > 2 { // MicroPython converts each argument before it counts them
		if _, err := ToInt(t, args[1]); err != nil {
			return Null, err
		}
	}
	if err := ParseArgs(t, args, kw, enumerateArgs, out[:]); err != nil {
		return Null, err
	}
	it, err := Iter(t, out[0])
	return (&enumerateIter{Header{enumerateType}, it, out[1].Int()}).Value(), err
}

func enumerateNext(t *Thread, self Value) (Value, error) {
	e := (*enumerateIter)(self.p)
	v, err := nextOf(t, e.it)
	if err != nil || v.IsNull() {
		return Null, err
	}
	e.at++
	return t.Tuple(Int(e.at-1), v)
}

func enumerateNext2(t *Thread, self Value) (x, y Value, ok bool, err error) {
	e := (*enumerateIter)(self.p)
	if y, err = nextOf(t, e.it); err != nil || y.IsNull() {
		return Null, Null, true, err
	}
	e.at++
	return Int(e.at - 1), y, true, nil
}

func enumerateVisit(self Value, f func(Value)) int {
	f((*enumerateIter)(self.p).it)
	return 32
}

func zipNew(t *Thread, typ *Type, args, kw []Value) (Value, error) {
	if err := CheckNum(args, kw, 0, -1, false); err != nil {
		return Null, err
	}
	its, err := iters(t, args)
	return (&zipIter{Header{zipType}, its}).Value(), err
}

func zipNext(t *Thread, self Value) (Value, error) {
	its := (*zipIter)(self.p).its
	if len(its) == 0 {
		return Null, nil
	}
	var buf [3]Value
	items := buf[:]
	if len(its) > len(buf) {
		items = make([]Value, len(its))
	}
	for i, it := range its {
		var err error
		if items[i], err = nextOf(t, it); err != nil || items[i].IsNull() {
			return Null, err
		}
	}
	if len(its) > len(buf) {
		return TupleOf(items), t.Alloc(16 * len(items))
	}
	return t.Tuple(items[:len(its)]...)
}

func zipNext2(t *Thread, self Value) (x, y Value, ok bool, err error) {
	its := (*zipIter)(self.p).its
	if len(its) != 2 {
		return Null, Null, false, nil
	}
	if x, err = nextOf(t, its[0]); err != nil || x.IsNull() {
		return Null, Null, true, err
	}
	if y, err = nextOf(t, its[1]); err != nil || y.IsNull() {
		return Null, Null, true, err
	}
	return x, y, true, nil
}

func zipVisit(self Value, f func(Value)) int {
	return visitAll((*zipIter)(self.p).its, f)
}

func mapNew(t *Thread, typ *Type, args, kw []Value) (Value, error) {
	if err := CheckNum(args, kw, 2, -1, false); err != nil {
		return Null, err
	}
	its, err := iters(t, args[1:])
	return (&mapIter{Header{mapType}, args[0], its, make([]Value, len(its))}).Value(), err
}

func mapNext(t *Thread, self Value) (Value, error) {
	m := (*mapIter)(self.p)
	// The function may itself take the next item of this very map.
	args := m.args
	if args == nil {
		args = make([]Value, len(m.its))
	}
	m.args = nil
	for i, it := range m.its {
		var err error
		if args[i], err = nextOf(t, it); err != nil || args[i].IsNull() {
			m.args = args
			return Null, err
		}
	}
	v, err := Call(t, m.fn, args, nil)
	m.args = args
	return v, err
}

func mapVisit(self Value, f func(Value)) int {
	f((*mapIter)(self.p).fn)
	return visitAll((*mapIter)(self.p).its, f)
}

func filterNew(t *Thread, typ *Type, args, kw []Value) (Value, error) {
	if err := CheckNum(args, kw, 2, 2, false); err != nil {
		return Null, err
	}
	it, err := Iter(t, args[1])
	return (&filterIter{Header: Header{filterType}, fn: args[0], it: it}).Value(), err
}

func filterNext(t *Thread, self Value) (Value, error) {
	m := (*filterIter)(self.p)
	for {
		v, err := nextOf(t, m.it)
		if err != nil || v.IsNull() {
			return Null, err
		}
		ok := v
		if !m.fn.IsNone() {
			m.arg[0] = v
			if ok, err = Call(t, m.fn, m.arg[:], nil); err != nil {
				return Null, err
			}
		}
		if yes, err := IsTrue(t, ok); yes || err != nil {
			return v, err
		}
	}
}

func filterVisit(self Value, f func(Value)) int {
	m := (*filterIter)(self.p)
	f(m.fn)
	f(m.it)
	return 56
}

func reversedNew(t *Thread, typ *Type, args, kw []Value) (Value, error) {
	if err := CheckNum(args, kw, 1, 1, false); err != nil {
		return Null, err
	}
	fn, recv, err := LoadMethodMaybe(t, args[0], nReversed)
	if err != nil {
		return Null, err
	}
	if !fn.IsNull() {
		return CallMethod(t, fn, recv, nil, nil)
	}
	size, err := Len(t, args[0])
	if err != nil {
		return Null, err
	}
	n, err := ToInt(t, size)
	return (&reversedIter{Header{reversedType}, args[0], n}).Value(), err
}

func reversedNext(t *Thread, self Value) (Value, error) {
	r := (*reversedIter)(self.p)
	if r.n == 0 {
		return Null, nil
	}
	r.n--
	return GetItem(t, r.seq, Int(r.n))
}

func reversedVisit(self Value, f func(Value)) int {
	f((*reversedIter)(self.p).seq)
	return 40
}

func visitAll(items []Value, f func(Value)) int {
	for _, v := range items {
		f(v)
	}
	return 64 + 16*len(items)
}
