package border

import "github.com/go-python/gpython/py"

// GetAttr is py.GetAttrString but for one step: it does not make a bound method
// of a Go method M__name__, which no script can ask for on a module either
// (MicroPython's native types have no special methods as attributes). That step
// looks for methods by their names, and a program in which anything does must
// carry every method of every type: a fifth of its size, and of what it takes to
// start it.
func GetAttr(self py.Object, key string) (py.Object, error) {
	if o, ok := self.(py.I__getattribute__); ok {
		return o.M__getattribute__(key)
	}
	if v, ok, err := py.TypeCall1(self, "__getattribute__", py.String(key)); ok {
		return v, err
	}
	if o, ok := self.(py.IGetDict); ok {
		if v, ok := o.GetDict()[key]; ok {
			return v, nil
		}
	}
	if v := self.Type().NativeGetAttrOrNil(key); v != nil {
		if o, ok := v.(py.I__get__); ok {
			return o.M__get__(self, self.Type())
		}
		return v, nil
	}
	if o, ok := self.(py.I__getattr__); ok {
		return o.M__getattr__(key)
	}
	if v, ok, err := py.TypeCall1(self, "__getattr__", py.String(key)); ok {
		return v, err
	}
	return nil, py.ExceptionNewf(py.AttributeError, "'%s' has no attribute '%s'", self.Type().Name, key)
}
