package network

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// Round trips between the connection and the first byte of the answer.
const (
	httpTrips = 1 // the request
	tlsTrips  = 2 // a full TLS 1.2 handshake before it
	ftpTrips  = 8 // USER PASS FEAT TYPE SIZE EPSV, the data connection, RETR
)

// connection is one connection to a virtual server.
type connection struct {
	t      *Transfer
	q      question
	server *server // nil: nothing is declared of it
	faults map[FaultKind]Fault
	way    way
}

// connectVirtual takes the steps of a real connection: a round trip to find
// the host, one to connect, and those of the protocol.
func (t *Transfer) connectVirtual() {
	c := &connection{t: t, q: t.asked, server: t.n.serverOf(t.asked.url)}
	c.faults = c.server.faults(c.q.url)
	c.way = t.n.pathTo(c.server)
	c.trips(1, c.resolved)
}

func (c *connection) has(kind FaultKind) bool { _, ok := c.faults[kind]; return ok }

// trips goes on after so many round trips.
func (c *connection) trips(n int, then func()) {
	var all time.Duration
	for range n {
		d, ok := c.way.trip(c.t.n.k.Rand(), c.t.n.opts.Timeout)
		if all += d; !ok {
			c.t.after(all, func() { c.t.failed(fmt.Errorf("%w: every packet is lost", ErrSilent)) })
			return
		}
	}
	c.t.after(all, then)
}

// failAfter is a failure that takes so many round trips to show.
func (c *connection) failAfter(trips int, err error) {
	c.trips(trips, func() { c.t.failed(err) })
}

// resolved is the moment when the host's address is known, or not.
func (c *connection) resolved() {
	if c.has(FaultDNS) {
		c.t.failed(ErrUnknownHost)
		return
	}
	response, err := c.t.n.ask(c.q.url)
	if errors.Is(err, ErrUnknownHost) && c.server != nil && c.server.host.Name != AnyHost {
		err = &StatusError{Code: http.StatusNotFound, Detail: "the server is declared without any file"}
	}
	if err == nil {
		c.t.hold(func() { response.Body.Close() })
	}
	c.connected(response, err)
}

// connected takes the steps up to the answer. err is the site's own failure.
func (c *connection) connected(response *Response, err error) {
	protocol := map[string]int{"http": httpTrips, "https": httpTrips + tlsTrips, "ftp": ftpTrips}[c.q.url.Scheme]
	switch kind := asError("", err).Kind; {
	case kind == UnknownHost || kind == NoBearer:
		c.t.failed(err)
	case c.has(FaultSilent) || kind == Timeout:
		c.t.silence("")
	case c.has(FaultRefused):
		c.failAfter(1, ErrRefused)
	case kind == Refused:
		c.failAfter(1, err)
	case c.has(FaultTLS) && c.q.url.Scheme == "https":
		c.failAfter(1+tlsTrips, fmt.Errorf("%w: %s", ErrTLS, orElse(c.faults[FaultTLS].Text, "the handshake fails")))
	case kind == TLS:
		c.failAfter(1+tlsTrips, err)
	case kind == Cut || kind == Failed:
		c.failAfter(1+protocol, err)
	default:
		a, body := c.answer(response, err)
		c.trips(1+protocol, func() {
			if c.t.answered(a) {
				newStream(c, a.length, body).schedule()
			}
		})
	}
}

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// answer is what the server says, and the body that follows.
func (c *connection) answer(response *Response, err error) (answer, io.Reader) {
	var status *StatusError
	switch f := c.q.url.Scheme; {
	case !c.server.login(c.q.url) && f == "ftp":
		return answer{code: 530, text: "the user or the password is wrong"}, nil
	case !c.server.login(c.q.url):
		return answer{code: http.StatusUnauthorized, text: "the user or the password is wrong"}, nil
	case c.has(FaultStatus):
		code := c.faults[FaultStatus].Status
		return answer{code: code, text: http.StatusText(code)}, nil
	case c.has(FaultRedirect):
		f := c.faults[FaultRedirect]
		return answer{code: max(f.Status, http.StatusFound), location: f.Location}, nil
	case errors.As(err, &status):
		return answer{code: status.Code, text: status.Detail}, nil
	}
	return c.file(response)
}

// file is the answer with the file, or with the rest of it if the server can.
func (c *connection) file(r *Response) (answer, io.Reader) {
	var host Host
	if c.server != nil {
		host = c.server.host
	}
	a := answer{code: http.StatusOK, length: r.Size, total: -1, first: -1}
	if !host.NoETag {
		a.validator = r.ETag
	}
	if from := c.q.from; from > 0 && from <= r.Size && !host.NoRange && c.q.validator == a.validator {
		if _, err := io.CopyN(io.Discard, r.Body, from); err == nil {
			a.code, a.first, a.total, a.length = http.StatusPartialContent, from, r.Size, r.Size-from
		}
	}
	if c.q.url.Scheme != "ftp" && host.Body != WithLength {
		a.length, a.total = -1, -1
	}
	if f, ok := c.faults[FaultLength]; ok {
		a.length = f.At
	}
	return a, c.body(host, r.Body)
}

// body is the body as the faults leave it.
func (c *connection) body(host Host, body io.Reader) io.Reader {
	closed := io.EOF
	if host.Body == Chunked {
		closed = fmt.Errorf("%w: the last chunk is missing", ErrReset)
	}
	var first Fault
	var how error
	for _, end := range []struct {
		kind FaultKind
		err  error
	}{{FaultStall, ErrSilent}, {FaultDisconnect, closed}, {FaultReset, ErrReset}} {
		if f, ok := c.faults[end.kind]; ok && (how == nil || f.At < first.At) {
			first, how = f, end.err
		}
	}
	if how == nil {
		return body
	}
	return io.MultiReader(io.LimitReader(body, first.At), endReader{how})
}

// endReader is how a body ends.
type endReader struct{ err error }

func (e endReader) Read([]byte) (int, error) { return 0, e.err }
