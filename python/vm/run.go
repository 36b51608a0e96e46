package vm

import (
	"math"

	"qpy/python/compile"
	"qpy/python/object"
)

// run executes frame f until the call that it entered with returns (or, for a
// generator, yields). If s.inject is set, that exception is raised where f goes
// on.
//
// It is one function with one switch, and its labels share code between the
// operations, because that is what makes it fast: variables stay in registers
// and no operation but a call of a built-in function leaves it.
func (s *state) run(f *frame) (result object.Value, yielded bool, err error) {
	var (
		t     = s.t
		in    compile.Instr
		w     = f.w
		ip    = at(f.code, f.pc)
		pc    int
		fn    *Function
		cd    *compile.Code
		nf, p *frame
		nw    window
		gen   *Generator
		v, v2 object.Value
		self  object.Value
		bop   object.BinaryOp
		off   int // where the arguments of a call begin
		nargs int
		nkw   int
		dest  uint16
		kind  frameKind
		truth bool
		want  bool
		to    int
		room  int
		level int
		need  int
	)
	s.cur = f
	if s.inject.IsNull() && f.gen != nil && f.gen.sent >= 0 && fetch(jumpBy(ip, -1)).Op() == compile.OpYieldFrom {
		// What was sent to a yield from is for the iterator.
		ip = jumpBy(ip, -1)
	}
	for {
		if !s.inject.IsNull() {
			v, s.inject = s.inject, object.Null
			f = s.cur
			if in = 0; f.pc > 0 {
				in = fetch(jumpBy(ip, -1))
			}
			if f.gen.sent < 0 || in.Op() != compile.OpYieldFrom {
				err = object.MakeRaise(t, v)
				goto raiseNext
			}
			if v, yielded, err = delegate(t, *reg(w, in.B()), object.None, v); err != nil {
				goto raise
			}
			if yielded {
				goto yield
			}
			*reg(w, in.A()) = v
		}
		for {
			in = fetch(ip)
			ip = step(ip)
			switch in.Op() {
			case compile.OpNop:
			case compile.OpMove:
				*reg(w, in.A()) = *reg(w, in.B())
				continue
			case compile.OpLoadK:
				*reg(w, in.A()) = s.cur.code.Consts[in.BC()]
				continue
			case compile.OpLoadI:
				reg(w, in.A()).SetInt(int64(int32(in.BC())))
				continue
			case compile.OpCheck:
				if reg(w, in.A()).IsNull() {
					err = unbound()
					goto raise
				}
				continue
			case compile.OpDelLocal:
				if reg(w, in.A()).IsNull() {
					err = unbound()
					goto raise
				}
				*reg(w, in.A()) = object.Null
				continue
			case compile.OpUnbind:
				if n := int(in.B()); n > 0 {
					clear(span(w, in.A(), n))
				}
				continue
			case compile.OpMakeCell:
				if err = t.Alloc(24); err != nil {
					goto raise
				}
				a := reg(w, in.A())
				*a = object.NewCell(*a).Value()
				continue
			case compile.OpNewCell:
				if err = t.Alloc(24); err != nil {
					goto raise
				}
				*reg(w, in.A()) = object.NewCell(object.Null).Value()
				continue
			case compile.OpLoadCell:
				if v = asCell(*reg(w, in.B())).V; v.IsNull() {
					err = unbound()
					goto raise
				}
				*reg(w, in.A()) = v
				continue
			case compile.OpStoreCell:
				asCell(*reg(w, in.A())).V = *reg(w, in.B())
				continue
			case compile.OpDelCell:
				c := asCell(*reg(w, in.A()))
				if c.V.IsNull() {
					err = unbound()
					goto raise
				}
				c.V = object.Null
				continue
			case compile.OpLoadFree:
				if v = s.cur.fn.Free[in.B()].V; v.IsNull() {
					err = unbound()
					goto raise
				}
				*reg(w, in.A()) = v
				continue
			case compile.OpStoreFree:
				s.cur.fn.Free[in.B()].V = *reg(w, in.A())
				continue
			case compile.OpDelFree:
				c := s.cur.fn.Free[in.A()]
				if c.V.IsNull() {
					err = unbound()
					goto raise
				}
				c.V = object.Null
				continue

			case compile.OpLoadName:
				if s.locals != s.cur.globals {
					if v = s.locals.GetName(t.In, s.cur.code.Globals[in.B()].Name); !v.IsNull() {
						*reg(w, in.A()) = v
						continue
					}
				}
				fallthrough
			case compile.OpLoadGlobal:
				f = s.cur
				c := &f.code.Globals[in.B()]
				if c.Ver == f.globals.Ver() && c.Dict == f.globals {
					if c.Entry != nil {
						*reg(w, in.A()) = c.Entry.Val
						continue
					}
					if c.Epoch == t.In.BuiltinEpoch {
						*reg(w, in.A()) = c.Value
						continue
					}
				}
				if v, err = loadGlobal(t, f.globals, c); err != nil {
					goto raise
				}
				*reg(w, in.A()) = v
				continue
			case compile.OpStoreName:
				c := &s.cur.code.Globals[in.B()]
				if s.locals != s.cur.globals {
					if err = s.locals.Set(t, c.Name.Value(), *reg(w, in.A())); err != nil {
						goto raise
					}
					continue
				}
				fallthrough
			case compile.OpStoreGlobal:
				c := &s.cur.code.Globals[in.B()]
				if c.Ver == s.cur.globals.Ver() && c.Dict == s.cur.globals && c.Entry != nil {
					c.Entry.Val = *reg(w, in.A())
					continue
				}
				if err = storeGlobal(t, s.cur.globals, c, *reg(w, in.A())); err != nil {
					goto raise
				}
				continue
			case compile.OpDelName:
				if !s.locals.DelName(t.In, s.cur.code.Globals[in.A()].Name) {
					err = object.RaiseArgs(object.KeyError, s.cur.code.Globals[in.A()].Name.Value())
					goto raise
				}
				continue
			case compile.OpDelGlobal:
				if !s.cur.globals.DelName(t.In, s.cur.code.Globals[in.A()].Name) {
					err = object.RaiseArgs(object.KeyError, s.cur.code.Globals[in.A()].Name.Value())
					goto raise
				}
				continue

			case compile.OpLoadAttr:
				v = *reg(w, in.B())
				c := &s.cur.code.Attrs[in.C()]
				if v.Type() == c.Type && c.Shape != nil {
					o := asInstance(v)
					if o.Shape() == c.Shape {
						if c.Slot >= 0 {
							*reg(w, in.A()) = *o.Slot(int(c.Slot))
							continue
						}
					}
				}
				if v, err = loadAttr(t, v, c); err != nil {
					goto raise
				}
				*reg(w, in.A()) = v
				continue
			case compile.OpStoreAttr:
				v = *reg(w, in.A())
				c := &s.cur.code.Attrs[in.C()]
				if v.Type() == c.Type && c.Epoch == t.In.ClassEpoch {
					o := asInstance(v)
					if o.Shape() == c.Shape {
						if c.To == nil {
							*o.Slot(int(c.Slot)) = *reg(w, in.B())
							continue
						}
						if err = o.Push(t, c.To, *reg(w, in.B())); err != nil {
							goto raise
						}
						continue
					}
				}
				if err = storeAttr(t, v, c, *reg(w, in.B())); err != nil {
					goto raise
				}
				continue
			case compile.OpDelAttr:
				if err = object.DelAttr(t, *reg(w, in.A()), s.cur.code.Names[in.B()]); err != nil {
					goto raise
				}
				continue
			case compile.OpLoadMethod:
				v = *reg(w, in.B())
				c := &s.cur.code.Attrs[in.C()]
				if v.Type() == c.Type {
					if c.Shape == nil {
						*reg(w, in.A()) = c.Value
						*next(w, in.A()) = v
						continue
					}
					if c.Epoch == t.In.ClassEpoch {
						if o := asInstance(v); o.Shape() == c.Shape {
							if c.Slot < 0 {
								*reg(w, in.A()) = c.Value
								*next(w, in.A()) = v
							} else {
								*reg(w, in.A()) = *o.Slot(int(c.Slot))
								*next(w, in.A()) = object.Null
							}
							continue
						}
					}
				}
				if v, v2, err = loadMethod(t, v, c); err != nil {
					goto raise
				}
				*reg(w, in.A()) = v
				*next(w, in.A()) = v2
				continue
			case compile.OpLoadSuper:
				if v, v2, err = loadSuper(t, *reg(w, in.B()), *next(w, in.B()), s.cur.code.Names[in.C()]); err != nil {
					goto raise
				}
				*reg(w, in.A()) = v
				*next(w, in.A()) = v2
				continue

			case compile.OpGetItem:
				b, c := reg(w, in.B()), *reg(w, in.C())
				switch b.Type().Kind {
				case object.KindList:
					if c.IsInt() {
						items := asList(*b).Items
						i := c.Int()
						if i < 0 {
							i += int64(len(items))
						}
						if uint64(i) < uint64(len(items)) {
							*reg(w, in.A()) = items[i]
							continue
						}
					}
				case object.KindTuple:
					if b.Type() == object.TupleType && c.IsInt() {
						items := asTuple(*b).Items
						i := c.Int()
						if i < 0 {
							i += int64(len(items))
						}
						if uint64(i) < uint64(len(items)) {
							*reg(w, in.A()) = items[i]
							continue
						}
					}
				case object.KindBytes, object.KindByteArray:
					if c.IsInt() {
						if n, ok := object.ByteAt(*b, c.Int()); ok {
							reg(w, in.A()).SetInt(int64(n))
							continue
						}
					}
				case object.KindDict:
					if e := asDict(*b).Probe(t.In, c); e != nil {
						*reg(w, in.A()) = e.Val
						continue
					}
					if v, err = asDict(*b).Get(t, c); err != nil {
						goto raise
					}
					if !v.IsNull() {
						*reg(w, in.A()) = v
						continue
					}
				case object.KindInstance:
					v, v2 = *b, c
					bop, nargs = 0, 1
					if fn = special(t, v.Type(), nGetItem); fn != nil {
						goto callSpecial
					}
				}
				if v, err = object.GetItem(t, *b, c); err != nil {
					goto raise
				}
				*reg(w, in.A()) = v
				continue
			case compile.OpGetItemI:
				b := reg(w, in.B())
				i := int64(int16(in.C()))
				var items []object.Value
				switch b.Type() {
				case object.ListType:
					items = asList(*b).Items
				case object.TupleType:
					items = asTuple(*b).Items
				}
				if i < 0 {
					i += int64(len(items))
				}
				if uint64(i) < uint64(len(items)) {
					*reg(w, in.A()) = items[i]
					continue
				}
				if v, err = object.GetItem(t, *b, object.Int(int64(int16(in.C())))); err != nil {
					goto raise
				}
				*reg(w, in.A()) = v
				continue
			case compile.OpSetItem:
				a, b := reg(w, in.A()), *reg(w, in.B())
				switch a.Type() {
				case object.ListType:
					if b.IsInt() {
						items := asList(*a).Items
						i := b.Int()
						if i < 0 {
							i += int64(len(items))
						}
						if uint64(i) < uint64(len(items)) {
							items[i] = *reg(w, in.C())
							continue
						}
					}
				case object.ByteArrayType:
					if c := reg(w, in.C()); b.IsInt() && c.IsInt() && object.SetByteAt(*a, b.Int(), c.Int()) {
						continue
					}
				case object.DictType:
					if d := asDict(*a); !d.Fixed {
						if e := d.Probe(t.In, b); e != nil {
							e.Val = *reg(w, in.C())
							continue
						}
						if err = d.Set(t, b, *reg(w, in.C())); err != nil {
							goto raise
						}
						continue
					}
				}
				if err = object.SetItem(t, *a, b, *reg(w, in.C())); err != nil {
					goto raise
				}
				continue
			case compile.OpDelItem:
				if err = object.DelItem(t, *reg(w, in.A()), *reg(w, in.B())); err != nil {
					goto raise
				}
				continue
			case compile.OpMakeSlice:
				if err = t.Alloc(64); err != nil {
					goto raise
				}
				b := span(w, in.B(), 3)
				*reg(w, in.A()) = object.NewSlice(b[0], b[1], b[2]).Value()
				continue

			case compile.OpPos:
				if v, err = object.Unary(t, object.OpPositive, *reg(w, in.B())); err != nil {
					goto raise
				}
				*reg(w, in.A()) = v
				continue
			case compile.OpNeg:
				b := reg(w, in.B())
				if b.IsFloat() {
					reg(w, in.A()).SetFloat(-b.Float())
					continue
				}
				if v, err = object.Unary(t, object.OpNegative, *b); err != nil {
					goto raise
				}
				*reg(w, in.A()) = v
				continue
			case compile.OpInvert:
				if v, err = object.Unary(t, object.OpInvert, *reg(w, in.B())); err != nil {
					goto raise
				}
				*reg(w, in.A()) = v
				continue
			case compile.OpNot:
				if truth, err = object.IsTrue(t, *reg(w, in.B())); err != nil {
					goto raise
				}
				reg(w, in.A()).SetBool(!truth)
				continue

			case compile.OpAdd, compile.OpInAdd:
				b, c := reg(w, in.B()), reg(w, in.C())
				if b.IsInt() {
					if c.IsInt() {
						x, y := b.Int(), c.Int()
						if r := x + y; (x^r)&(y^r) >= 0 {
							reg(w, in.A()).SetInt(r)
							continue
						}
					} else if c.IsFloat() {
						reg(w, in.A()).SetFloat(float64(b.Int()) + c.Float())
						continue
					}
				} else if b.IsFloat() {
					if c.IsFloat() {
						reg(w, in.A()).SetFloat(b.Float() + c.Float())
						continue
					} else if c.IsInt() {
						reg(w, in.A()).SetFloat(b.Float() + float64(c.Int()))
						continue
					}
				}
				goto binary
			case compile.OpSub, compile.OpInSub:
				b, c := reg(w, in.B()), reg(w, in.C())
				if b.IsInt() {
					if c.IsInt() {
						x, y := b.Int(), c.Int()
						if r := x - y; (x^y)&(x^r) >= 0 {
							reg(w, in.A()).SetInt(r)
							continue
						}
					} else if c.IsFloat() {
						reg(w, in.A()).SetFloat(float64(b.Int()) - c.Float())
						continue
					}
				} else if b.IsFloat() {
					if c.IsFloat() {
						reg(w, in.A()).SetFloat(b.Float() - c.Float())
						continue
					} else if c.IsInt() {
						reg(w, in.A()).SetFloat(b.Float() - float64(c.Int()))
						continue
					}
				}
				goto binary
			case compile.OpMul, compile.OpInMul:
				b, c := reg(w, in.B()), reg(w, in.C())
				if b.IsInt() {
					if c.IsInt() {
						x, y := b.Int(), c.Int()
						if int64(int32(x)) == x && int64(int32(y)) == y {
							reg(w, in.A()).SetInt(x * y)
							continue
						}
						if r, ok := object.MulInt(x, y); ok {
							reg(w, in.A()).SetInt(r)
							continue
						}
					} else if c.IsFloat() {
						reg(w, in.A()).SetFloat(float64(b.Int()) * c.Float())
						continue
					}
				} else if b.IsFloat() {
					if c.IsFloat() {
						reg(w, in.A()).SetFloat(b.Float() * c.Float())
						continue
					} else if c.IsInt() {
						reg(w, in.A()).SetFloat(b.Float() * float64(c.Int()))
						continue
					}
				}
				goto binary
			case compile.OpTrueDiv, compile.OpInTrueDiv:
				b, c := reg(w, in.B()), reg(w, in.C())
				if b.IsFloat() {
					if c.IsFloat() && c.Float() != 0 {
						reg(w, in.A()).SetFloat(b.Float() / c.Float())
						continue
					} else if c.IsInt() && c.Int() != 0 {
						reg(w, in.A()).SetFloat(b.Float() / float64(c.Int()))
						continue
					}
				} else if b.IsInt() {
					if c.IsInt() && c.Int() != 0 {
						reg(w, in.A()).SetFloat(float64(b.Int()) / float64(c.Int()))
						continue
					} else if c.IsFloat() && c.Float() != 0 {
						reg(w, in.A()).SetFloat(float64(b.Int()) / c.Float())
						continue
					}
				}
				goto binary
			case compile.OpFloorDiv, compile.OpInFloorDiv:
				b, c := reg(w, in.B()), reg(w, in.C())
				if b.IsInt() && c.IsInt() && c.Int() > 0 {
					reg(w, in.A()).SetInt(object.FloorDiv(b.Int(), c.Int()))
					continue
				}
				goto binary
			case compile.OpMod, compile.OpInMod:
				b, c := reg(w, in.B()), reg(w, in.C())
				if b.IsInt() && c.IsInt() && c.Int() > 0 {
					reg(w, in.A()).SetInt(object.FloorMod(b.Int(), c.Int()))
					continue
				}
				goto binary
			case compile.OpAnd, compile.OpInAnd:
				b, c := reg(w, in.B()), reg(w, in.C())
				if b.IsInt() && c.IsInt() {
					reg(w, in.A()).SetInt(b.Int() & c.Int())
					continue
				}
				goto binary
			case compile.OpOr, compile.OpInOr:
				b, c := reg(w, in.B()), reg(w, in.C())
				if b.IsInt() && c.IsInt() {
					reg(w, in.A()).SetInt(b.Int() | c.Int())
					continue
				}
				goto binary
			case compile.OpXor, compile.OpInXor:
				b, c := reg(w, in.B()), reg(w, in.C())
				if b.IsInt() && c.IsInt() {
					reg(w, in.A()).SetInt(b.Int() ^ c.Int())
					continue
				}
				goto binary
			case compile.OpLshift, compile.OpInLshift:
				b, c := reg(w, in.B()), reg(w, in.C())
				if b.IsInt() && c.IsInt() {
					if x, n := b.Int(), c.Int(); uint64(n) < 63 {
						if r := x << uint(n); r>>uint(n) == x {
							reg(w, in.A()).SetInt(r)
							continue
						}
					}
				}
				goto binary
			case compile.OpRshift, compile.OpInRshift:
				b, c := reg(w, in.B()), reg(w, in.C())
				if b.IsInt() && c.IsInt() {
					if n := c.Int(); n >= 0 {
						reg(w, in.A()).SetInt(b.Int() >> uint(min(n, 63)))
						continue
					}
				}
				goto binary
			case compile.OpMatMul, compile.OpInMatMul, compile.OpPow, compile.OpInPow:
				goto binary

			case compile.OpAddI, compile.OpInAddI:
				b := reg(w, in.B())
				if b.IsInt() {
					x, y := b.Int(), int64(int16(in.C()))
					if r := x + y; (x^r)&(y^r) >= 0 {
						reg(w, in.A()).SetInt(r)
						continue
					}
				} else if b.IsFloat() {
					reg(w, in.A()).SetFloat(b.Float() + float64(int16(in.C())))
					continue
				}
				goto binaryI
			case compile.OpSubI, compile.OpInSubI:
				b := reg(w, in.B())
				if b.IsInt() {
					x, y := b.Int(), int64(int16(in.C()))
					if r := x - y; (x^y)&(x^r) >= 0 {
						reg(w, in.A()).SetInt(r)
						continue
					}
				} else if b.IsFloat() {
					reg(w, in.A()).SetFloat(b.Float() - float64(int16(in.C())))
					continue
				}
				goto binaryI
			case compile.OpMulI, compile.OpInMulI:
				b := reg(w, in.B())
				if b.IsInt() {
					x, y := b.Int(), int64(int16(in.C()))
					if int64(int32(x)) == x {
						reg(w, in.A()).SetInt(x * y)
						continue
					}
					if r, ok := object.MulInt(x, y); ok {
						reg(w, in.A()).SetInt(r)
						continue
					}
				} else if b.IsFloat() {
					reg(w, in.A()).SetFloat(b.Float() * float64(int16(in.C())))
					continue
				}
				goto binaryI
			case compile.OpFloorDivI, compile.OpInFloorDivI:
				b, n := reg(w, in.B()), int64(int16(in.C()))
				if b.IsInt() && n > 0 {
					x := b.Int()
					if n&(n-1) == 0 {
						reg(w, in.A()).SetInt(x >> uint(log2(n)))
					} else {
						reg(w, in.A()).SetInt(object.FloorDiv(x, n))
					}
					continue
				}
				goto binaryI
			case compile.OpModI, compile.OpInModI:
				b, n := reg(w, in.B()), int64(int16(in.C()))
				if b.IsInt() && n > 0 {
					x := b.Int()
					if n&(n-1) == 0 {
						reg(w, in.A()).SetInt(x & (n - 1))
					} else if uint64(x)>>32 == 0 {
						reg(w, in.A()).SetInt(int64(uint32(x) % uint32(n)))
					} else {
						reg(w, in.A()).SetInt(object.FloorMod(x, n))
					}
					continue
				}
				goto binaryI
			case compile.OpTrueDivI, compile.OpInTrueDivI:
				b, n := reg(w, in.B()), int64(int16(in.C()))
				if n != 0 {
					if b.IsFloat() {
						reg(w, in.A()).SetFloat(b.Float() / float64(n))
						continue
					}
					if b.IsInt() {
						reg(w, in.A()).SetFloat(float64(b.Int()) / float64(n))
						continue
					}
				}
				goto binaryI
			case compile.OpAndI, compile.OpInAndI:
				if b := reg(w, in.B()); b.IsInt() {
					reg(w, in.A()).SetInt(b.Int() & int64(int16(in.C())))
					continue
				}
				goto binaryI
			case compile.OpOrI, compile.OpInOrI:
				if b := reg(w, in.B()); b.IsInt() {
					reg(w, in.A()).SetInt(b.Int() | int64(int16(in.C())))
					continue
				}
				goto binaryI
			case compile.OpXorI, compile.OpInXorI:
				if b := reg(w, in.B()); b.IsInt() {
					reg(w, in.A()).SetInt(b.Int() ^ int64(int16(in.C())))
					continue
				}
				goto binaryI
			case compile.OpLshiftI, compile.OpInLshiftI:
				if b, n := reg(w, in.B()), int16(in.C()); b.IsInt() && uint16(n) < 63 {
					x := b.Int()
					if r := x << uint(n); r>>uint(n) == x {
						reg(w, in.A()).SetInt(r)
						continue
					}
				}
				goto binaryI
			case compile.OpRshiftI, compile.OpInRshiftI:
				if b, n := reg(w, in.B()), int16(in.C()); b.IsInt() && n >= 0 {
					reg(w, in.A()).SetInt(b.Int() >> uint(min(n, 63)))
					continue
				}
				goto binaryI
			case compile.OpMatMulI, compile.OpInMatMulI:
				goto binaryI
			case compile.OpPowI, compile.OpInPowI:
				if b := reg(w, in.B()); in.C() == 2 {
					if b.IsFloat() {
						reg(w, in.A()).SetFloat(b.Float() * b.Float())
						continue
					}
					if b.IsInt() {
						if r, ok := object.MulInt(b.Int(), b.Int()); ok {
							reg(w, in.A()).SetInt(r)
							continue
						}
					}
				}
				goto binaryI

			case compile.OpLt:
				b, c := reg(w, in.B()), reg(w, in.C())
				if b.IsInt() && c.IsInt() {
					reg(w, in.A()).SetBool(b.Int() < c.Int())
					continue
				}
				if b.IsFloat() && c.IsFloat() {
					reg(w, in.A()).SetBool(b.Float() < c.Float())
					continue
				}
				goto compare
			case compile.OpGt:
				b, c := reg(w, in.B()), reg(w, in.C())
				if b.IsInt() && c.IsInt() {
					reg(w, in.A()).SetBool(b.Int() > c.Int())
					continue
				}
				if b.IsFloat() && c.IsFloat() {
					reg(w, in.A()).SetBool(b.Float() > c.Float())
					continue
				}
				goto compare
			case compile.OpEq:
				b, c := reg(w, in.B()), reg(w, in.C())
				if b.IsInt() && c.IsInt() {
					reg(w, in.A()).SetBool(b.Int() == c.Int())
					continue
				}
				goto compare
			case compile.OpNe:
				b, c := reg(w, in.B()), reg(w, in.C())
				if b.IsInt() && c.IsInt() {
					reg(w, in.A()).SetBool(b.Int() != c.Int())
					continue
				}
				goto compare
			case compile.OpLe, compile.OpGe, compile.OpIn, compile.OpNotIn:
				goto compare
			case compile.OpIs:
				reg(w, in.A()).SetBool(*reg(w, in.B()) == *reg(w, in.C()))
				continue
			case compile.OpIsNot:
				reg(w, in.A()).SetBool(*reg(w, in.B()) != *reg(w, in.C()))
				continue

			case compile.OpJLt, compile.OpJNotLt:
				a, b := reg(w, in.A()), reg(w, in.B())
				if a.IsInt() && b.IsInt() {
					truth = a.Int() < b.Int()
				} else if a.IsFloat() && b.IsFloat() {
					truth = a.Float() < b.Float()
				} else {
					goto compareJump
				}
				if truth == (in.Op() < compile.OpJNotLt) {
					to = int(int16(in.C()))
					goto jump
				}
				continue
			case compile.OpJGt, compile.OpJNotGt:
				a, b := reg(w, in.A()), reg(w, in.B())
				if a.IsInt() && b.IsInt() {
					truth = a.Int() > b.Int()
				} else if a.IsFloat() && b.IsFloat() {
					truth = a.Float() > b.Float()
				} else {
					goto compareJump
				}
				if truth == (in.Op() < compile.OpJNotLt) {
					to = int(int16(in.C()))
					goto jump
				}
				continue
			case compile.OpJLe, compile.OpJNotLe:
				a, b := reg(w, in.A()), reg(w, in.B())
				if a.IsInt() && b.IsInt() {
					truth = a.Int() <= b.Int()
				} else if a.IsFloat() && b.IsFloat() {
					truth = a.Float() <= b.Float()
				} else {
					goto compareJump
				}
				if truth == (in.Op() < compile.OpJNotLt) {
					to = int(int16(in.C()))
					goto jump
				}
				continue
			case compile.OpJGe, compile.OpJNotGe:
				a, b := reg(w, in.A()), reg(w, in.B())
				if a.IsInt() && b.IsInt() {
					truth = a.Int() >= b.Int()
				} else if a.IsFloat() && b.IsFloat() {
					truth = a.Float() >= b.Float()
				} else {
					goto compareJump
				}
				if truth == (in.Op() < compile.OpJNotLt) {
					to = int(int16(in.C()))
					goto jump
				}
				continue
			case compile.OpJEq, compile.OpJNotEq:
				a, b := reg(w, in.A()), reg(w, in.B())
				if a.IsInt() && b.IsInt() {
					truth = a.Int() == b.Int()
				} else if sa, ok := a.AsStr(); ok {
					sb, ok := b.AsStr()
					if !ok {
						goto compareJump
					}
					truth = sa == sb || sa.String() == sb.String()
				} else {
					goto compareJump
				}
				if truth == (in.Op() < compile.OpJNotLt) {
					to = int(int16(in.C()))
					goto jump
				}
				continue
			case compile.OpJNe, compile.OpJNotNe:
				a, b := reg(w, in.A()), reg(w, in.B())
				if a.IsInt() && b.IsInt() {
					truth = a.Int() != b.Int()
				} else {
					goto compareJump
				}
				if truth == (in.Op() < compile.OpJNotLt) {
					to = int(int16(in.C()))
					goto jump
				}
				continue

			case compile.OpJLtI, compile.OpJNotLtI:
				a, n := reg(w, in.A()), int64(int16(in.B()))
				if a.IsInt() {
					truth = a.Int() < n
				} else if a.IsFloat() {
					truth = a.Float() < float64(n)
				} else {
					goto compareJumpI
				}
				if truth == (in.Op() < compile.OpJNotLtI) {
					to = int(int16(in.C()))
					goto jump
				}
				continue
			case compile.OpJGtI, compile.OpJNotGtI:
				a, n := reg(w, in.A()), int64(int16(in.B()))
				if a.IsInt() {
					truth = a.Int() > n
				} else if a.IsFloat() {
					truth = a.Float() > float64(n)
				} else {
					goto compareJumpI
				}
				if truth == (in.Op() < compile.OpJNotLtI) {
					to = int(int16(in.C()))
					goto jump
				}
				continue
			case compile.OpJLeI, compile.OpJNotLeI:
				a, n := reg(w, in.A()), int64(int16(in.B()))
				if a.IsInt() {
					truth = a.Int() <= n
				} else if a.IsFloat() {
					truth = a.Float() <= float64(n)
				} else {
					goto compareJumpI
				}
				if truth == (in.Op() < compile.OpJNotLtI) {
					to = int(int16(in.C()))
					goto jump
				}
				continue
			case compile.OpJGeI, compile.OpJNotGeI:
				a, n := reg(w, in.A()), int64(int16(in.B()))
				if a.IsInt() {
					truth = a.Int() >= n
				} else if a.IsFloat() {
					truth = a.Float() >= float64(n)
				} else {
					goto compareJumpI
				}
				if truth == (in.Op() < compile.OpJNotLtI) {
					to = int(int16(in.C()))
					goto jump
				}
				continue
			case compile.OpJEqI, compile.OpJNotEqI:
				a := reg(w, in.A())
				if !a.IsInt() {
					goto compareJumpI
				}
				if (a.Int() == int64(int16(in.B()))) == (in.Op() < compile.OpJNotLtI) {
					to = int(int16(in.C()))
					goto jump
				}
				continue
			case compile.OpJNeI, compile.OpJNotNeI:
				a := reg(w, in.A())
				if !a.IsInt() {
					goto compareJumpI
				}
				if (a.Int() != int64(int16(in.B()))) == (in.Op() < compile.OpJNotLtI) {
					to = int(int16(in.C()))
					goto jump
				}
				continue
			case compile.OpJIs:
				if *reg(w, in.A()) == *reg(w, in.B()) {
					to = int(int16(in.C()))
					goto jump
				}
				continue
			case compile.OpJIsNot:
				if *reg(w, in.A()) != *reg(w, in.B()) {
					to = int(int16(in.C()))
					goto jump
				}
				continue
			case compile.OpJNone:
				if reg(w, in.A()).IsNone() {
					to = int(int16(in.C()))
					goto jump
				}
				continue
			case compile.OpJNotNone:
				if !reg(w, in.A()).IsNone() {
					to = int(int16(in.C()))
					goto jump
				}
				continue
			case compile.OpJump:
				to = int(int32(in.BC()))
				goto jump
			case compile.OpJTrue:
				a := reg(w, in.A())
				if a.IsBool() {
					truth = a.Int() != 0
				} else if truth, err = object.IsTrue(t, *a); err != nil {
					goto raise
				}
				if truth {
					to = int(int32(in.BC()))
					goto jump
				}
				continue
			case compile.OpJFalse:
				a := reg(w, in.A())
				if a.IsBool() {
					truth = a.Int() != 0
				} else if truth, err = object.IsTrue(t, *a); err != nil {
					goto raise
				}
				if !truth {
					to = int(int32(in.BC()))
					goto jump
				}
				continue

			case compile.OpGetIter:
				if v, err = object.Iter(t, *reg(w, in.B())); err != nil {
					goto raise
				}
				*reg(w, in.A()) = v
				continue
			case compile.OpForIter:
				v = *reg(w, in.A())
				switch v.Type().Kind {
				case object.KindRangeIter:
					it := asRangeIter(v)
					if it.N <= 0 {
						continue
					}
					reg(w, in.B()).SetInt(it.At)
					it.At += it.Step
					it.N--
				case object.KindListIter:
					it := asListIter(v)
					if it.I >= len(it.L.Items) {
						continue
					}
					*reg(w, in.B()) = it.L.Items[it.I]
					it.I++
				case object.KindTupleIter:
					it := asTupleIter(v)
					if it.I >= len(it.Items) {
						continue
					}
					*reg(w, in.B()) = it.Items[it.I]
					it.I++
				case object.KindGenerator:
					gen = asGenerator(v)
					if gen.done {
						continue
					}
					kind, dest, v = frameFor, in.B(), object.None
					goto resume
				default:
					to = int(int16(in.C()))
					if pair := v.Type().Next2; pair != nil {
						// for a, b in …: the body begins by taking the item apart.
						if u := fetch(jumpBy(ip, to)); u.Op() == compile.OpUnpack && u.C() == 2 && u.B() == in.B() {
							var ok bool
							if v, v2, ok, err = pair(t, v); err != nil {
								if object.IsRaised(err, object.StopIteration) {
									continue
								}
								goto raise
							}
							if ok {
								if v.IsNull() {
									continue
								}
								two := span(w, u.A(), 2)
								two[0], two[1] = v, v2
								to++
								goto jump
							}
							v = *reg(w, in.A())
						}
					}
					if v, err = object.NextRaise(t, v); err != nil {
						if object.IsRaised(err, object.StopIteration) {
							continue
						}
						goto raise
					}
					if v.IsNull() {
						continue
					}
					*reg(w, in.B()) = v
				}
				to = int(int16(in.C()))
				goto jump
			case compile.OpForPrep:
				a, b := reg(w, in.A()), next(w, in.A())
				step := reg(w, in.A()+2*compile.RegSize).Int()
				if a.IsInt() && b.IsInt() {
					if step > 0 {
						truth = a.Int() < b.Int()
					} else {
						truth = a.Int() > b.Int()
					}
				} else if truth, err = rangeTest(t, *a, *b, step); err != nil {
					goto raise
				}
				if truth {
					*reg(w, in.B()) = *a
					continue
				}
				ip = jumpBy(ip, int(int16(in.C())))
				continue
			case compile.OpForLoop:
				a, b := reg(w, in.A()), next(w, in.A())
				step := reg(w, in.A()+2*compile.RegSize).Int()
				if a.IsInt() && b.IsInt() {
					x := a.Int() + step
					if step > 0 {
						truth = x < b.Int() && x > math.MinInt64+math.MaxInt32
					} else {
						truth = x > b.Int() && x < math.MaxInt64-math.MaxInt32
					}
					if truth {
						a.SetInt(x)
						reg(w, in.B()).SetInt(x)
						to = int(int16(in.C()))
						goto jump
					}
					continue
				}
				if *a, err = object.Binary(t, object.OpInplaceAdd, *a, object.Int(step)); err != nil {
					goto raise
				}
				if truth, err = rangeTest(t, *a, *b, step); err != nil {
					goto raise
				}
				if truth {
					*reg(w, in.B()) = *a
					to = int(int16(in.C()))
					goto jump
				}
				continue

			case compile.OpCall:
				v = *reg(w, in.B())
				off = int(in.B()) + compile.RegSize
				nargs, nkw, dest = int(in.C()&0xff), int(in.C()>>8), in.A()
				goto call
			case compile.OpCallMethod:
				v = *reg(w, in.B())
				off = int(in.B()) + 2*compile.RegSize
				nargs, nkw, dest = int(in.C()&0xff), int(in.C()>>8), in.A()
				if !next(w, in.B()).IsNull() {
					off -= compile.RegSize
					nargs++
				}
				goto call
			case compile.OpCallVar:
				n, k := int(in.C()&0xff), int(in.C()>>8)
				f = s.cur
				f.pc = pcOf(f.code, ip)
				if v, fn, err = s.callVar(span(w, in.B(), n+2*k+4), n, k); err != nil {
					goto raise
				}
				if fn == nil {
					*reg(w, in.A()) = v
					continue
				}
				cd, dest, kind = fn.Code, in.A(), frameCall
				nw, room, level = s.stackTop(f, cd.NRegs*compile.RegSize)
				goto bound
			case compile.OpReturn:
				v = *reg(w, in.A())
				goto ret
			case compile.OpReturnNone:
				v = object.None
				goto ret

			case compile.OpMakeFunc:
				if v, err = s.cur.makeFunc(t, w, s.cur.code.Codes[in.B()], in); err != nil {
					goto raise
				}
				*reg(w, in.A()) = v
				continue
			case compile.OpMakeClass:
				if t.In.Override != nil {
					if v = t.In.Override.GetName(t.In, nBuildClass); !v.IsNull() {
						if v, err = object.Call(t, v, span(w, in.B(), 2+int(in.C())), nil); err != nil {
							goto raise
						}
						*reg(w, in.A()) = v
						continue
					}
				}
				v = *reg(w, in.B())
				fn = asFunction(v)
				cd = fn.Code
				need = cd.NRegs * compile.RegSize
				s.cur.pc = pcOf(s.cur.code, ip)
				nw, room, level = s.stackTop(s.cur, need)
				if t.Nest >= t.In.Profile.MaxDepth {
					err = object.ErrDepth()
					goto raise
				}
				t.Nest++
				nf = s.frame()
				*nf = frame{w: nw, room: room, level: level, code: cd, fn: fn, prev: s.cur, dest: in.A(), kind: frameClass,
					globals: fn.Globals, locals: object.NewDict(0), self: s.locals.Value()}
				s.locals = nf.locals
				f = nf
				goto entered
			case compile.OpMakeTuple:
				n := int(in.C())
				if n > 0 {
					if err = t.Alloc(40 + 16*n); err != nil {
						goto raise
					}
					*reg(w, in.A()) = t.In.NewTuple(span(w, in.B(), n))
					continue
				}
				*reg(w, in.A()) = object.TupleOf(nil)
				continue
			case compile.OpMakeList:
				n := int(in.C())
				if err = t.Alloc(40 + 16*max(n, 4)); err != nil {
					goto raise
				}
				l := t.In.NewListLen(n)
				if n > 0 {
					copy(l.Items, span(w, in.B(), n))
				}
				*reg(w, in.A()) = l.Value()
				continue
			case compile.OpMakeSet:
				n := int(in.C())
				if err = t.Alloc(80 + 32*n); err != nil {
					goto raise
				}
				set := object.NewSetRoom(object.SetType, n)
				if n > 0 {
					for _, x := range span(w, in.B(), n) {
						if err = set.Add(t, x); err != nil {
							goto raise
						}
					}
				}
				*reg(w, in.A()) = set.Value()
				continue
			case compile.OpMakeDict:
				n := int(in.BC())
				if err = t.Alloc(64 + 32*n); err != nil {
					goto raise
				}
				*reg(w, in.A()) = object.NewDict(n).Value()
				continue
			case compile.OpStoreMap:
				if err = asDict(*reg(w, in.A())).Set(t, *reg(w, in.B()), *reg(w, in.C())); err != nil {
					goto raise
				}
				continue
			case compile.OpAppend:
				if err = asList(*reg(w, in.A())).Append(t, *reg(w, in.B())); err != nil {
					goto raise
				}
				continue
			case compile.OpSetAdd:
				set, _ := reg(w, in.A()).AsSet()
				if err = set.Add(t, *reg(w, in.B())); err != nil {
					goto raise
				}
				continue
			case compile.OpExtend:
				l, items := asList(*reg(w, in.A())), asTuple(*reg(w, in.B())).Items
				if err = t.Alloc(16 * len(items)); err != nil {
					goto raise
				}
				l.Items = append(l.Items, items...)
				continue
			case compile.OpToTuple:
				*reg(w, in.A()) = object.TupleOf(asList(*reg(w, in.B())).Items)
				continue
			case compile.OpUnpack:
				n := int(in.C())
				v = *reg(w, in.B())
				var items []object.Value
				switch v.Type() {
				case object.TupleType:
					items = asTuple(v).Items
				case object.ListType:
					items = asList(v).Items
				default:
					if err = unpack(t, v, span(w, in.A(), max(n, 1))[:n]); err != nil {
						goto raise
					}
					continue
				}
				if len(items) != n {
					err = unpackSize(len(items), n)
					goto raise
				}
				if n > 0 {
					copy(span(w, in.A(), n), items)
				}
				continue
			case compile.OpUnpackEx:
				left, right := int(in.C()&0xff), int(in.C()>>8)
				if err = unpackEx(t, *reg(w, in.B()), span(w, in.A(), left+right+1), left, right); err != nil {
					goto raise
				}
				continue

			case compile.OpRaiseFrom:
				if t.In.Warn != nil {
					t.In.Warn("exception chaining not supported")
				}
				fallthrough
			case compile.OpRaise:
				s.cur.pc = pcOf(s.cur.code, ip)
				err = object.MakeRaise(t, *reg(w, in.A()))
				goto raise
			case compile.OpReraise:
				e, _ := reg(w, in.A()).AsException()
				err = e
				goto raise
			case compile.OpRaiseLast:
				err = object.Raise(object.RuntimeError, "no active exception to reraise")
				goto raise
			case compile.OpEndExcept:
				t.Handled = object.Null
				continue
			case compile.OpJNoMatch:
				a, b := *reg(w, in.A()), *reg(w, in.B())
				if ty, ok := b.AsType(); ok && ty.IsSubclass(object.BaseException) {
					truth = a.Type().IsSubclass(ty)
				} else if truth, err = object.ExceptionMatch(a, b); err != nil {
					goto raise
				}
				if !truth {
					ip = jumpBy(ip, int(int16(in.C())))
				}
				continue
			case compile.OpImport:
				s.cur.pc = pcOf(s.cur.code, ip)
				lvl := next(w, in.B())
				if v, err = importName(t, s.cur.code.Names[in.C()], *lvl, reg(w, in.B()).Int(), s.cur.globals); err != nil {
					goto raise
				}
				*reg(w, in.A()) = v
				continue
			case compile.OpImportFrom:
				s.cur.pc = pcOf(s.cur.code, ip)
				if v, err = importFrom(t, *reg(w, in.B()), s.cur.code.Names[in.C()], s.cur.globals); err != nil {
					goto raise
				}
				*reg(w, in.A()) = v
				continue
			case compile.OpImportStar:
				if err = importStar(t, *reg(w, in.A()), s.locals); err != nil {
					goto raise
				}
				continue

			case compile.OpYield:
				v = *reg(w, in.B())
				s.cur.gen.sent = int(in.A())
				goto yield
			case compile.OpYieldFrom:
				v2 = *reg(w, in.B())
				if v2.Type() == GeneratorType {
					gen = asGenerator(v2)
					v = *next(w, in.B())
					if gen.done {
						*reg(w, in.A()) = object.None
						continue
					}
					kind, dest = frameFrom, in.A()
					goto resume
				}
				s.cur.pc = pcOf(s.cur.code, ip)
				if v, yielded, err = delegate(t, v2, *next(w, in.B()), object.Null); err != nil {
					goto raise
				}
				if yielded {
					s.cur.gen.sent = int(in.B()) + compile.RegSize
					goto yield
				}
				*reg(w, in.A()) = v
				continue
			case compile.OpWithSetup:
				if err = withSetup(t, *reg(w, in.B()), span(w, in.A(), 4)); err != nil {
					goto raise
				}
				continue
			case compile.OpGetSlice:
				if v, err = s.getSlice(*reg(w, in.B()), span(w, in.C(), 3), in.Marks() != 0); err != nil {
					goto raise
				}
				*reg(w, in.A()) = v
				continue
			case compile.OpSetSlice:
				if err = s.setSlice(*reg(w, in.A()), span(w, in.B(), 3), *reg(w, in.C())); err != nil {
					goto raise
				}
				continue
			case compile.OpClassOf:
				*reg(w, in.A()) = reg(w, in.B()).Type().Value()
				continue
			default:
				err = object.Raise(object.NotImplementedError, "opcode")
				goto raise
			}
			continue

		jump:
			// Taken jumps come here; those that go back are turn points.
			ip = jumpBy(ip, to)
			if to < 0 {
				if s.turnDue() {
					goto turn
				}
			}
			continue

		binary:
			bop = binaryOps[in.Op()]
			v, v2 = *reg(w, in.B()), *reg(w, in.C())
			goto binaryValues
		binaryI:
			bop = binaryOps[in.Op()]
			v, v2 = *reg(w, in.B()), object.Int(int64(int16(in.C())))
		binaryValues:
			if ty := v.Type(); ty == object.ComplexType && v2.Type() == ty {
				if binaryComplex(t, in, reg(w, in.A()), v, v2, bop) {
					continue
				}
			}
			if in.Marks() != 0 {
				if v.Type() == object.IntType && v2.Type() == object.IntType {
					if v, err = object.IntArith(t, bop, v, v2, in.Marks()&compile.MarkFleeting != 0); err != nil {
						goto raise
					}
					*reg(w, in.A()) = v
					continue
				}
				v, v2 = v.Settled(), v2.Settled()
			}
			if v.Type().Flags&object.FlagInstance != 0 {
				if fn = specialBinary(t, v.Type(), bop); fn != nil {
					nargs = 1
					goto callSpecial
				}
			}
			if v, err = object.Binary(t, bop, v, v2); err != nil {
				goto raise
			}
			*reg(w, in.A()) = v
			continue

		compare:
			bop = object.OpLess + object.BinaryOp(in.Op()-compile.OpLt)
			if in.Op() >= compile.OpIn {
				bop = compareOps[in.Op()-compile.OpIn]
			}
			v, v2 = *reg(w, in.B()), *reg(w, in.C())
			if v, err = object.Binary(t, bop, v, v2); err != nil {
				goto raise
			}
			*reg(w, in.A()) = v
			continue

		compareJump:
			bop, want = object.OpLess+object.BinaryOp(in.Op()-compile.OpJLt), true
			if in.Op() >= compile.OpJNotLt {
				bop, want = object.OpLess+object.BinaryOp(in.Op()-compile.OpJNotLt), false
			}
			v2 = *reg(w, in.B())
			goto compareJumpValues
		compareJumpI:
			bop, want = object.OpLess+object.BinaryOp(in.Op()-compile.OpJLtI), true
			if in.Op() >= compile.OpJNotLtI {
				bop, want = object.OpLess+object.BinaryOp(in.Op()-compile.OpJNotLtI), false
			}
			v2 = object.Int(int64(int16(in.B())))
		compareJumpValues:
			if truth, err = compareTruth(t, bop, *reg(w, in.A()), v2); err != nil {
				goto raise
			}
			if truth == want {
				to = int(int16(in.C()))
				goto jump
			}
			continue

		callSpecial:
			f = s.cur
			// A special method fn of v with the argument v2, on top of this frame.
			cd = fn.Code
			need = cd.NRegs * compile.RegSize
			f.pc = pcOf(f.code, ip)
			nw, room, level = s.stackTop(f, need)
			*reg(nw, 0), *next(nw, 0) = v, v2
			if cd.NPos != 2 || !cd.Simple {
				if v, err = s.callBinary(fn, bop, v, v2); err != nil {
					goto raise
				}
				*reg(w, in.A()) = v
				continue
			}
			if t.Nest >= t.In.Profile.MaxDepth {
				err = object.ErrDepth()
				goto raise
			}
			t.Nest++
			nf = s.frame()
			nf.w, nf.room, nf.level, nf.code, nf.fn, nf.prev = nw, room, level, cd, fn, f
			nf.dest, nf.globals, nf.gen, nf.self = in.A(), fn.Globals, nil, v2
			nf.kind = frameCall
			if bop != 0 {
				nf.kind = frameBinary
				nf.alt = int(bop)
			}
			f = nf
			goto entered

		call:
			// v is the callee; its arguments begin at off.
			switch v.Type().Kind {
			case object.KindFunction:
				fn = asFunction(v)
				kind = frameCall
				goto enter
			case object.KindBuiltin:
				b := asBuiltin(v)
				if nkw == 0 {
					switch {
					case b.F1 != nil && nargs == 1:
						v, err = b.F1(t, *reg(w, uint16(off)))
					case b.F2 != nil && nargs == 2:
						v, err = b.F2(t, *reg(w, uint16(off)), *next(w, uint16(off)))
					default:
						v, err = b.Call(t, span(w, uint16(off), nargs), nil)
					}
				} else {
					v, err = b.Call(t, span(w, uint16(off), nargs), span(w, uint16(off+nargs*compile.RegSize), 2*nkw))
				}
				if err != nil {
					goto raise
				}
				*reg(w, dest) = v
				if s.turnDue() {
					goto turn
				}
				continue
			case object.KindBound:
				// The function's place, or the free place before the arguments,
				// takes the object. A method call without object has two.
				b := asBound(v)
				if k := b.Fn.Type().Kind; k != object.KindFunction && k != object.KindBuiltin {
					break
				}
				off -= compile.RegSize
				*reg(w, uint16(off)) = b.Self
				nargs++
				v = b.Fn
				goto call
			case object.KindType:
				if ty := asType(v); ty.Flags&object.FlagInstance != 0 {
					ci := classInit(t, ty)
					if ci != nil && nargs < 250 {
						var o *object.Instance
						if o, err = object.NewInstance(t, ty); err != nil {
							goto raise
						}
						if ci.fn == nil { // arguments are ignored
							*reg(w, dest) = o.Value()
							continue
						}
						off -= compile.RegSize
						self = o.Value()
						*reg(w, uint16(off)) = self
						nargs++
						fn = ci.fn
						kind = frameInit
						goto enter
					}
				}
			}
			f.pc = pcOf(f.code, ip)
			if v, err = object.Call(t, v, span(w, uint16(off), nargs), span(w, uint16(off+nargs*compile.RegSize), 2*nkw)); err != nil {
				goto raise
			}
			*reg(w, dest) = v
			if s.turnDue() {
				goto turn
			}
			continue

		enter:
			f = s.cur
			// Function fn is called; what for says kind.
			cd = fn.Code
			need = cd.NRegs * compile.RegSize
			f.pc = pcOf(f.code, ip)
			if room = f.room - off; room >= need {
				nw, level = shift(w, off), f.level
			} else {
				nw, room, level = s.stackTop(f, need)
				copy(span(nw, 0, nargs+2*nkw), span(w, uint16(off), nargs+2*nkw))
			}
			if nargs != cd.NPos || nkw != 0 || !cd.Simple {
				args := span(nw, 0, nargs)
				var kw []object.Value
				if nkw > 0 {
					s.kw = append(s.kw[:0], span(nw, uint16(nargs*compile.RegSize), 2*nkw)...)
					kw = s.kw
				}
				if room < nargs*compile.RegSize+need || len(args) > cd.NRegs {
					args = append([]object.Value(nil), args...)
				}
				if cd.Generator {
					if v, err = newGenerator(t, fn, args, kw); err != nil {
						goto raise
					}
					if kind == frameInit {
						err = object.InitResult(v)
						goto raise
					}
					*reg(w, dest) = v
					continue
				}
				if err = fn.bind(t, span(nw, 0, cd.NRegs), args, kw); err != nil {
					goto raise
				}
			}
		bound:
			if t.Nest >= t.In.Profile.MaxDepth {
				err = object.ErrDepth()
				goto raise
			}
			t.Nest++
			if s.np < len(s.pool) {
				nf = s.pool[s.np]
				s.np++
			} else {
				nf = s.frame()
			}
			nf.w, nf.room, nf.level, nf.code, nf.fn, nf.prev = nw, room, level, cd, fn, f
			nf.dest, nf.kind = dest, kind
			nf.globals = fn.Globals
			nf.gen = nil
			if kind == frameInit {
				nf.self = self
			}
			f = nf
		entered:
			s.cur = f
			w = f.w
			ip = at(f.code, 0)
			if s.turnDue() {
				goto turn
			}
			continue

		resume:
			f = s.cur
			// Generator gen runs on with the value v, driven by this frame.
			if v, err = gen.prepare(v, object.Null); err != nil {
				goto raise
			}
			if t.Nest >= t.In.Profile.MaxDepth {
				gen.running = false
				err = object.ErrDepth()
				goto raise
			}
			t.Nest++
			f.pc = pcOf(f.code, ip)
			nf = gen.f
			nf.prev, nf.kind, nf.dest = f, kind, dest
			if kind == frameFor {
				nf.alt = int(int16(in.C()))
			}
			f = nf
			s.cur = f
			w, ip = f.w, at(f.code, f.pc)
			if !v.IsNull() {
				s.inject = v
				goto inject
			}
			if gen.sent >= 0 && fetch(jumpBy(ip, -1)).Op() == compile.OpYieldFrom {
				ip = jumpBy(ip, -1)
			}
			continue

		ret:
			f = s.cur
			p = f.prev
			switch f.kind {
			case frameCall:
				dest = f.dest
				s.np--
				t.Nest--
				f = p
				s.cur = f
				w, ip = f.w, at(f.code, f.pc)
				*reg(w, dest) = v
				continue
			case frameEntry, frameEach:
				if f.gen != nil {
					f.gen.finish(s)
				}
				return v, false, nil
			case frameInit:
				if !v.IsNone() {
					err = object.InitResult(v)
					s.np--
					t.Nest--
					f = p
					s.cur = f
					w, ip = f.w, at(f.code, f.pc)
					in = fetch(jumpBy(ip, -1))
					goto raise
				}
				v = f.self
				f.self = object.Null
				dest = f.dest
				s.np--
				t.Nest--
				f = p
				s.cur = f
				w, ip = f.w, at(f.code, f.pc)
				*reg(w, dest) = v
				continue
			case frameClass:
				dest = f.dest
				locals := f.locals
				s.locals = asDict(f.self)
				f.self, f.locals = object.Null, nil
				s.np--
				t.Nest--
				f = p
				s.cur = f
				w, ip = f.w, at(f.code, f.pc)
				in = fetch(jumpBy(ip, -1))
				args := span(w, in.B(), 2+int(in.C()))
				if v, err = finishClass(t, v, args[1], args[2:], locals); err != nil {
					goto raise
				}
				*reg(w, dest) = v
				continue
			case frameBinary:
				dest, bop = f.dest, object.BinaryOp(f.alt)
				v2 = f.self
				f.self = object.Null
				s.np--
				t.Nest--
				f = p
				s.cur = f
				w, ip = f.w, at(f.code, f.pc)
				if v == object.NotImplemented {
					in = fetch(jumpBy(ip, -1))
					if v, err = object.BinaryReflected(t, bop, *reg(w, in.B()), v2); err != nil {
						goto raise
					}
				}
				*reg(w, dest) = v
				continue
			case frameFor:
				f.gen.finish(s)
				t.Nest--
				f = p
				s.cur = f
				w, ip = f.w, at(f.code, f.pc)
				continue
			case frameFrom:
				dest = f.dest
				f.gen.finish(s)
				t.Nest--
				f = p
				s.cur = f
				w, ip = f.w, at(f.code, f.pc)
				*reg(w, dest) = v
				continue
			}

		}

	inject: // s.inject, where s.cur goes on
		continue

	turn:
		f = s.cur
		f.pc = pcOf(f.code, ip)
		need = t.In.Quantum - s.turns // turn points since the last turn
		s.turns = t.In.Quantum
		if s.quiet++; s.quiet == 0 {
			s.clearAbove()
		}
		err = t.CheckHeap()
		if err == nil && t.In.Turn != nil {
			err = t.In.Turn(t, need)
		}
		if err != nil {
			f = s.cur
			pc = pcOf(f.code, ip)
			if e, ok := err.(*object.Exception); ok {
				e.AddTrace(f.code.File, f.code.Line(pc), f.code.Block)
			}
			for i := range f.code.Handlers {
				if f.code.Handlers[i].Start == pc {
					pc++ // the instruction to come is within
					break
				}
			}
			goto handle
		}
		continue

	yield:
		f = s.cur
		// The generator of this frame yields v.
		f.pc = pcOf(f.code, ip)
		gen = f.gen
		gen.running = false
		p = f.prev
		f.prev = nil
		kind = f.kind
		if kind == frameEntry {
			return v, true, nil
		}
		if kind == frameEach {
			s.cur = p
			if err = f.sink(v); err != nil {
				return object.Null, true, err
			}
			if gen.done {
				return object.Null, false, nil
			}
			if gen.running || !gen.pend.IsNull() {
				if v2, err = gen.prepare(object.None, object.Null); err != nil {
					return object.Null, true, err
				}
				s.inject = v2
			}
			gen.running = true
			f.prev = p
			s.cur = f
			if !s.inject.IsNull() {
				continue
			}
			*reg(w, uint16(gen.sent)) = object.None
			if fetch(jumpBy(ip, -1)).Op() == compile.OpYieldFrom {
				ip = jumpBy(ip, -1)
			}
			if s.turnDue() {
				goto turn
			}
			continue
		}
		t.Nest--
		dest, to = f.dest, f.alt
		f = p
		s.cur = f
		w, ip = f.w, at(f.code, f.pc)
		if kind == frameFor {
			*reg(w, dest) = v
			ip = jumpBy(ip, to)
			if s.turnDue() {
				goto turn
			}
			continue
		}
		// A generator that yields from the other: the value goes further out.
		in = fetch(jumpBy(ip, -1))
		f.gen.sent = int(in.B()) + compile.RegSize
		goto yield

	raiseNext:
		f = s.cur
		// An exception comes in between two instructions: line and handler are
		// those of the last, unless there was none.
		in = 0
		pc = pcOf(f.code, ip)
		if e, ok := err.(*object.Exception); ok {
			pc = max(pc, 1)
			e.AddTrace(f.code.File, f.code.Line(pc-1), f.code.Block)
			goto handle
		}

	raise:
		f = s.cur
		pc = pcOf(f.code, ip)
		// err was raised by the instruction before pc.
		if e, ok := err.(*object.Exception); ok {
			if in.Op() != compile.OpReraise && in.Op() != compile.OpRaiseLast {
				if len(e.Trace) == 0 {
					t.In.Charge(exceptionSize)
				}
				e.AddTrace(f.code.File, f.code.Line(pc-1), f.code.Block)
			}
		}
	handle:
		if e, ok := err.(*object.Exception); ok {
			for i := range f.code.Handlers {
				if h := &f.code.Handlers[i]; h.Start < pc && pc <= h.End {
					v = e.Self()
					*reg(w, h.Reg) = v
					t.Handled = v
					ip = at(f.code, h.Target)
					err = nil
					break
				}
			}
			if err == nil {
				continue
			}
		}
		p = f.prev
		kind = f.kind
		if f.gen != nil {
			f.gen.finish(s)
			if e, ok := err.(*object.Exception); ok && e.IsA(object.StopIteration) {
				err = object.Raise(object.RuntimeError, "generator raised StopIteration")
			}
		} else {
			// The caller may go on for long; what the call held is garbage.
			f.self = object.Null
			clear(span(f.w, 0, f.code.NRegs))
			if kind != frameEntry {
				s.np--
			}
		}
		if kind == frameEntry || kind == frameEach {
			return object.Null, false, err
		}
		t.Nest--
		f = p
		s.cur = f
		w, ip = f.w, at(f.code, f.pc)
		in = fetch(jumpBy(ip, -1))
		goto raise
	}
}
