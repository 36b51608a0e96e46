package network

import (
	"fmt"
	"maps"
	"math"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// AnyHost is the name of a Host that stands for all that have none of their own.
const AnyHost = "*"

// Host is how one virtual server behaves. A host that is declared exists, also
// when no site has content for it: it then answers 404.
type Host struct {
	Name string // "www.example.com", "www.example.com:8080" for that port alone, or AnyHost

	// What lies between the link and the server, see Link. The smaller
	// bandwidth counts; the times add up.
	Bandwidth int64
	Latency   time.Duration
	Jitter    time.Duration
	Loss      float64

	Body           BodyForm // how the length of a body is told
	NoRange        bool     // it always sends the whole file
	NoETag         bool     // it does not tell one version of a file from another
	User, Password string   // the login that it asks for; "" asks for none

	Faults []Fault // all that fit a connection happen, the earliest in its course first
}

// BodyForm is how an HTTP server tells where a body ends.
type BodyForm string

// The forms of a body.
const (
	WithLength BodyForm = ""        // Content-Length
	Chunked    BodyForm = "chunked" // Transfer-Encoding: chunked
	UntilClose BodyForm = "close"   // neither: the end of the connection is the end of the file
)

// FaultKind is what goes wrong.
type FaultKind string

// The kinds of fault, in the order of a connection's course.
const (
	FaultDNS        FaultKind = "dns"        // its name has no address
	FaultSilent     FaultKind = "silent"     // it never answers
	FaultRefused    FaultKind = "refused"    // it does not listen
	FaultTLS        FaultKind = "tls"        // the handshake of https fails; Text says why
	FaultStatus     FaultKind = "status"     // it answers Status instead of the file
	FaultRedirect   FaultKind = "redirect"   // it sends to Location, with Status (default 302)
	FaultLength     FaultKind = "length"     // it announces At bytes, whatever it sends
	FaultStall      FaultKind = "stall"      // it falls silent after At bytes of the body
	FaultDisconnect FaultKind = "disconnect" // it closes the connection after At bytes
	FaultReset      FaultKind = "reset"      // it breaks the connection after At bytes
)

var faultKinds = []FaultKind{FaultDNS, FaultSilent, FaultRefused, FaultTLS, FaultStatus, FaultRedirect, FaultLength,
	FaultStall, FaultDisconnect, FaultReset}

// Fault is something that goes wrong at a server.
type Fault struct {
	Kind     FaultKind
	Path     string // only downloads of this path, for example "/fota.bin"; "" all
	Skip     int    // connections that go well before the first that has the fault
	Times    int    // connections that have it; 0 all from then on
	At       int64  // bytes of the body of the connection: length, stall, disconnect, reset
	Status   int    // HTTP status: status, redirect
	Location string // where to: redirect; may be relative
	Text     string // why, for the user: tls
}

// key is the name in the form that a URL's host is looked up by.
func (h Host) key() string { return strings.ToLower(h.Name) }

// Check tells what is wrong with a host that comes from a user.
func (h Host) Check() error {
	bad := func(format string, args ...any) error {
		return fmt.Errorf("host %q: "+format, append([]any{h.Name}, args...)...)
	}
	if h.Name != AnyHost {
		if _, err := ParseAllow(h.Name); err != nil {
			return bad("its name is not a host, host:port or %s", AnyHost)
		}
	}
	switch {
	case h.Bandwidth < 0 || h.Latency < 0 || h.Jitter < 0:
		return bad("bandwidth, latency and jitter must not be negative")
	case math.IsNaN(h.Loss) || h.Loss < 0 || h.Loss > 1:
		return bad("loss %v is not within 0 to 1", h.Loss)
	case !slices.Contains([]BodyForm{WithLength, Chunked, UntilClose}, h.Body):
		return bad("body %q; there is %q and %q, and nothing for a length", h.Body, Chunked, UntilClose)
	}
	for i, f := range h.Faults {
		if err := f.check(); err != nil {
			return bad("fault %d: %w", i+1, err)
		}
	}
	return nil
}

func (f Fault) check() error {
	isRedirect := f.Status >= 300 && f.Status < 400
	switch {
	case !slices.Contains(faultKinds, f.Kind):
		return fmt.Errorf("kind %q; there is %q", f.Kind, faultKinds)
	case f.Skip < 0 || f.Times < 0 || f.At < 0:
		return fmt.Errorf("skip, times and at must not be negative")
	case f.Path != "" && !strings.HasPrefix(f.Path, "/"):
		return fmt.Errorf("path %q does not begin with a slash", f.Path)
	case f.Kind == FaultStatus && (f.Status < 200 || f.Status > 599 || f.Status == http.StatusOK || isRedirect):
		return fmt.Errorf("status %d; give the HTTP status of a failure, for example 503", f.Status)
	case f.Kind == FaultRedirect && f.Location == "":
		return fmt.Errorf("redirect has no location")
	case f.Kind == FaultRedirect && f.Status != 0 && !redirects(f.Status):
		return fmt.Errorf("status %d is no redirect; leave it out, or give 301, 302, 303, 307 or 308", f.Status)
	}
	return nil
}

// server is a declared host at work.
type server struct {
	host Host
	seen []int // connections that each fault could have had
}

func newServer(h Host) *server { return &server{host: h, seen: make([]int, len(h.Faults))} }

// serverOf finds how a URL's host behaves; nil is a host without a word about it.
func (n *Network) serverOf(u *url.URL) *server {
	name := strings.ToLower(u.Hostname())
	for _, key := range []string{net.JoinHostPort(name, port(u)), name, AnyHost} {
		if s := n.hosts[key]; s != nil {
			return s
		}
	}
	return nil
}

// faults are those that a new connection has; it counts the connection.
func (s *server) faults(u *url.URL) map[FaultKind]Fault {
	if s == nil {
		return nil
	}
	return s.having(func(f Fault) bool { return f.Path == "" || f.Path == u.Path })
}

// having are those of some faults that happen now; it counts them.
func (s *server) having(fits func(Fault) bool) map[FaultKind]Fault {
	active := map[FaultKind]Fault{}
	for i, f := range s.host.Faults {
		if !fits(f) {
			continue
		}
		nth := s.seen[i]
		s.seen[i]++
		if _, taken := active[f.Kind]; !taken && nth >= f.Skip && (f.Times == 0 || nth < f.Skip+f.Times) {
			active[f.Kind] = f
		}
	}
	return active
}

// pathFaults are those of the path alone that a further request of a connection
// has.
func (s *server) pathFaults(u *url.URL) map[FaultKind]Fault {
	if s == nil {
		return map[FaultKind]Fault{}
	}
	return s.having(func(f Fault) bool { return f.Path != "" && f.Path == u.Path })
}

// login tells whether a URL brings the login that the server asks for.
func (s *server) login(u *url.URL) bool {
	if s == nil || s.host.User == "" {
		return true
	}
	password, _ := u.User.Password()
	return u.User.Username() == s.host.User && password == s.host.Password
}

// now is the host as a network that begins now would have to know it: with what
// is left of its faults.
func (s *server) now() Host {
	h := s.host
	h.Faults = nil
	for i, f := range s.host.Faults {
		end := f.Skip + f.Times - s.seen[i]
		if f.Times > 0 && end <= 0 {
			continue // it is over
		}
		f.Skip = max(f.Skip-s.seen[i], 0)
		if f.Times > 0 {
			f.Times = end - f.Skip
		}
		h.Faults = append(h.Faults, f)
	}
	return h
}

// Hosts are the hosts that were declared, by name, as they are now: connections
// that a fault waited for, or has had, are taken off. A network that is made
// with them goes on where this one ends.
func (n *Network) Hosts() []Host {
	hosts := make([]Host, 0, len(n.hosts))
	for _, key := range slices.Sorted(maps.Keys(n.hosts)) {
		hosts = append(hosts, n.hosts[key].now())
	}
	return hosts
}
