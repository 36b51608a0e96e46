package network

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// visit is a connection of a socket to a virtual server, which speaks HTTP.
// The ports of https and ftp refuse sockets: there is content behind them, but
// nobody who would speak TLS or FTP over a socket.
type visit struct {
	s       *Socket
	host    string
	server  *server
	way     way
	faults  map[FaultKind]Fault
	request []byte    // that came and was not answered
	answer  io.Reader // that goes out; nil while there is none
	last    bool      // the connection ends behind the answer
	busy    bool      // the next part of the answer is on its way
	stalled bool      // the server says no more
	gone    bool      // the socket is closed
}

// maxRequest is how long a request to a virtual server may be, in bytes.
const maxRequest = 1 << 20

func newVisit(s *Socket, host string) *visit {
	u := urlOf(host, s.remote.Port())
	v := &visit{s: s, host: host, server: s.n.serverOf(u)}
	v.faults = v.server.faults(u)
	v.way = s.n.pathTo(v.server)
	return v
}

// after goes on after a round trip, unless the socket was closed.
func (v *visit) after(d time.Duration, what string, then func()) {
	v.s.n.k.After(d, what+" "+v.host, func() {
		if !v.gone {
			then()
		}
	})
}

// begin is the handshake: a round trip.
func (v *visit) begin() {
	n := v.s.n
	v.s.to = v
	d, ok := v.way.trip(n.k.Rand(), n.opts.Timeout)
	if _, silent := v.faults[FaultSilent]; silent || !ok {
		v.after(n.opts.Timeout, "no answer from", func() { v.refuse(ETIMEDOUT) })
		return
	}
	v.after(d, "connection to", func() {
		_, refused := v.faults[FaultRefused]
		if p := v.s.remote.Port(); refused || p == 443 || p == 21 || !v.listens() {
			v.refuse(ECONNREFUSED)
			return
		}
		v.s.state = connected
		v.s.changed()
	})
}

func (v *visit) refuse(e Errno) {
	v.s.to = nil
	v.gone = true
	v.s.fail(e)
}

// listens tells whether the server has the port.
func (v *visit) listens() bool {
	response, err := v.s.n.ask(urlOf(v.host, v.s.remote.Port()))
	if err == nil {
		response.Body.Close()
	}
	kind := asError("", err).Kind
	return kind != Refused && kind != UnknownHost || v.server != nil && v.server.host.Name != AnyHost
}

func (v *visit) write(p []byte) int {
	if len(v.request)+len(p) > maxRequest {
		v.refuse(ECONNRESET)
		return len(p)
	}
	v.request = append(v.request, p...)
	if v.answer == nil && !v.busy && !v.stalled {
		v.serve()
	}
	return len(p)
}

func (v *visit) room() bool { return true }

func (v *visit) read() { v.next() }

func (v *visit) close() { v.gone = true }

// serve answers the next request, once it is there as a whole.
func (v *visit) serve() {
	if !bytes.Contains(v.request, []byte("\r\n\r\n")) {
		return // more is to come
	}
	from := bytes.NewReader(v.request)
	buffered := bufio.NewReader(from)
	q, err := http.ReadRequest(buffered)
	if err != nil {
		v.begins("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", nil, true)
		return
	}
	if _, err := io.Copy(io.Discard, q.Body); err != nil {
		return // the rest of the body is to come
	}
	v.request = v.request[len(v.request)-from.Len()-buffered.Buffered():]
	u := urlOf(v.host, v.s.remote.Port())
	u.Path, u.RawQuery, u.User = q.URL.Path, q.URL.RawQuery, basicAuth(q)
	v.respond(q, u)
}

// basicAuth is the login of a request.
func basicAuth(q *http.Request) *url.Userinfo {
	if user, password, ok := q.BasicAuth(); ok {
		return url.UserPassword(user, password)
	}
	return nil
}

