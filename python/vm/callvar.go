package vm

import (
	"qpy/python/compile"
	"qpy/python/object"
)

// gatherArgs puts the arguments of a call with * or ** on the stack s.args
// (mp_call_prepare_args_n_kw_var). w is function, object or nothing, n
// positional arguments, k keyword arguments, sequence or nothing, mapping or
// nothing. The positional arguments end at mid, the others at the end. What
// gives the arguments may run code that gathers arguments itself.
func (s *state) gatherArgs(w []object.Value, n, k int) (mid int, err error) {
	if !w[1].IsNull() {
		s.args = append(s.args, w[1])
	}
	s.args = append(s.args, w[2:2+n]...)
	if seq := w[2+n+2*k]; !seq.IsNull() {
		if err := object.Each(s.t, seq, func(v object.Value) error {
			s.args = append(s.args, v)
			return s.t.Alloc(16)
		}); err != nil {
			return 0, err
		}
	}
	mid = len(s.args)
	s.args = append(s.args, w[2+n:2+n+2*k]...)
	if m := w[3+n+2*k]; !m.IsNull() {
		return mid, s.gatherKeywords(m)
	}
	return mid, nil
}

// callVar makes the call that gatherArgs describes. If it is one of a function
// of the script, only its registers are ready, at the top of the stack: then fn
// is what to run.
func (s *state) callVar(w []object.Value, n, k int) (v object.Value, fn *Function, err error) {
	base := len(s.args)
	defer s.dropArgs(base)
	mid, err := s.gatherArgs(w, n, k)
	if err != nil {
		return object.Null, nil, err
	}
	args, kw := s.args[base:mid:mid], s.args[mid:len(s.args):len(s.args)]
	if fn = plainFunction(w[0]); fn != nil {
		c := fn.Code
		to, _, _ := s.stackTop(s.cur, c.NRegs*compile.RegSize)
		return object.Null, fn, fn.bind(s.t, span(to, 0, c.NRegs), args, kw)
	}
	v, err = object.Call(s.t, w[0], args, kw)
	return v, nil, err
}

// argsMax is how many arguments the stack may keep room for.
const argsMax = 1024

// dropArgs takes the arguments from base on off the stack.
func (s *state) dropArgs(base int) {
	clear(s.args[base:])
	s.args = s.args[:base]
	if base == 0 && cap(s.args) > argsMax {
		s.args = nil
	}
}

// gatherKeywords puts the items of a mapping on the stack.
func (s *state) gatherKeywords(m object.Value) error {
	t := s.t
	add := func(k, v object.Value) error {
		if name, ok := k.AsStr(); ok {
			s.args = append(s.args, t.In.InternStr(name).Value(), v)
			return nil
		}
		if b, ok := k.AsBytes(); ok { // mp_obj_str_intern_checked takes them too
			s.args = append(s.args, t.In.Intern(b.String()).Value(), v)
			return nil
		}
		return object.Raisef(object.TypeError, "can't convert '%s' object to str implicitly", k.TypeName())
	}
	if d, ok := m.AsDict(); ok && m.Type() == object.DictType {
		for e, i := d.Next(0); e != nil; e, i = d.Next(i) {
			if err := add(e.Key(), e.Val); err != nil {
				return err
			}
		}
		return nil
	}
	keys, err := object.CallName(t, m, nKeys)
	if err != nil {
		return err
	}
	return object.Each(t, keys, func(k object.Value) error {
		v, err := object.CallName(t, m, nGetItem, k)
		if err != nil {
			return err
		}
		return add(k, v)
	})
}
