package object

import "errors"

// Profile is what differs between firmwares in the language itself.
type Profile struct {
	// HashBytes is the width of a string's hash in bytes (1, 2 or 4;
	// MICROPY_QSTR_BYTES_IN_HASH). It shows in the order of dicts and sets.
	HashBytes int
	// WordBits is the width of a machine word, 32 or 64. It shows in the hash
	// of negative ints.
	WordBits int
	// MaxDepth is how many calls may be nested before RuntimeError.
	MaxDepth int
	// Heap is the budget in bytes that the objects of a script may take.
	Heap int64
	// Hidden lists what this firmware lacks: "frozenset" a built-in, or
	// "dict.fromkeys" a method of a built-in type.
	Hidden map[string]bool
	// Extra lists built-ins that this firmware has and the standard build lacks:
	// "execfile", "help", "TimeoutError".
	Extra map[string]bool
	// Help is what help() prints.
	Help string
	// FixedBuiltins forbids scripts to put names into module builtins.
	FixedBuiltins bool
	// AttrHooks enables __setattr__ and __delattr__
	// (MICROPY_PY_DELATTR_SETATTR), which the standard build lacks.
	AttrHooks bool
}

// Generic is the standard unix build of MicroPython 1.13.
func Generic() Profile {
	return Profile{HashBytes: 2, WordBits: 64, MaxDepth: 200, Heap: 64 << 20}
}

// Interp is the state that all threads of one board share. One goroutine at a
// time runs in an Interp; nothing in it is locked.
type Interp struct {
	// Profile is fixed once the first thread runs.
	Profile Profile
	// Stdout receives what the script prints.
	Stdout func(p []byte)
	// Turn is called at loop back-edges and calls after every Quantum of them;
	// n is how many there were since the last call. It may run other threads
	// of the same Interp meanwhile. An error ends the script's thread: an
	// *Exception can be caught by the script, others cannot.
	Turn func(t *Thread, n int) error
	// Quantum is how many turn points pass between two calls of Turn.
	Quantum int
	// Builtins are the names that every module sees; read-only.
	Builtins map[*Str]Value
	// Override holds what the script itself put into module builtins, nil
	// before the first store.
	Override *Dict
	// BuiltinsModule is the module builtins, whose stores go to Override.
	BuiltinsModule *Module
	// Modules is sys.modules: the loaded modules by name.
	Modules *Dict
	// Import loads a module: name as written, with the number of leading dots
	// as level; names are those of from … import, nil for a plain import.
	Import func(t *Thread, name *Str, names Value, level int, globals *Dict) (Value, error)
	// Hooks connect the built-in functions to compiler, VM and embedder.
	Hooks Hooks
	// Host belongs to the embedder: by it library modules find what they run on.
	Host any
	// OptLevel is what micropython.opt_level sets for source that is compiled
	// from then on.
	OptLevel int
	// Poll is asked now and then by built-in functions that run for long
	// without a turn point. An error ends the function as an error of Turn ends
	// what runs there; Poll must not run other threads.
	Poll func() error
	// Reclaim lets the embedder have Go collect its garbage while no thread of
	// the Interp runs. It returns how many bytes the script may allocate before
	// it is called again; the first call comes with the first allocation. nil
	// leaves collecting to Go alone.
	Reclaim func() int64
	// Warn receives the text of a warning (BytesWarning: …), without newline.
	Warn func(text string)

	// BuiltinEpoch changes whenever Override does.
	BuiltinEpoch uint32
	// ClassEpoch changes whenever a class changes such that cached lookups of
	// methods may be wrong.
	ClassEpoch uint32

	// VM belongs to the VM: the threads that run at present.
	VM any

	names map[string]*Str
	// namesSize is what the names take of the heap, which is for ever as in
	// MicroPython.
	namesSize  int
	reserved   int    // see Reserve
	order      []*Str // what was interned, in that order
	hashMask   uint32
	wordMask   uint64
	wordUnit   uint // bits of a 64-bit word that an object's word lacks
	nextID     uint64
	ids        ids
	slabs      slabs
	spareTable []Entry // see newTable
	used       int64
	limit      int64 // used up to which nothing is to be done; see setLimit
	reclaimAt  int64 // used at which Reclaim is called; 0 before its first call
	freed      int64 // what Collect found to be garbage so far
	peak       int64 // the most that used was at a Collect
	locks      int   // LockHeap without UnlockHeap
	roots      []func(visit func(Value))
}

