package vm

import (
	"slices"
	"sync/atomic"

	"qpy/python/compile"
	"qpy/python/object"
	"qpy/python/slab"
)

// frameKind says what is to be done with the result of a call.
type frameKind uint8

const (
	frameCall   frameKind = iota // result goes to register dest of the caller
	frameEntry                   // result goes back to Go
	frameInit                    // __init__: the result is the instance
	frameClass                   // body of a class
	frameFor                     // generator that a for loop drives
	frameFrom                    // generator that yield from drives
	frameEach                    // generator whose values go to a Go function
	frameBinary                  // result of an operator method: NotImplemented goes on with others
)

// frame is a running or suspended call.
type frame struct {
	w       window
	room    int // bytes from w to the end of the stack; below zero: registers are not on the stack
	code    *compile.Code
	fn      *Function
	prev    *frame
	pc      int // where to go on, while another frame runs
	alt     int // frameFor: where the loop's body begins
	dest    uint16
	kind    frameKind
	level   int          // which segment of the stack
	self    object.Value // frameInit: the instance; frameClass: name
	gen     *Generator
	regs    []object.Value           // of a generator: its registers
	sink    func(object.Value) error // frameEach
	globals *object.Dict
	locals  *object.Dict // frameClass: names of the class; self holds the locals around
}

// segment is the number of registers in the first piece of a thread's stack, and
// frames how many frames it has from the start. Further ones come by the block.
const (
	segment    = 512
	frames     = 16
	frameBlock = 32
)

// state is the part of a thread that the machine keeps.
type state struct {
	object.Header
	t     *object.Thread
	segs  [][]object.Value
	pool  []*frame
	np    int // frames of pool in use
	cur   *frame
	turns int   // turn points until Interp.Turn is called
	quiet uint8 // turns since clearAbove
	// attention is the Interp's: another goroutine wants Turn to be called now.
	attention *atomic.Bool
	// locals is where names are stored: the module's or class's dict. As in
	// 1.13 it belongs to the thread, and a class body that ends in an exception
	// leaves its own behind.
	locals     *object.Dict
	functions0 slab.Slab[Function]
	functions1 slab.Slab[function1]
	functions3 slab.Slab[function3]
	generators slab.Slab[Generator]
	// idle holds frames of ended generators; see genFrame.
	idle [idleSizes][]*frame
	kw   []object.Value // keyword arguments while a call takes them
	args []object.Value // a stack of arguments; see gatherArgs
	// spare is a list that was a fleeting one, or nil.
	spare *object.List
	// inject is an exception that run raises first, or Null.
	inject object.Value
}

// room is a state with all that a short script needs, in one piece: memory in many
// pieces that were never used before is what takes a start its time.
type room struct {
	state
	segs   [1][]object.Value
	pool   [frames]*frame
	frames [frames]frame
	regs   [segment]object.Value
}

// states makes a state an object, which Collect visits. No script sees it.
var states = object.NewLayout[state](stateType)

var stateType = object.NewEngineType("thread")

func init() {
	stateType.Visit = func(self object.Value, visit func(object.Value)) int { return states.Must(self).visit(visit) }
}

// turnDue passes a turn point and tells whether Turn is to be called.
func (s *state) turnDue() bool {
	s.turns--
	return s.turns <= 0 || s.attention.Load()
}

// frameSize is what a frame takes beside its registers, in bytes.
const frameSize = 200

// visit calls visit with all that the thread holds and returns its size.
func (s *state) visit(visit func(object.Value)) int {
	size := frameSize*len(s.pool) + 16*cap(s.args)
	for _, seg := range s.segs {
		size += compile.RegSize * len(seg)
	}
	if s.locals != nil {
		visit(s.locals.Value())
	}
	for f := s.cur; f != nil; f = f.prev {
		f.visit(visit)
	}
	for _, v := range s.args {
		visit(v)
	}
	s.t.EachHeld(visit)
	return size
}

// stateOf returns the thread's state, making it at the first call.
func stateOf(t *object.Thread) *state {
	if s, ok := t.Exec.(*state); ok {
		return s
	}
	r := &room{state: state{Header: object.NewHeader(stateType), t: t, turns: t.In.Quantum, attention: t.In.Attention}}
	r.segs[0] = r.regs[:]
	for i := range r.frames {
		r.pool[i] = &r.frames[i]
	}
	s := &r.state
	s.segs, s.pool = r.segs[:], r.pool[:]
	t.Exec = s
	return s
}

// running are the threads of an Interp that have frames.
type running struct{ threads []*state }

// enter notes that the thread has frames, so that Collect finds what they hold. One
// that a run has left there which did not come to its end is noted already.
func (s *state) enter() {
	in := s.t.In
	r, ok := in.VM.(*running)
	if !ok {
		r = &running{}
		in.VM = r
		in.AddRoots(r.visit)
	}
	if !slices.Contains(r.threads, s) {
		r.threads = append(r.threads, s)
	}
}

