package object

// What a script's objects take of the heap that its board has, and who may ask how
// much that is.

// ItemBytes is how many bytes of plain memory, copied or looked through, count
// as one item for Work.
const ItemBytes = 64

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
// asked for next, or the VM at its next turn point, finds out that the heap is
// full.
func (in *Interp) Charge(n int) { in.used += int64(n) }

// CheckHeap fails if what was charged does not fit the heap.
func (t *Thread) CheckHeap() error {
	if in := t.In; in.used > in.limit && in.locks == 0 {
		return in.overLimit(0)
	}
	return nil
}

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
	seen := make(map[address]struct{})
	var todo []Value
	var stopped error
	n := 0
	push := func(v Value) {
		if v.p == nil || v.n != 0 || v.IsInt() || stopped != nil || v.Type().Visit == nil {
			return
		}
		if n++; n%censusPoll == 0 && in.Poll != nil {
			stopped = in.Poll() // in the middle of a long list
		}
		if _, ok := seen[v.p]; !ok {
			seen[v.p] = struct{}{}
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
	for len(todo) > 0 && stopped == nil {
		v := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		f(v.Type().Visit(v, push))
	}
	return stopped
}

// censusPoll is how many references Census follows between two calls of Poll.
const censusPoll = 4096

// Memory returns how many bytes the script has asked for in all, how many are
// in use (or not yet known to be garbage), and the most that were in use.
func (in *Interp) Memory() (total, current, peak int64) {
	current = in.Used()
	return in.freed + current, current, max(in.peak, current)
}
