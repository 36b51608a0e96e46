package usocket

import (
	"time"

	"qpy/device/network"
	"qpy/python/object"
)

// setOption knows the options that the firmware does. They change nothing here:
// a port is free at once after its socket was closed, and no connection ends
// because nothing is sent.
func setOption(t *object.Thread, args []object.Value) (object.Value, error) {
	o, err := of(args[0])
	if err != nil {
		return object.Null, err
	}
	option, err := object.ToInt(t, args[2])
	if err != nil {
		return object.Null, err
	}
	switch option {
	case reuseAddr, keepAlive:
		_, err = object.ToInt(t, args[3])
	default:
		err = t.StdoutPrinter().Str(notSupported)
	}
	if err == nil && o.s.Poll()&network.PollInvalid != 0 {
		err = errno(int64(network.EBADF))
	}
	return object.None, err
}

// longest is the longest timeout that is kept, in seconds: thirty years.
const longest = 1e9

func setTimeout(_ *object.Thread, self, seconds object.Value) (object.Value, error) {
	o, err := of(self)
	if err != nil {
		return object.Null, err
	}
	if seconds.IsNone() {
		o.timeout = -1
		return object.None, nil
	}
	f, err := object.ToFloat(seconds)
	if err != nil {
		return object.Null, err
	}
	o.timeout = -1
	if f >= 0 {
		o.timeout = time.Duration(min(f, longest) * float64(time.Second)).Truncate(time.Millisecond)
	}
	return object.None, nil
}

func setBlocking(t *object.Thread, self, flag object.Value) (object.Value, error) {
	o, err := of(self)
	if err != nil {
		return object.Null, err
	}
	yes, err := object.IsTrue(t, flag)
	if o.timeout = 0; yes {
		o.timeout = -1
	}
	return object.None, err
}
