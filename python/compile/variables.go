package compile

// loadName loads a name by its scope into dst.
func (f *fn) loadName(name string, dst int) {
	y := f.s.syms[name]
	if y == nil {
		f.emit(OpLoadGlobal, dst, f.global(name), 0)
		return
	}
	f.loadSym(y, dst)
}

func (f *fn) loadSym(y *symbol, dst int) {
	switch y.kind {
	case symLocal:
		if !f.s.kind.function() {
			f.emit(OpLoadName, dst, f.global(y.name), 0)
			return
		}
		f.check(y)
		if y.reg != dst {
			f.emit(OpMove, dst, y.reg, 0)
		}
	case symCell:
		f.emit(OpLoadCell, dst, y.reg, 0)
	case symFree:
		f.emit(OpLoadFree, dst, y.reg, 0)
	case symGlobal:
		f.emit(OpLoadGlobal, dst, f.global(y.name), 0)
	default:
		f.emit(OpLoadName, dst, f.global(y.name), 0)
	}
}

func (f *fn) storeName(name string, src int) {
	y := f.s.syms[name]
	if y == nil {
		f.emit(OpStoreGlobal, src, f.global(name), 0)
		return
	}
	switch y.kind {
	case symLocal:
		if !f.s.kind.function() {
			f.emit(OpStoreName, src, f.global(name), 0)
			return
		}
		if y.reg != src {
			f.emit(OpMove, y.reg, src, 0)
		}
		f.sure[y.reg] = true
	case symCell:
		f.emit(OpStoreCell, y.reg, src, 0)
	case symFree:
		f.emit(OpStoreFree, src, y.reg, 0)
	case symGlobal:
		f.emit(OpStoreGlobal, src, f.global(name), 0)
	default:
		if f.s.kind.function() {
			f.emit(OpStoreGlobal, src, f.global(name), 0)
			return
		}
		f.emit(OpStoreName, src, f.global(name), 0)
	}
}

func (f *fn) deleteName(name string) {
	y := f.s.syms[name]
	switch {
	case y == nil || y.kind == symGlobal:
		f.emit(OpDelGlobal, f.global(name), 0, 0)
	case y.kind == symLocal && f.s.kind.function():
		f.unsure = true
		f.emit(OpDelLocal, y.reg, 0, 0)
		f.sure[y.reg] = false
	case y.kind == symCell:
		f.emit(OpDelCell, y.reg, 0, 0)
	case y.kind == symFree:
		f.emit(OpDelFree, y.reg, 0, 0)
	default:
		f.emit(OpDelName, f.global(name), 0, 0)
	}
}
