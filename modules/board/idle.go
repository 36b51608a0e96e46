package board

import "qpy/device/kernel"

// Idle waits for nothing but callbacks and Ctrl-C, for ever; what completes
// "waits for …".
func (b *Board) Idle(what string) error {
	_, err := b.Dev.Kernel.Current().Wait(nil, -1, what, kernel.RunCallbacks)
	return b.Err(err)
}
