package kernel

import (
	"context"
	"testing"
	"time"
)

func BenchmarkChargeNothingDue(b *testing.B) {
	k := New(Options{Rate: 1_000_000})
	k.After(1<<62, "far away", func() {})
	_ = k.Run(context.Background(), func(*Task) {
		for b.Loop() {
			_ = k.Charge(32)
		}
		k.Halt(nil)
	})
}

// A Charge at which the quantum ends and nobody else is ready.
func BenchmarkChargeQuantum(b *testing.B) {
	k := New(Options{Rate: 1_000_000})
	k.After(1<<62, "far away", func() {})
	_ = k.Run(context.Background(), func(*Task) {
		for b.Loop() {
			_ = k.Charge(DefaultQuantum)
		}
		k.Halt(nil)
	})
}

// One turn from one task to another.
func BenchmarkHandover(b *testing.B) {
	k := New(Options{})
	k.Spawn("other", func(*Task) {
		for {
			_ = k.Charge(DefaultQuantum)
		}
	})
	_ = k.Run(context.Background(), func(*Task) {
		for range (b.N + 1) / 2 { // each round hands over there and back
			_ = k.Charge(DefaultQuantum)
		}
		k.Halt(nil)
	})
}

func BenchmarkSleepAlone(b *testing.B) {
	k := New(Options{})
	_ = k.Run(context.Background(), func(t *Task) {
		for b.Loop() {
			_ = t.Sleep(time.Millisecond)
		}
	})
}

// A week with ten timers (their periods 1 to 10 s), each of which queues a
// callback, and five threads that sleep 1 to 5 s at a time.
func BenchmarkWeek(b *testing.B) {
	const week = 7 * 24 * time.Hour
	for b.Loop() {
		k := New(Options{Rate: 1_000_000})
		calls := 0
		for i := range 10 {
			period := time.Duration(i+1) * time.Second
			var tick func()
			tick = func() {
				k.AfterBackground(period, "timer", tick)
				k.Schedule(func() { calls++ })
			}
			k.AfterBackground(period, "timer", tick)
		}
		for i := range 5 {
			k.Spawn("thread", func(t *Task) {
				for k.Now() < week {
					_ = k.Charge(100)
					_ = t.Sleep(time.Duration(i+1) * time.Second)
				}
			})
		}
		_ = k.Run(context.Background(), func(t *Task) { _ = t.Sleep(week) })
		b.ReportMetric(float64(calls), "callbacks/op")
	}
}
