package power_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"qpy/device/kernel"
	"qpy/device/power"
)

func TestCurve(t *testing.T) {
	c := power.Curve{{At: 10 * time.Second, MV: 4000}, {At: 20 * time.Second, MV: 3000}, {At: 30 * time.Second, MV: 3500}}
	for at, mv := range map[time.Duration]int{
		0: 4000, 10 * time.Second: 4000, 15 * time.Second: 3500, 20 * time.Second: 3000, 25 * time.Second: 3250,
		30 * time.Second: 3500, 1<<63 - 1: 3500,
		10*time.Second + 1: 4000, 20*time.Second + 1: 3000, 20*time.Second - 1: 3000,
	} {
		assert.Equal(t, mv, c.At(at), "%v", at)
	}
}

func TestCurveThatIsWrong(t *testing.T) {
	for want, c := range map[string]power.Curve{
		"at least one":         {},
		"before power-on":      {{At: -1, MV: 3800}},
		"does not come after":  {{At: 1, MV: 3800}, {At: 1, MV: 3700}},
		"-1 mV is not within":  {{MV: -1}},
		"10001 mV is not with": {{MV: 3800}, {At: 1, MV: 10001}},
	} {
		point, err := c.Check()
		assert.ErrorContains(t, err, want)
		assert.Equal(t, len(c)-1, point)
	}
	_, err := power.Constant(power.MaxVoltage).Check()
	assert.NoError(t, err)
}

func TestLowVoltageSwitchesOff(t *testing.T) {
	system := store(t)
	p, end := boot(t, system, func(task *kernel.Task, p *power.Power) {
		p.SetBattery(power.Curve{{MV: 3800}, {At: time.Minute, MV: 3500}, {At: 2 * time.Minute, MV: 3200}}, 3300)
		assert.NoError(t, task.Sleep(time.Minute))
		assert.Equal(t, 3500, p.Battery())
		assert.NoError(t, task.Sleep(time.Hour))
		t.Error("it went down")
	})
	assert.Equal(t, power.Down{Cause: "the battery is at 3299 mV, less than 3300"}, end)
	assert.Equal(t, 3299, p.Battery(), "it went down at the first moment")

	p, end = boot(t, system, func(task *kernel.Task, p *power.Power) {
		p.SetBattery(power.Constant(3299), power.LowVoltage)
		assert.NoError(t, task.Sleep(0))
		t.Error("it went down at once")
	})
	assert.Equal(t, power.DownVoltageLow, p.DownReason())
	assert.Equal(t, power.OnPowerKey, p.OnReason())
	assert.Equal(t, power.Down{Cause: "the battery is at 3299 mV, less than 3300"}, end)
}

func TestBatteryThatHoldsOut(t *testing.T) {
	for _, c := range []power.Curve{
		power.Constant(3300),
		{{MV: 4200}, {At: time.Hour, MV: 3300}},
		{{At: time.Second, MV: 3300}, {At: 2 * time.Second, MV: 3400}},
	} {
		_, end := boot(t, store(t), func(task *kernel.Task, p *power.Power) {
			p.SetBattery(power.Constant(3000), 3300)
			p.SetBattery(c, 3300)
			assert.NoError(t, task.Sleep(24*time.Hour))
		})
		assert.NoError(t, end)
	}
	_, end := boot(t, store(t), func(task *kernel.Task, p *power.Power) {
		p.SetBattery(power.Constant(0), 0)
		assert.NoError(t, task.Sleep(time.Hour))
	})
	assert.NoError(t, end, "without a limit nothing goes down")
}

func TestSag(t *testing.T) {
	c := power.Curve{{MV: 3800}, {At: 100 * time.Second, MV: 3700}}
	assert.Equal(t, power.Constant(3600), c.Sag(time.Second, 3600, 0))
	c = c.Sag(50*time.Second, 3250, 10*time.Second)
	assert.Equal(t, power.Curve{{At: 50 * time.Second, MV: 3750}, {At: 60 * time.Second, MV: 3250}}, c)
	assert.Equal(t, 3500, c.At(55*time.Second))
	assert.Equal(t, 3250, c.At(time.Hour))
}
