package power

import (
	"fmt"
	"time"

	"qpy/device/kernel"
)

// watchdog is the hardware timer that restarts a device whose program hangs.
type watchdog struct {
	period time.Duration
	bite   *kernel.Event // nil while it is not armed
}

// ArmWatchdog starts the watchdog, or starts it anew: the device restarts, with
// the reasons OnWatchdog and DownWatchdog, when FeedWatchdog is not called for
// a period. The period must be positive.
func (p *Power) ArmWatchdog(period time.Duration) {
	p.DisarmWatchdog()
	p.watchdog.period = period
	p.watchdog.bite = p.k.AfterBackground(period, "the watchdog bites", func() {
		p.Bite(fmt.Sprintf("the watchdog was not fed for %v", period))
	})
}

// FeedWatchdog gives the program another period. Without an armed watchdog it
// does nothing.
func (p *Power) FeedWatchdog() {
	if p.watchdog.bite != nil {
		p.ArmWatchdog(p.watchdog.period)
	}
}

// DisarmWatchdog stops the watchdog.
func (p *Power) DisarmWatchdog() {
	if p.watchdog.bite != nil {
		p.watchdog.bite.Cancel()
		p.watchdog.bite = nil
	}
}

// Bite is the restart by the watchdog, for a cause in a few words. Called by a
// task it does not return.
func (p *Power) Bite(cause string) {
	p.leave(reasons{On: OnWatchdog, Down: DownWatchdog})
	p.k.Halt(Restart{Cause: cause})
}
