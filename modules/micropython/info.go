package micropython

import (
	"fmt"

	"qpy/python/object"
)

// block is the unit that MicroPython hands out memory in, in bytes.
const block = 32

// stackLimit is the size of the stack that calls may use, in bytes (main.c of
// the unix port).
const stackLimit = 80000

// stackUse is the part of the stack in use: calls are counted here, not bytes.
func stackUse(t *object.Thread) int64 {
	return int64(t.Nest) * stackLimit / int64(t.In.Profile.MaxDepth)
}

// memInfo prints what the memory is used for. An argument asks for a map of it,
// which there is none of: objects lie where Go puts them.
func memInfo(t *object.Thread, _ []object.Value) (object.Value, error) {
	if err := t.In.Collect(); err != nil {
		return object.Null, err
	}
	total, current, peak := t.In.Memory()
	ones, twos, most := 0, 0, 0
	err := t.In.Census(func(size int) {
		n := (size + block - 1) / block
		most = max(most, n)
		switch n {
		case 1:
			ones++
		case 2:
			twos++
		}
	})
	if err != nil {
		return object.Null, err
	}
	free := t.In.Profile.Heap - current
	text := fmt.Sprintf("mem: total=%d, current=%d, peak=%d\n", total, current, peak) +
		fmt.Sprintf("stack: %d out of %d\n", stackUse(t), stackLimit) +
		fmt.Sprintf("GC: total: %d, used: %d, free: %d\n", t.In.Profile.Heap, current, free) +
		fmt.Sprintf(" No. of 1-blocks: %d, 2-blocks: %d, max blk sz: %d, max free sz: %d\n", ones, twos, most, free/block)
	return object.None, t.StdoutPrinter().Str(text)
}

// poolHead is the size of the head of MicroPython's table of strings, in bytes,
// and poolEntry that of an entry.
const (
	poolHead  = 32
	poolEntry = 8
)

// qstrInfo prints how many names the script has brought in, and with an
// argument the names.
func qstrInfo(t *object.Thread, args []object.Value) (object.Value, error) {
	names := t.In.Names()
	pools, bytes := 0, 0
	if len(names) > 0 {
		pools = 1
	}
	for _, s := range names {
		bytes += len(s.String()) + t.In.Profile.HashBytes + 2 // length and the zero at the end
	}
	w := t.StdoutPrinter()
	w.Hold()
	err := w.Strf("qstr pool: n_pool=%d, n_qstr=%d, n_str_data_bytes=%d, n_total_bytes=%d\n",
		pools, len(names), bytes, bytes+len(names)*poolEntry+pools*poolHead)
	if len(args) > 0 {
		for _, s := range names {
			if err == nil {
				err = w.Str("Q(" + s.String() + ")\n")
			}
		}
	}
	if err == nil {
		err = w.Flush()
	}
	return object.None, err
}
