package network

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"time"
)

// Link is how the module's radio link behaves.
type Link struct {
	// Bandwidth of the downlink in bytes a second of device time; 0 or less is
	// one byte a nanosecond. Each download has the whole of it.
	Bandwidth int64
	// Latency is the time of a round trip.
	Latency time.Duration
	// Jitter is how much later a round trip or a part of a file may come: each
	// a random time between 0 and Jitter.
	Jitter time.Duration
	// Loss is the share of packets that are lost, 0 to 1. A lost one is sent
	// again, which takes time; with all of them lost the download times out.
	Loss float64
	// Down is a link without coverage: nothing arrives, nothing can begin.
	Down bool
	// APNs are those that the operator gives a bearer to; empty accepts any.
	APNs []APN
}

// APN is an access point: what the module's PDP context asks the operator for.
type APN struct {
	Name     string // "" is the operator's default, which is always accepted; case does not matter
	User     string // with Password: what the operator asks for; "" asks for nothing
	Password string
}

// Check tells what is wrong with a link that comes from a user.
func (l Link) Check() error {
	switch {
	case l.Bandwidth < 0:
		return fmt.Errorf("link: bandwidth %d is negative; give bytes a second, 0 for no limit", l.Bandwidth)
	case l.Latency < 0 || l.Jitter < 0:
		return fmt.Errorf("link: latency %v and jitter %v must not be negative", l.Latency, l.Jitter)
	case math.IsNaN(l.Loss) || l.Loss < 0 || l.Loss > 1:
		return fmt.Errorf("link: loss %v is not within 0 to 1", l.Loss)
	}
	for _, a := range l.APNs {
		if a.Name == "" {
			return fmt.Errorf("link: an APN has no name; name it, or leave the APNs out to accept any")
		}
	}
	return nil
}

// SetAPN sets the access point of the module's PDP context: it counts from the
// next connection on.
func (n *Network) SetAPN(a APN) { n.apn = a }

// bearer tells whether the module has a bearer to send packets over.
func (n *Network) bearer() error {
	if n.link.Down {
		return fmt.Errorf("%w: the link is down", ErrNoBearer)
	}
	if n.apn.Name == "" || len(n.link.APNs) == 0 {
		return nil
	}
	names := make([]string, len(n.link.APNs))
	for i, a := range n.link.APNs {
		names[i] = a.Name
		if !strings.EqualFold(a.Name, n.apn.Name) {
			continue
		}
		if a.User != "" && (a.User != n.apn.User || a.Password != n.apn.Password) {
			return fmt.Errorf("%w: APN %q refuses the user or the password", ErrNoBearer, n.apn.Name)
		}
		return nil
	}
	return fmt.Errorf("%w: the operator has no APN %q; it has %s", ErrNoBearer, n.apn.Name, strings.Join(names, ", "))
}

const (
	// packet is the payload of a TCP segment on a radio link.
	packet = 1400
	// A question that is lost is asked again after firstRTO, then after twice
	// that, and so on up to maxRTO (RFC 6298).
	firstRTO = time.Second
	maxRTO   = 60 * time.Second
)

// way is the path to one server: the link and what lies behind it.
type way struct {
	bandwidth       int64
	latency, jitter time.Duration
	loss            float64
}

// pathTo adds the server's own behaviour to that of the link.
func (n *Network) pathTo(s *server) way {
	w := way{bandwidth: n.link.Bandwidth, latency: n.link.Latency, jitter: n.link.Jitter, loss: n.link.Loss}
	if w.bandwidth <= 0 {
		w.bandwidth = int64(time.Second)
	}
	if s == nil {
		return w
	}
	h := s.host
	if h.Bandwidth > 0 {
		w.bandwidth = min(w.bandwidth, h.Bandwidth)
	}
	w.latency += h.Latency
	w.jitter += h.Jitter
	w.loss = 1 - (1-w.loss)*(1-h.Loss)
	return w
}

// late is a random delay within the jitter. Nothing random is drawn on a path
// without jitter, so that it costs no other random choice its place.
func (w way) late(r *rand.Rand) time.Duration {
	if w.jitter <= 0 {
		return 0
	}
	return time.Duration(r.Int64N(int64(w.jitter) + 1))
}

// trip is how long a question and its answer take; ok is false when neither
// comes through within the timeout.
func (w way) trip(r *rand.Rand, timeout time.Duration) (d time.Duration, ok bool) {
	d = w.latency + w.late(r)
	for rto := firstRTO; w.loss > 0 && r.Float64() < w.loss; rto = min(2*rto, maxRTO) {
		if d += rto; d >= timeout {
			return timeout, false
		}
	}
	return d, true
}

// resend is the time that lost packets of n bytes cost: the first loss of a
// packet is noticed after a round trip (fast retransmit), every further one of
// the same packet by a timeout that doubles. ok is false when a packet is lost
// for longer than the timeout.
func (w way) resend(r *rand.Rand, n int, timeout time.Duration) (d time.Duration, ok bool) {
	if w.loss <= 0 {
		return 0, true
	}
	for ; n > 0; n -= packet {
		var one time.Duration
		rto := firstRTO
		for lost := 0; r.Float64() < w.loss; lost++ {
			if lost == 0 {
				one += w.latency
				continue
			}
			one += rto
			if rto = min(2*rto, maxRTO); one >= timeout {
				return d + timeout, false
			}
		}
		d += one
	}
	return d, true
}