// leave is called when the thread has no frames any more.
func (s *state) leave() {
	if r, ok := s.t.In.VM.(*running); ok {
		r.threads = slices.DeleteFunc(r.threads, func(o *state) bool { return o == s })
	}
}

func (r *running) visit(visit func(object.Value)) {
	for _, s := range r.threads {
		visit(s.Header.Value())
	}
}

// clearAbove forgets what ended calls left in the registers above the running
// one, so that it does not stay alive for long. Only between instructions: a
// call that is being made keeps its arguments there.
func (s *state) clearAbove() {
	f := s.cur
	for f != nil && f.room < 0 {
		f = f.prev
	}
	if f == nil {
		return
	}
	if used := f.code.NRegs * compile.RegSize; f.room > used {
		clear(span(shift(f.w, used), 0, (f.room-used)/compile.RegSize))
	}
	for _, seg := range s.segs[f.level+1:] {
		clear(seg)
	}
}

func (f *frame) visit(visit func(object.Value)) {
	if f.code == nil {
		return
	}
	for _, v := range span(f.w, 0, f.code.NRegs) {
		visit(v)
	}
	visit(f.self)
	if f.fn != nil {
		visit(f.fn.Value())
	}
	if f.gen != nil {
		visit(f.gen.Value())
	}
	if f.globals != nil {
		visit(f.globals.Value())
	}
	if f.locals != nil {
		visit(f.locals.Value())
	}
}

// frame takes a frame from the pool.
func (s *state) frame() *frame {
	if s.np == len(s.pool) {
		block := make([]frame, frameBlock)
		for i := range block {
			s.pool = append(s.pool, &block[i])
		}
	}
	f := s.pool[s.np]
	s.np++
	return f
}

// stackTop returns where the registers of a new call can begin when they cannot
// overlap those of f, with room for need bytes.
func (s *state) stackTop(f *frame, need int) (w window, room, level int) {
	for f != nil && f.room < 0 {
		f = f.prev
	}
	w, room = newWindow(s.segs[0]), len(s.segs[0])*compile.RegSize
	if f != nil {
		n := f.code.NRegs * compile.RegSize
		w, room, level = shift(f.w, n), f.room-n, f.level
	}
	if room >= need {
		return w, room, level
	}
	level++
	size := max(2*len(s.segs[level-1]), need/compile.RegSize)
	if level == len(s.segs) {
		s.segs = append(s.segs, make([]object.Value, size))
	} else if len(s.segs[level])*compile.RegSize < need {
		s.segs[level] = make([]object.Value, size)
		s.segs = s.segs[:level+1]
	}
	return newWindow(s.segs[level]), len(s.segs[level]) * compile.RegSize, level
}

// call runs a function from Go.
func (s *state) call(fn *Function, args, kw []object.Value) (object.Value, error) {
	c := fn.Code
	if c.Generator {
		return newGenerator(s.t, fn, args, kw)
	}
	f := s.frame()
	need := c.NRegs * compile.RegSize
	w, room, level := s.stackTop(s.cur, need)
	if err := fn.bind(s.t, span(w, 0, c.NRegs), args, kw); err != nil {
		s.np--
		return object.Null, err
	}
	// Field by field: the rest is of no meaning to an entry frame.
	f.w, f.room, f.level, f.code, f.fn, f.globals, f.kind = w, room, level, c, fn, fn.Globals, frameEntry
	f.pc, f.gen = 0, nil
	if s.locals == nil {
		s.locals = fn.Globals
	}
	return s.start(f)
}

// Exec runs the code of a module or of an expression with the given globals and
// locals, and returns its value.
func Exec(t *object.Thread, c *compile.Code, globals, locals *object.Dict) (object.Value, error) {
	s := stateOf(t)
	f := s.frame()
	w, room, level := s.stackTop(s.cur, c.NRegs*compile.RegSize)
	fn := s.newFunction(c, globals)
	*f = frame{w: w, room: room, level: level, code: c, fn: fn, globals: globals, kind: frameEntry}
	old := s.locals
	s.locals = locals
	v, err := s.start(f)
	s.locals = old
	return v, err
}

// start runs an entry frame to its end.
func (s *state) start(f *frame) (object.Value, error) {
	t := s.t
	prev := s.cur
	if err := t.Enter(); err != nil {
		s.np--
		return object.Null, err
	}
	if prev == nil {
		s.enter()
	}
	f.prev = prev
	np, nest := s.np, t.Nest
	v, _, err := s.run(f)
	s.cur, s.np, t.Nest = prev, np-1, nest
	t.Leave()
	if prev == nil {
		s.leave()
	}
	return v, err
}

// Globals returns the globals of the innermost running code of the thread, or
// nil if none runs.
func Globals(t *object.Thread) *object.Dict {
	if s, ok := t.Exec.(*state); ok && s.cur != nil {
		return s.cur.globals
	}
	return nil
}

// Locals returns what locals() gives: the names of a module or class body.
func Locals(t *object.Thread) *object.Dict {
	if s, ok := t.Exec.(*state); ok {
		return s.locals
	}
	return nil
}
