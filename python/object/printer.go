package object

import "fmt"

// Printer is where the Print slots write. Text goes out at once, in the pieces
// in which MicroPython would send it, so that what a __repr__ prints itself or
// an exception in it comes at the right place.
type Printer struct {
	out  func(s string) error
	buf  []byte
	t    *Thread
	sink func(s string) error // of a printer that holds: where Flush sends buf
}

// NewPrinter returns a printer that hands each piece to out.
func NewPrinter(out func(s string) error) *Printer { return &Printer{out: out} }

// Hold makes the printer collect pieces until Flush, which saves calls. Printing
// an instance of a script's class flushes by itself before it runs the class's
// code, so that the order of what comes out stays the same.
func (w *Printer) Hold() {
	w.sink = w.out
	w.out = func(s string) error {
		w.buf = append(w.buf, s...)
		if len(w.buf) < 1<<12 {
			return nil
		}
		return w.Flush()
	}
}

// Flush hands on what a printer that holds has collected.
func (w *Printer) Flush() error {
	if w.sink == nil || len(w.buf) == 0 {
		return nil
	}
	s := string(w.buf)
	w.buf = w.buf[:0]
	return w.sink(s)
}

// NewBuffer returns a printer that collects the text, charging the heap budget
// of t.
func NewBuffer(t *Thread) *Printer { return &Printer{t: t} }

// StdoutPrinter returns a printer to the script's standard output.
func (t *Thread) StdoutPrinter() *Printer {
	return &Printer{out: func(s string) error {
		t.In.Stdout([]byte(s))
		return nil
	}}
}

// Str writes a string.
func (w *Printer) Str(s string) error {
	if w.out != nil {
		return w.out(s)
	}
	var err error
	if w.buf, err = w.t.Grow(w.buf, len(s)); err == nil {
		w.buf = append(w.buf, s...)
	}
	return err
}

// Strf writes a formatted string.
func (w *Printer) Strf(format string, a ...any) error { return w.Str(fmt.Sprintf(format, a...)) }

// String returns what a printer made by NewBuffer collected.
func (w *Printer) String() string { return string(w.buf) }

// Print writes an object (mp_obj_print_helper).
func Print(t *Thread, w *Printer, v Value, kind PrintKind) error {
	if err := t.Work(1); err != nil {
		return err
	}
	ty := v.Type()
	if ty == StrType && kind == PrintStr {
		return w.Str((*Str)(v.p).s)
	}
	if ty.Print == nil {
		return w.Str("<" + ty.Name + ">")
	}
	if err := t.Enter(); err != nil {
		return err
	}
	err := ty.Print(t, w, v, kind)
	t.Leave()
	return err
}

// ToStr returns str(v) as a Go string.
func ToStr(t *Thread, v Value) (string, error) {
	if s, ok := v.AsStr(); ok {
		return s.s, nil
	}
	w := NewBuffer(t)
	err := Print(t, w, v, PrintStr)
	return w.String(), err
}

// Repr returns repr(v) as a Go string.
func Repr(t *Thread, v Value) (string, error) {
	w := NewBuffer(t)
	err := Print(t, w, v, PrintRepr)
	return w.String(), err
}
