package network

import (
	"net/netip"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device/kernel"
)

// page is a site with one short file.
var page = &Files{Host: "www.example.com", Paths: map[string]func() ([]byte, error){
	"/a": func() ([]byte, error) { return []byte("the page"), nil },
}}

// onDevice runs main as the program of a device with that site.
func onDevice(t *testing.T, o Options, main func(task *kernel.Task, n *Network)) {
	t.Helper()
	k := kernel.New(kernel.Options{})
	o.Sites = []Site{page}
	n := New(k, o)
	defer n.Close()
	done := make(chan struct{})
	go func() { // a failed assertion must not end the kernel's own goroutine
		defer close(done)
		assert.NoError(t, k.Run(t.Context(), func(task *kernel.Task) { main(task, n) }))
	}()
	<-done
}

// until waits until a socket does not answer that it would have to wait.
func until(task *kernel.Task, s *Socket, try func() error) error {
	for {
		err := try()
		if err != EAGAIN && err != EINPROGRESS {
			return err
		}
		if woken, err := task.Wait(&s.Changed, 2*DefaultTimeout, "socket", kernel.RunCallbacks); err != nil || !woken {
			return ETIMEDOUT
		}
	}
}

// exchange sends text to the server and gives all that it answers.
func exchange(task *kernel.Task, n *Network, text []byte) (string, error) {
	s := n.NewSocket(false)
	defer s.Close()
	var at netip.Addr
	n.Lookup("www.example.com", func(a netip.Addr) { at = a })
	begun := false
	err := until(task, s, func() error {
		if begun {
			return s.Connected()
		}
		begun = true
		return s.Connect(netip.AddrPortFrom(at, 80))
	})
	for err == nil && len(text) > 0 {
		err = until(task, s, func() error {
			sent, err := s.Send(text)
			text = text[sent:]
			return err
		})
	}
	var got []byte
	for err == nil {
		p := make([]byte, 1000)
		count := 0
		err = until(task, s, func() (err error) { count, err = s.Receive(p); return err })
		if count == 0 {
			break
		}
		got = append(got, p[:count]...)
	}
	return string(got), err
}

func TestServerOfASocket(t *testing.T) {
	onDevice(t, Options{Link: Link{Latency: 100 * time.Millisecond}}, func(task *kernel.Task, n *Network) {
		got, err := exchange(task, n, []byte("GET /a HTTP/1.0\r\n\r\n"))
		assert.NoError(t, err)
		assert.Regexp(t, "^HTTP/1.1 200 OK\r\nETag: .*\r\nContent-Length: 8\r\nConnection: close\r\n\r\nthe page$", got)
		assert.Equal(t, 200*time.Millisecond, task.Kernel().Now().Truncate(time.Millisecond), "a round trip to connect, and one for the answer")
		assert.Equal(t, int64(len(got)), n.Received())
	})
}

// A server that declares a login asks for it.
func TestServerAsksForALogin(t *testing.T) {
	o := Options{Hosts: []Host{{Name: "www.example.com", User: "me", Password: "secret"}}}
	onDevice(t, o, func(task *kernel.Task, n *Network) {
		got, _ := exchange(task, n, []byte("GET /a HTTP/1.0\r\n\r\n"))
		assert.Contains(t, got, "401 Unauthorized")
		got, _ = exchange(task, n, []byte("GET /a HTTP/1.0\r\nAuthorization: Basic bWU6c2VjcmV0\r\n\r\n"))
		assert.Contains(t, got, "the page")
	})
}

// A request that never ends is cut off.
func TestEndlessRequest(t *testing.T) {
	onDevice(t, Options{}, func(task *kernel.Task, n *Network) {
		_, err := exchange(task, n, make([]byte, maxRequest+1))
		assert.Equal(t, ECONNRESET, err)
	})
}

func TestPortsOfTheDevice(t *testing.T) {
	onDevice(t, Options{}, func(_ *kernel.Task, n *Network) {
		any := netip.AddrPortFrom(netip.IPv4Unspecified(), 0)
		seen := map[uint16]bool{}
		for range 100 {
			s := n.NewSocket(false)
			require.NoError(t, s.Bind(any))
			assert.False(t, seen[s.local.Port()])
			seen[s.local.Port()] = true
		}
		s := n.NewSocket(true)
		assert.Equal(t, EADDRNOTAVA, s.Bind(netip.MustParseAddrPort("192.0.2.1:5")))
		assert.NoError(t, s.Bind(netip.MustParseAddrPort("10.0.0.2:5")))
		assert.Equal(t, EINVAL, s.Bind(any))
	})
}

func TestResolveMustBeAddresses(t *testing.T) {
	assert.ErrorContains(t, Options{Real: true, Resolve: map[string]string{"a": "b"}}.Check(), `resolve "a": "b" is not an IPv4 address`)
	assert.NoError(t, Options{Real: true, Resolve: map[string]string{"a": "127.0.0.1"}}.Check())
}

// Whatever a script sends to a virtual server, the device lives on.
func FuzzRequest(f *testing.F) {
	for _, text := range []string{"", "GET /a HTTP/1.1\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", "GET http://[::1 HTTP/1.1\r\n\r\n",
		"GET /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc", "HEAD /%00 HTTP/1.1\r\nHost: \r\n\r\nGET"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		onDevice(t, Options{}, func(task *kernel.Task, n *Network) {
			_, err := exchange(task, n, append(text, "\r\n\r\n"...))
			if err != nil {
				assert.Contains(t, []error{ECONNRESET, ETIMEDOUT, EPIPE}, err)
			}
		})
	})
}