// NewInterp returns an Interp without modules, whose output is discarded.
func NewInterp(p Profile) *Interp {
	in := &Interp{
		Profile: p, Quantum: 1000,
		Stdout:     func([]byte) {},
		names:      make(map[string]*Str),
		Builtins:   visibleBuiltins(p),
		ClassEpoch: 1,
		nextID:     1,
	}
	in.hashMask = 0xffffffff
	if p.HashBytes > 0 && p.HashBytes < 4 {
		in.hashMask = 1<<(8*p.HashBytes) - 1
	}
	in.wordMask, in.wordUnit = ^uint64(0), 1
	if p.WordBits == 32 {
		in.wordMask, in.wordUnit = 0xffffffff, 33
	}
	in.Modules = NewDict(0)
	return in
}

// hashWord returns a hash as the table sees it: it was an object, which holds
// one bit less than a machine word, and is taken as a word without sign.
func (in *Interp) hashWord(h int64) uint64 {
	return uint64(h<<in.wordUnit>>in.wordUnit) & in.wordMask
}

// isSmall tells whether an int is one that fits a word of the model beside the
// mark for it; MicroPython keeps all others as large ones.
func (in *Interp) isSmall(v Value) bool {
	n := v.Int()
	return v.IsInt() && n<<in.wordUnit>>in.wordUnit == n
}

// builtins is the shared table behind Interp.Builtins.
var builtins = make(map[*Str]Value, 128)

// extra are the built-ins that only Profile.Extra brings in.
var extra = map[string]bool{"execfile": true, "help": true, "TimeoutError": true}

// visibleBuiltins returns the built-ins that a firmware has.
func visibleBuiltins(p Profile) map[*Str]Value {
	out := make(map[*Str]Value, len(builtins))
	for name, v := range builtins {
		if !p.Hidden[name.s] && (!extra[name.s] || p.Extra[name.s]) {
			out[name] = v
		}
	}
	return out
}

// DefineBuiltin adds a name that every module sees. For init functions.
func DefineBuiltin(name string, v Value) { builtins[Intern(name)] = v }

// Thread is one thread of a script. Every native function gets the thread
// that calls it and must hand on this one and no other.
type Thread struct {
	// In is the board's shared state.
	In *Interp
	// Exec belongs to the VM: its registers and frames.
	Exec any
	// Handled is the exception that the innermost running except block
	// handles (sys.exc_info), or Null.
	Handled  Value
	work     int     // items until Poll is asked again; see Work
	gathered []Value // see gather
	// Nest counts nested calls and native operations; see Enter.
	Nest int
	held []Value     // see hold
	fmt  *fmtState   // see takeFmt
	big  *bigScratch // see bigs
}

// NewThread returns a thread that has run nothing yet.
func (in *Interp) NewThread() *Thread { return &Thread{In: in} }

// pollItems is how many items are gone through between two calls of Poll.
const pollItems = 4096

// ItemBytes is how many bytes of plain memory, copied or looked through, count
// as one item for Work.
const ItemBytes = 64

// Work is for built-in functions that run for long without a turn point: n is
// how many items they have gone through, or are about to, an item being some
// tens of nanoseconds. Now and then it asks Interp.Poll. Its error, a
// KeyboardInterrupt for example, ends the function.
func (t *Thread) Work(n int) error {
	if t.work -= n; t.work >= 0 {
		return nil
	}
	t.work = pollItems
	if t.In.Poll == nil {
		return nil
	}
	return t.In.Poll()
}

// ErrDepth returns the error for nesting too deep. It is made new for each raise, because a traceback is attached to it.
func ErrDepth() error { return Raise(RuntimeError, "maximum recursion depth exceeded") }

// Enter counts a nested call or a nested native operation (printing a list
// within a list); every Enter without error needs a Leave. It fails with
// RuntimeError when the script nests too deep.
func (t *Thread) Enter() error {
	if t.Nest >= t.In.Profile.MaxDepth {
		return ErrDepth()
	}
	t.Nest++
	return nil
}

