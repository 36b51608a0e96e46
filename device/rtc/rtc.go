// Package rtc is the module's real-time clock as far as it is not the kernel's:
// what it was set to, and the time zone, both of which outlive a restart
// (helios_rtc: the firmware's setTimeZone is kept by the clock and not by the
// program).
package rtc

import (
	"fmt"
	"time"

	"qpy/device/nvram"
)

// DefaultZone is the zone of a device that was never told one, in hours:
// China's, which the firmware's clock functions are built for (modutime.c).
const DefaultZone = 8

// MaxZone is how far a zone may be from UTC, in hours, either way (modutime.c).
const MaxZone = 12

// recordName is the non-volatile record of the clock.
const recordName = "clock.json"

type record struct {
	Zone   int           `json:"timeZoneHours"`
	Offset time.Duration `json:"setNanoseconds,omitempty"` // of what the clock was set to
}

// Clock is the real-time clock of one device.
type Clock struct {
	utc    func() time.Time
	system nvram.Store
	kept   record
}

// Open gives the clock, with the zone that was kept in system, the hidden area
// of the flash. utc is the device's time.
func Open(system nvram.Store, utc func() time.Time) (*Clock, error) {
	c := &Clock{utc: utc, system: system, kept: record{Zone: DefaultZone}}
	if _, err := nvram.Load(system, recordName, &c.kept); err != nil {
		return nil, err
	}
	if c.kept.Zone < -MaxZone || c.kept.Zone > MaxZone {
		return nil, fmt.Errorf("device record %s is damaged; delete it to start with a new one: zone %d is not within -%d to %d",
			recordName, c.kept.Zone, MaxZone, MaxZone)
	}
	return c, nil
}

// UTC is the clock's time.
func (c *Clock) UTC() time.Time { return c.utc().Add(c.kept.Offset) }

// SetLocal sets the clock to a time in its zone, given as a time in UTC that
// shows it. It outlives a restart, as the clock has a supply of its own.
func (c *Clock) SetLocal(at time.Time) error {
	c.kept.Offset += at.Sub(c.Local())
	return nvram.Save(c.system, recordName, c.kept)
}

// Zone is the time zone in hours east of UTC.
func (c *Clock) Zone() int { return c.kept.Zone }

// SetZone sets the time zone in hours east of UTC, within -MaxZone to MaxZone.
// It counts at once; the error is that it could not be kept for the next boot.
func (c *Clock) SetZone(hours int) error {
	if hours == c.kept.Zone {
		return nil // flash wears
	}
	c.kept.Zone = hours
	return nvram.Save(c.system, recordName, c.kept)
}

// Local is the clock's time in its zone, as a time in UTC that shows it.
func (c *Clock) Local() time.Time { return c.UTC().Add(time.Duration(c.kept.Zone) * time.Hour).UTC() }
