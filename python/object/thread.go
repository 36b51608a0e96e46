package object

import (
	"errors"
	"sync/atomic"
)

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
	// Turn is called at loop back-edges and calls after every Quantum of them, and
	// at the next one when Attention is set; n is how many there were since the
	// last call. It may run other threads of the same Interp meanwhile. An error
	// ends the script's thread: an *Exception can be caught by the script, others
	// cannot.
	Turn func(t *Thread, n int) error
	// Quantum is how many turn points pass between two calls of Turn.
	Quantum int
	// Attention is set, from any goroutine, by who wants Turn to be called: a quantum
	// can take long if every call in it does. Turn resets it. Never nil.
	Attention *atomic.Bool
	// Override holds what the script itself put into module builtins, nil
	// before the first store.
	Override *Dict
	// BuiltinsModule is the module builtins, whose stores go to Override; nil
	// while nobody has imported it.
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
	reserved   int        // see Reserve
	order      []*Str     // what was interned, in that order
	chars      [128]uint8 // see charMet
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
	sealed.Store(true)
	in := &Interp{
		Profile: p, Quantum: 1000, Attention: new(atomic.Bool),
		Stdout:     func([]byte) {},
		names:      make(map[string]*Str),
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
	Nest  int
	chain int         // see maxChain
	held  []Value     // see hold
	fmt   *fmtState   // see takeFmt
	big   *bigScratch // see bigs
}

// NewThread returns a thread that has run nothing yet.
func (in *Interp) NewThread() *Thread { return &Thread{In: in, work: pollItems} }

// pollItems is how many items are gone through between two calls of Poll.
const pollItems = 4096

// workItems is how many items a loop that takes a nanosecond or two for each goes
// through between two calls of Work.
const workItems = 1024

// Work is for built-in functions that run for long without a turn point: n is
// how many items they have gone through, or are about to, an item being some
// tens of nanoseconds. Now and then it asks Interp.Poll. Its error, a
// KeyboardInterrupt for example, ends the function.
func (t *Thread) Work(n int) error {
	if t.work -= n; t.work >= 0 {
		return nil
	}
	return t.poll()
}

// poll is not to be inlined into Work, which then could be inlined nowhere.
//
//go:noinline
func (t *Thread) poll() error {
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
