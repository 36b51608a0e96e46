package power

import "time"

// KeyEvent is what the power key of a running device does.
type KeyEvent struct {
	Pressed bool          // or released
	Held    time.Duration // at the release: how long it was pressed
}

// OnKey sets who hears of the power key; nil is nobody. What a press does is
// the program's business: the QuecPython firmware does not switch off by itself.
func (p *Power) OnKey(fn func(KeyEvent)) { p.key = fn }

// PressKey presses the power key, and releases it after a time.
func (p *Power) PressKey(held time.Duration) {
	p.tellKey(KeyEvent{Pressed: true})
	p.k.AfterBackground(held, "the power key is released", func() { p.tellKey(KeyEvent{Held: held}) })
}

func (p *Power) tellKey(e KeyEvent) {
	if p.key != nil {
		p.key(e)
	}
}