// respond puts the answer to a request together.
func (v *visit) respond(q *http.Request, u *url.URL) {
	faults := v.server.pathFaults(u)
	for kind, f := range v.faults {
		faults[kind] = f
	}
	c := &connection{q: question{url: u}, server: v.server, faults: faults}
	close := q.Close || !q.ProtoAtLeast(1, 1)
	response, err := v.s.n.ask(u)
	status := http.StatusOK
	var extra string
	var body io.Reader = strings.NewReader("")
	length := int64(0)
	switch kind := asError("", err).Kind; {
	case q.Method != http.MethodGet && q.Method != http.MethodHead:
		status, extra = http.StatusMethodNotAllowed, "Allow: GET, HEAD\r\n"
	case err != nil && kind != Status && kind != UnknownHost:
		v.refuse(ECONNRESET)
		return
	case err == nil && c.server.login(u) && !c.has(FaultStatus) && !c.has(FaultRedirect):
		a, content := c.file(response)
		length, body = a.length, content
		if a.validator != "" {
			extra = "ETag: " + a.validator + "\r\n"
		}
	default:
		if kind == UnknownHost { // a server that is declared without any file
			err = &StatusError{Code: http.StatusNotFound}
		}
		a, _ := c.answer(response, err)
		status = a.code
		if a.location != "" {
			extra = "Location: " + a.location + "\r\n"
		}
		if status == http.StatusUnauthorized {
			extra = "WWW-Authenticate: Basic realm=\"" + v.host + "\"\r\n"
		}
	}
	head := fmt.Sprintf("HTTP/1.1 %d %s\r\n%s", status, http.StatusText(status), extra)
	switch {
	case length >= 0:
		head += fmt.Sprintf("Content-Length: %d\r\n", length)
	default:
		close = true // where the body ends the connection does
	}
	if close {
		head += "Connection: close\r\n"
	}
	if q.Method == http.MethodHead {
		body = nil
	}
	v.begins(head+"\r\n", body, close)
}

// begins sends an answer, a round trip later.
func (v *visit) begins(head string, body io.Reader, last bool) {
	v.answer, v.last, v.busy = strings.NewReader(head), last, true
	if body != nil {
		v.answer = io.MultiReader(v.answer, body)
	}
	n := v.s.n
	d, ok := v.way.trip(n.k.Rand(), n.opts.Timeout)
	if !ok {
		v.after(n.opts.Timeout, "no answer from", func() { v.refuse(ETIMEDOUT) })
		return
	}
	v.after(d, "answer of", func() {
		v.busy = false
		v.next()
	})
}

// next sends the next part of the answer, if the socket has room for it.
func (v *visit) next() {
	if v.answer == nil || v.busy || v.gone || len(v.s.in) >= window {
		return
	}
	v.way = v.s.n.pathTo(v.server)
	part := make([]byte, min(max(v.way.bandwidth/int64(time.Second/tick), minChunk), window))
	count, err := io.ReadFull(v.answer, part)
	v.busy = true
	resent, ok := v.way.resend(v.s.n.k.Rand(), count, v.s.n.opts.Timeout)
	if !ok {
		v.after(v.s.n.opts.Timeout, "no answer from", func() { v.refuse(ETIMEDOUT) })
		return
	}
	v.after(duration(int64(count), v.way.bandwidth)+v.way.late(v.s.n.k.Rand())+resent, "data of", func() {
		v.busy = false
		v.s.n.count(count)
		if count > 0 {
			v.s.deliver(part[:count])
		}
		v.ended(err)
	})
}

// ended looks how a part of the answer has ended.
func (v *visit) ended(err error) {
	switch kind := asError("", err).Kind; {
	case err == nil:
		v.next()
	case kind == Timeout: // the fault stall: it says no more
		v.answer, v.stalled = nil, true
	case kind == Cut:
		v.refuse(ECONNRESET)
	default:
		v.answer = nil
		if v.last {
			v.s.end()
			v.stalled = true
			return
		}
		v.serve()
	}
}
