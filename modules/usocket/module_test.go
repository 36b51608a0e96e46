package usocket_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy"
	"qpy/device/network"
	"qpy/modules/internal/script"
)

func TestAgainstMicroPython(t *testing.T) { script.Golden(t, "usocket") }

func TestOnTheDevice(t *testing.T) { script.Golden(t, "usocket_device") }

// On a module an unknown host is an empty list; the unix port raises.
func TestUnknownHostByModel(t *testing.T) {
	const source = "import usocket\nprint(usocket.getaddrinfo('nobody.example.com', 80))\n"
	out, _ := script.RunOn(t, qpy.Config{Device: "EC600N"}, source)
	assert.Equal(t, "[]\n", out)
	assert.Contains(t, script.Run(t, source), "OSError: -2")
}

// echo is a server of the real network on the loopback: it sends back each
// line, and ends the connection after "end".
func echo(t *testing.T) (port int) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				for r := bufio.NewReader(c); ; {
					line, err := r.ReadString('\n')
					if err != nil || line == "end\n" {
						return
					}
					_, _ = io.WriteString(c, "echo "+line)
				}
			}()
		}
	}()
	return l.Addr().(*net.TCPAddr).Port
}

// real is a config whose network leads to the host's, where a name stands for the
// PC itself: sockets to 127.0.0.1 stay on the device.
func real(t *testing.T, allow ...string) qpy.Config {
	return qpy.Config{Net: qpy.Host, AllowHosts: allow, Network: func(o *network.Options) {
		o.Resolve = map[string]string{"echo.example.com": "127.0.0.1"}
	}}
}

func TestRealNetwork(t *testing.T) {
	port := echo(t)
	out, result := script.RunOn(t, real(t, fmt.Sprintf("echo.example.com:%d", port)), fmt.Sprintf(`
import usocket, uselect
s = usocket.socket()
s.connect(("echo.example.com", %d))
print(s.getsocketsta())
s.send(b"one\ntwo\n")
print(s.readline(), s.readline())
p = uselect.poll()
p.register(s, uselect.POLLIN)
print(p.poll(0))
s.send(b"three\n")
print(len(p.poll()), s.recv(100))
s.settimeout(0.01)
try:
    s.recv(1)
except OSError as e:
    print(e)
s.settimeout(None)
s.sendall(b"x" * 200000 + b"\n")
n = 0
while n < 200006:
    n += len(s.recv(5000))
print(n)
s.send(b"end\n")
print(s.recv(10), s.getsocketsta())
s.close()
`, port))
	assert.Equal(t, `4
b'echo one\n' b'echo two\n'
[]
1 b'echo three\n'
[Errno 110] ETIMEDOUT
200006
b'' 7
`, out)
	assert.Equal(t, qpy.Finished, result.Ending)
}

// A connection that the script left open does not keep the device running.
func TestOpenConnectionAtTheEnd(t *testing.T) {
	port := echo(t)
	out, result := script.RunOn(t, real(t), fmt.Sprintf(`
import usocket
s = usocket.socket()
s.connect(("echo.example.com", %d))
print(s.getsocketsta())
`, port))
	assert.Equal(t, "4\n", out)
	assert.Equal(t, qpy.Finished, result.Ending)
}

func TestOnlyAllowedHosts(t *testing.T) {
	port := echo(t)
	source := fmt.Sprintf(`
import usocket
for host in ("echo.example.com", "203.0.113.1"):
    try:
        usocket.socket().connect((host, %d))
        print("connected")
    except OSError as e:
        print(e)
`, port)
	out, _ := script.RunOn(t, real(t, "other.example.com"), source)
	assert.Equal(t, "-2\n[Errno 13] EACCES\n", stripNotes(out), "a name that is not allowed is not even looked up")
	out, _ = script.RunOn(t, real(t, "echo.example.com:1"), source)
	assert.Equal(t, "[Errno 13] EACCES\n[Errno 13] EACCES\n", stripNotes(out))
	assert.Contains(t, out, "qpy: network: no connection to echo.example.com")
	out, _ = script.RunOn(t, qpy.Config{}, source)
	assert.Equal(t, "-2\n[Errno 113] EHOSTUNREACH\n", out, "the virtual network leads nowhere")
}