// Leave ends what Enter began.
func (t *Thread) Leave() { t.Nest-- }

// Alloc asks for n bytes of the script's heap before Go allocates them. It
// must be asked wherever the size depends on data. It fails with MemoryError
// if the budget is exceeded even without the garbage. A large piece counts as
// work, too, and then it may fail as Work does.
func (t *Thread) Alloc(n int) error {
	in := t.In
	in.used += int64(n)
	if in.used > in.limit || uint(n) >= allocLarge {
		return t.allocLarge(n)
	}
	return nil
}

// allocLarge is the size in bytes from which on filling a piece of memory takes
// longer than asking for it.
const allocLarge = 4096

// allocLarge is Alloc where it does not end at once; n is counted already.
func (t *Thread) allocLarge(n int) error {
	in := t.In
	if n < 0 {
		in.used -= int64(n)
		return MemoryErr(^uint64(0) >> 1)
	}
	if in.used > in.limit {
		if err := in.overLimit(int64(n)); err != nil {
			return err
		}
	}
	return t.Work(n / ItemBytes)
}

// Charge counts n bytes of the heap without asking for them: for what is small
// and made where nothing may fail, or where something larger follows. What is
// asked for next finds out that the heap is full.
func (in *Interp) Charge(n int) { in.used += int64(n) }

// Grow returns buf with room for n more bytes. It is for text that a built-in
// function makes piece by piece, which Collect cannot find: each time that it is
// moved, the heap must have room for all of it.
func (t *Thread) Grow(buf []byte, n int) ([]byte, error) {
	need := len(buf) + n
	if need <= cap(buf) {
		return buf, nil
	}
	size := max(need, 2*cap(buf), 32)
	if int64(size) > t.In.Profile.Heap/2 {
		size = need + need/8
	}
	if err := t.Alloc(size); err != nil {
		return buf, err
	}
	return append(make([]byte, 0, size), buf...), nil
}

// hold keeps an object that a built-in function is filling among what Collect
// finds, until release. The two nest.
func (t *Thread) hold(v Value) { t.held = append(t.held, v) }

func (t *Thread) release() { t.held = t.held[:len(t.held)-1] }

// EachHeld calls f with what running built-in functions are filling or have
// gathered, for the VM to visit.
func (t *Thread) EachHeld(f func(Value)) {
	for _, v := range t.held {
		f(v)
	}
	for _, v := range t.gathered {
		f(v)
	}
}

// Reserve takes n bytes of the heap for something that Collect cannot find, until
// Unreserve.
func (t *Thread) Reserve(n int) error {
	if err := t.Alloc(n); err != nil {
		return err
	}
	t.In.reserved += n
	return nil
}

// Unreserve gives back what Reserve has taken.
func (in *Interp) Unreserve(n int) { in.reserved -= n }

// Free gives back n bytes that Alloc was asked for, when what took them is known
// to be garbage.
func (t *Thread) Free(n int) { t.In.used -= int64(n) }

// lockedHeap is added to the count of used bytes while the heap is locked, so
// that every request takes the way of one that is too large.
const lockedHeap = 1 << 60

// LockHeap makes every request for memory fail until as many calls of
// UnlockHeap (gc_lock).
func (in *Interp) LockHeap() {
	if in.locks++; in.locks == 1 {
		in.used += lockedHeap
	}
}

// UnlockHeap takes back one LockHeap and returns how many are left. Without
// one it does nothing.
func (in *Interp) UnlockHeap() int {
	if in.locks > 0 {
		if in.locks--; in.locks == 0 {
			in.used -= lockedHeap
		}
	}
	return in.locks
}

// HeapLocked reports whether LockHeap is in force.
func (in *Interp) HeapLocked() bool { return in.locks > 0 }

// overLimit calls Reclaim when its time has come, and tells whether n more
// bytes fit the budget.
func (in *Interp) overLimit(n int64) error {
	if in.Reclaim != nil && in.locks == 0 && in.used > in.reclaimAt {
		in.reclaimAt = in.used + in.Reclaim()
	}
	if in.used > in.Profile.Heap {
		if err := in.overBudget(n); err != nil {
			return err
		}
	}
	in.setLimit()
	return nil
}

