package compile

import (
	"fmt"

	"qpy/python/object"
)

// RegSize is the size of a register in bytes. Operands that name registers
// hold the offset in bytes, so that the machine need not multiply.
const RegSize = 16

// MaxRegs is the largest number of registers of one function: offsets have 16
// bits.
const MaxRegs = 1 << 16 / RegSize

// Instr is one instruction: operation in the low 8 bits, 8 bits of marks, then
// the operands a, b and c with 16 bits each.
type Instr uint64

// Marks of an instruction. They allow the machine to use the memory of a value
// again that nothing else can refer to: one that goes from the instruction that
// makes it to the one that takes it and nowhere else.
const (
	MarkFleeting = 1 << iota // the result is taken by one marked instruction
	MarkTakesB               // b is the result of a marked instruction
	MarkTakesC               // c is the result of a marked instruction
)

// Marks returns the instruction's marks.
func (i Instr) Marks() uint8 { return uint8(i >> 8) }

// Op returns the operation.
func (i Instr) Op() Op { return Op(i) }

// A returns the first operand.
func (i Instr) A() uint16 { return uint16(i >> 16) }

// B returns the second operand.
func (i Instr) B() uint16 { return uint16(i >> 32) }

// C returns the third operand.
func (i Instr) C() uint16 { return uint16(i >> 48) }

// BC returns the second and third operand together.
func (i Instr) BC() uint32 { return uint32(i >> 32) }

// Handler says where an exception in a range of instructions goes on.
type Handler struct {
	Start, End int    // instructions Start <= pc < End
	Target     int    // where to go on
	Reg        uint16 // offset of the register that gets the exception
}

// FreeVar says where a function that is made gets a free variable from.
type FreeVar struct {
	Outer bool // from the free variables of the function around it, else from its registers
	Index int  // index there, or offset of the register with the cell
}

// GlobalCache is the inline cache of one global name in one code.
type GlobalCache struct {
	Name  *object.Str
	Dict  *object.Dict  // the globals for which the rest holds,
	Ver   uint32        // in this version
	Epoch uint32        // of the overridden built-ins
	Entry *object.Entry // where the globals have the name, or nil:
	Value object.Value  // it is this built-in
}

// AttrCache is the inline cache of one access to an attribute.
type AttrCache struct {
	Name  *object.Str
	Shape *object.Shape // of the instances for which the rest holds
	To    *object.Shape // shape after a store that adds the attribute
	Slot  int32         // slot of the instance, or -1: Value is the member of the class
	Epoch uint32        // of the classes
	Type  *object.Type  // built-in type for which Value is the method
	Value object.Value
}

// Code is a compiled function, class body, module or comprehension. It belongs
// to one Interp, because its caches change while it runs.
type Code struct {
	Name, File string
	Instrs     []Instr
	Lines      []int32 // line of each instruction
	Consts     []object.Value
	Names      []*object.Str
	Codes      []*Code
	Globals    []GlobalCache
	Attrs      []AttrCache
	Handlers   []Handler // innermost first
	Free       []FreeVar
	NRegs      int

	Args      []*object.Str // names of positional and keyword-only parameters
	NPos      int           // positional parameters
	NKwOnly   int
	VarArgs   bool // takes *args, in the register after the parameters
	VarKw     bool // takes **kwargs, in the one after that
	Generator bool
	Class     bool // class body: returns the cell of __class__ or None
	Simple    bool // only positional parameters, no generator
	Block     string
}

// Line returns the line of instruction pc.
func (c *Code) Line(pc int) int { return int(c.Lines[pc]) }

// Dump returns the code as text, for tests and debugging.
func (c *Code) Dump() string {
	s := fmt.Sprintf("%s: %d registers, %d parameters\n", c.Name, c.NRegs, c.NPos)
	for pc, in := range c.Instrs {
		s += fmt.Sprintf("%4d line %d op %d  %d %d %d\n", pc, c.Lines[pc], in.Op(), in.A(), in.B(), in.C())
	}
	for _, h := range c.Handlers {
		s += fmt.Sprintf("  handler %d-%d -> %d r%d\n", h.Start, h.End, h.Target, h.Reg/RegSize)
	}
	for _, n := range c.Codes {
		s += n.Dump()
	}
	return s
}
