package kernel

import "fmt"

// trace tells Options.Trace what happens now.
func (k *Kernel) trace(source, what string) {
	if k.opts.Trace != nil {
		k.opts.Trace(k.Now(), source, what)
	}
}

// traceTask is trace for what a task does.
func (k *Kernel) traceTask(t *Task, what string) {
	if k.opts.Trace != nil {
		k.trace(fmt.Sprintf("task %d %q", t.id, t.name), what)
	}
}

// traceEnd is trace for the end of the run.
func (k *Kernel) traceEnd(reason error) {
	if reason == nil {
		k.trace("kernel", "nothing is pending")
		return
	}
	k.trace("kernel", "ends: "+reason.Error())
}