// setLimit finds the next count of used bytes at which something is to be done.
func (in *Interp) setLimit() {
	in.limit = in.Profile.Heap
	if in.Reclaim != nil {
		in.limit = min(in.limit, in.reclaimAt)
	}
}

// overBudget counts what is alive and tells whether n more bytes fit.
func (in *Interp) overBudget(n int64) error {
	in.used -= n
	if in.locks > 0 {
		return Raise(MemoryError, "memory allocation failed, heap is locked")
	}
	if n > in.Profile.Heap {
		return MemoryErr(uint64(n))
	}
	if err := in.Collect(); err != nil {
		return err
	}
	// A heap that is all but full would be searched for garbage all the time.
	if in.used+n > in.Profile.Heap-in.Profile.Heap/32 {
		return MemoryErr(uint64(n))
	}
	in.used += n
	return nil
}

// MemoryErr returns the MemoryError for a request of n bytes, of which
// MicroPython shows the low 32 bits.
func MemoryErr(n uint64) error {
	return Raisef(MemoryError, "memory allocation failed, allocating %d bytes", uint32(n))
}

// AddRoots registers a function that visits values which the Interp keeps
// alive; the VM does so for its threads.
func (in *Interp) AddRoots(f func(visit func(Value))) { in.roots = append(in.roots, f) }

// Used returns the bytes allocated since the last Collect plus those that were
// alive then.
func (in *Interp) Used() int64 {
	if in.locks > 0 {
		return in.used - lockedHeap
	}
	return in.used
}

// Collect counts the bytes that the script's live objects take. (Go frees the
// rest by itself; this is for the budget and for gc.mem_free.) It fails as
// Census does, and has counted nothing then.
func (in *Interp) Collect() error {
	before := in.Used()
	var live int64
	if err := in.Census(func(size int) { live += int64(size) }); err != nil {
		return err
	}
	in.peak = max(in.peak, before)
	in.freed += max(before-live, 0)
	in.used = live
	in.reclaimAt -= max(before-live, 0)
	in.setLimit()
	if in.locks > 0 {
		in.used += lockedHeap
	}
	return nil
}

// Census calls f with the size in bytes of every live object, and of what the
// names of the script take. Poll is asked meanwhile; its error ends the count.
func (in *Interp) Census(f func(size int)) error {
	seen := make(map[Value]struct{})
	var todo []Value
	push := func(v Value) {
		if v.p == nil || v.n != 0 || v.Type().Visit == nil {
			return
		}
		if _, ok := seen[v]; !ok {
			seen[v] = struct{}{}
			todo = append(todo, v)
		}
	}
	for _, roots := range in.roots {
		roots(push)
	}
	push(in.Modules.Value())
	if in.Override != nil {
		push(in.Override.Value())
	}
	f(in.namesSize)
	f(in.reserved)
	for n := 1; len(todo) > 0; n++ {
		v := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		f(v.Type().Visit(v, push))
		if n%censusPoll == 0 && in.Poll != nil {
			if err := in.Poll(); err != nil {
				return err
			}
		}
	}
	return nil
}

// censusPoll is how many objects Census counts between two calls of Poll.
const censusPoll = 1024

// Memory returns how many bytes the script has asked for in all, how many are
// in use (or not yet known to be garbage), and the most that were in use.
func (in *Interp) Memory() (total, current, peak int64) {
	current = in.Used()
	return in.freed + current, current, max(in.peak, current)
}

// ID returns a number that stands for v's address: the same for the same
// object, different for different ones, and the same in every run of a script.
func (in *Interp) ID(v Value) uint64 {
	if inst, ok := v.AsInstance(); ok {
		if inst.id == 0 {
			inst.id = in.newID()
		}
		return inst.id
	}
	if v.IsInt() {
		return uint64(v.Int())<<1 | 1 // the word that stands for it
	}
	return in.ids.of(in, v)
}

func (in *Interp) newID() uint64 {
	id := 0x7e0000 + in.nextID*32
	in.nextID++
	return id
}

// Error returns the exception of err as a value, or Null if err is not one
// that a script can catch.
func ErrorValue(err error) Value {
	var e *Exception
	if errors.As(err, &e) {
		return e.Self()
	}
	return Null
}