func stripNotes(out string) string {
	var kept strings.Builder
	for line := range strings.Lines(out) {
		if !strings.HasPrefix(line, "qpy: ") {
			kept.WriteString(line)
		}
	}
	return kept.String()
}

func TestFaultsOfAServer(t *testing.T) {
	for kind, want := range map[network.FaultKind]string{
		network.FaultDNS:        "-2",
		network.FaultRefused:    "[Errno 111] ECONNREFUSED",
		network.FaultSilent:     "[Errno 110] ETIMEDOUT",
		network.FaultReset:      "[Errno 104] ECONNRESET",
		network.FaultDisconnect: "b'' 100",
		network.FaultStall:      "[Errno 110] ETIMEDOUT",
		network.FaultStatus:     "b'HTTP/1.1 503 Service Unavailable\\r\\n'",
		network.FaultRedirect:   "b'Location: http://other.example.com/\\r\\n'",
	} {
		fault := network.Fault{Kind: kind, At: 100}
		switch kind {
		case network.FaultStatus:
			fault.Status = 503
		case network.FaultRedirect:
			fault.Location = "http://other.example.com/"
		}
		config := qpy.Config{Network: func(o *network.Options) {
			o.Hosts = []network.Host{{Name: "www.example.com", Faults: []network.Fault{fault}}}
		}}
		out, _ := script.RunOn(t, config, `
import usocket
s = usocket.socket()
s.settimeout(70)
try:
    s.connect(("www.example.com", 80))
    s.write(b"GET /fota1.bin HTTP/1.0\r\n\r\n")
    line = s.readline()
    if b"503" in line:
        print(line)
    while True:
        line = s.readline()
        if b"Location" in line:
            print(line)
        if line == b"\r\n":
            break
    n = 0
    while True:
        b = s.recv(1000)
        if not b:
            break
        n += len(b)
    if n:
        print(b, n)
except OSError as e:
    print(e)
`)
		assert.Equal(t, want+"\n", out, kind)
	}
}

// Without coverage there is no way out, and nothing is known of names.
func TestLinkDown(t *testing.T) {
	config := qpy.Config{Network: func(o *network.Options) { o.Link.Down = true }}
	out, _ := script.RunOn(t, config, `
import usocket
for host in ("www.example.com", "198.18.0.1"):
    try:
        usocket.socket().connect((host, 80))
    except OSError as e:
        print(e.args[0])
s = usocket.socket()
s.bind(("127.0.0.1", 80))
s.listen(1)
usocket.socket().connect(("127.0.0.1", 80))
print("loopback")
`)
	assert.Equal(t, "-2\n101\nloopback\n", out)
}

// A whole file comes at the speed of the link, and no faster than it is read.
func TestDownloadTakesItsTime(t *testing.T) {
	config := qpy.Config{Network: func(o *network.Options) {
		o.Link = network.Link{Bandwidth: 10000, Latency: 100 * time.Millisecond}
	}}
	out, result := script.RunOn(t, config, `
import usocket, utime
s = usocket.socket()
s.connect(("www.example.com", 80))
s.write(b"GET /fota1.bin HTTP/1.0\r\n\r\n")
t0, n = utime.ticks_ms(), 0
while True:
    b = s.read(1000)
    if not b:
        break
    n += len(b)
ms = utime.ticks_diff(utime.ticks_ms(), t0)
print(abs(ms - n // 10 - 100) < 200)
`)
	assert.Equal(t, "True\n", out)
	assert.Equal(t, qpy.Finished, result.Ending)
}

// A script that waits for what can never come is told so.
func TestDeadlock(t *testing.T) {
	out, result := script.RunOn(t, qpy.Config{}, `
import usocket
s = usocket.socket()
s.bind(("127.0.0.1", 80))
s.listen(1)
s.accept()
`)
	assert.Equal(t, qpy.Stuck, result.Ending)
	assert.Contains(t, out, "waits for a connection of socket 3")
}
