package kernel

import (
	"context"
	"errors"
	"sync"
)

// ErrInterrupted is the interrupt that a cancelled context stands for.
var ErrInterrupted = errors.New("interrupted")

// inbox holds what other goroutines hand in until the holder of the baton
// looks: at turn points, between tasks, or when there is nothing else to do.
type inbox struct {
	mu     sync.Mutex
	mail   mail
	closed bool
}

type mail struct {
	posts     []post
	interrupt error
	cancelled error // why Run's context has ended
	halt      error // the reason to end the run
}

type post struct {
	from *External
	fn   func()
}

// handIn puts something into the inbox by f and calls the kernel's attention to it.
func (k *Kernel) handIn(f func(*mail)) bool {
	k.inbox.mu.Lock()
	defer k.inbox.mu.Unlock()
	if k.inbox.closed {
		return false
	}
	f(&k.inbox.mail)
	k.attention.Store(true)
	select {
	case k.wake <- struct{}{}:
	default:
	}
	return true
}

// drain takes over what has come in.
func (k *Kernel) drain() {
	k.inbox.mu.Lock()
	in := k.inbox.mail
	k.inbox.mail = mail{}
	k.attention.Store(false)
	k.inbox.mu.Unlock()

	for _, p := range in.posts {
		k.After(0, p.from.name, p.fn)
	}
	if t := k.front(); in.interrupt != nil && t != nil {
		k.interrupt = in.interrupt
		k.limit = 0
		if t.state == waiting {
			k.makeReady(t)
		}
	}
	if in.cancelled != nil {
		k.cancelled = in.cancelled
	}
	if in.halt != nil {
		k.stop(in.halt)
	}
}

// Interrupt is Ctrl-C: the main task's wait or next turn point returns err.
// After its end it goes to a callback on the idle task, if one runs, and is
// dropped otherwise. It can be called from any goroutine, at any time.
func (k *Kernel) Interrupt(err error) {
	k.handIn(func(in *mail) { in.interrupt = err })
}

// front is the task that interrupts go to.
func (k *Kernel) front() *Task {
	if k.main != nil && k.main.state != dead {
		return k.main
	}
	return k.idle
}

func (k *Kernel) takeInterrupt(t *Task) error {
	if k.interrupt == nil || t != k.front() {
		return nil
	}
	err := k.interrupt
	k.interrupt = nil
	return err
}

// External is work that goes on outside of the device: a real socket, a real
// server. While one is open virtual time does not jump (it waits for a post),
// and Run does not end.
type External struct {
	k     *Kernel
	name  string
	count *int // of the kernel, that it is counted in
	once  sync.Once
}

// External opens outside work; name says in errors what it is.
func (k *Kernel) External(name string) *External {
	return k.external(name, &k.open)
}

// Background is [Kernel.External] for work that matters only while something
// else goes on, a connection that a program holds: Run ends while it is open,
// and virtual time keeps pace with the wall clock instead of standing still,
// because nobody knows when something comes.
func (k *Kernel) Background(name string) *External {
	return k.external(name, &k.paced)
}

func (k *Kernel) external(name string, count *int) *External {
	*count++
	return &External{k: k, name: name, count: count}
}

// Post makes fn an event that happens as soon as possible, in the order of the
// posts. It can be called from any goroutine. It is false when the run is over:
// fn is dropped then.
func (x *External) Post(fn func()) bool {
	return x.k.handIn(func(in *mail) { in.posts = append(in.posts, post{x, fn}) })
}

// Done ends the outside work, after all that it has posted. It can be called
// from any goroutine, and more than once.
func (x *External) Done() {
	x.once.Do(func() { x.Post(func() { *x.count-- }) })
}

// Go runs fn on a goroutine of its own and calls Done when it returns. ctx ends
// with the run, and Run does not return before fn has.
func (x *External) Go(fn func(ctx context.Context)) {
	k := x.k
	if k.outside == nil {
		k.outside, k.cutOff = context.WithCancel(context.Background())
	}
	ctx := k.outside
	k.routines.Add(1)
	go func() {
		defer k.routines.Done()
		defer x.Done()
		fn(ctx)
	}()
}
