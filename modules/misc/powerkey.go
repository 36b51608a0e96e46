package misc

import (
	"time"

	"github.com/go-python/gpython/py"

	"qpy/device/power"
	"qpy/modules/board"
	"qpy/python"
)

// releaseHold is how long the key must be held on models that tell of its
// release alone (Quectel's misc document, PowerKey, note).
const releaseHold = 500 * time.Millisecond

// Statuses that the callback gets.
const (
	keyReleased = 0
	keyPressed  = 1
)

// powerKey is what PowerKey() gives: one object a device.
type powerKey struct {
	b     *board.Board
	class *py.Type
}

// Type of this object.
func (k *powerKey) Type() *py.Type { return k.class }

// keyClass makes the class PowerKey of a board.
func keyClass(b *board.Board) *py.Type {
	class := python.NewClass("PowerKey")
	key := &powerKey{b, class}
	class.New = func(_ *py.Type, args py.Tuple, kwargs py.StringDict) (py.Object, error) {
		if len(args)+len(kwargs) > 0 {
			return nil, board.Arity(len(args)+len(kwargs), 0, 0)
		}
		return key, nil
	}
	class.Dict["powerKeyEventRegister"] = board.Method("powerKeyEventRegister", 1, 1, (*powerKey).register)
	class.Dict["__del__"] = board.Method("__del__", 0, 0, (*powerKey).forget)
	return class
}

// register sets the callback, in place of the one before. It is not looked at
// until the key is pressed.
func (k *powerKey) register(args []py.Object) (py.Object, error) {
	releaseOnly := k.b.Dev.Model.Power.KeyReleaseOnly
	k.b.Dev.Power().OnKey(func(e power.KeyEvent) {
		switch {
		case !releaseOnly && e.Pressed:
			k.b.Callback(args[0], py.Int(keyPressed))
		case !e.Pressed && (!releaseOnly || e.Held >= releaseHold):
			k.b.Callback(args[0], py.Int(keyReleased))
		}
	})
	return py.Int(0), nil
}

// forget is the finaliser: nobody hears of the key any more.
func (k *powerKey) forget([]py.Object) (py.Object, error) {
	k.b.Dev.Power().OnKey(nil)
	return py.Int(0), nil
}
