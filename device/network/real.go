package network

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"time"
)

const (
	// realChunk is how much of a real download is handed over at a time.
	realChunk = 16 << 10
	// maxHeaders is how much a server may say before the body.
	maxHeaders = 64 << 10
)

// errIdle is the cause of a context that ended because nothing came.
var errIdle = errors.New("nothing came")

// connectReal asks a real server, on a goroutine of its own. What comes in
// enters the kernel as posts; the goroutine reads on only when a post was
// taken, so a server cannot fill the memory. The wait before it is real too.
func (t *Transfer) connectReal(wait time.Duration) {
	serial, q, o := t.serial, t.asked, t.n.opts
	client, name := t.n.client, t.file.name()
	x := t.n.k.External("download " + name)
	quit := make(chan struct{})
	t.hold(func() { close(quit) })
	x.Go(func(run context.Context) {
		ctx, cancel := context.WithCancelCause(run)
		defer cancel(nil)
		go func() {
			select {
			case <-quit:
				cancel(errors.New("cancelled"))
			case <-ctx.Done():
			}
		}()
		if !pause(ctx, wait) {
			return
		}
		idle := time.AfterFunc(o.Timeout, func() { cancel(errIdle) })
		defer idle.Stop()

		// post hands fn to the kernel and waits until it was run; it is false
		// when nobody wants more of this connection.
		taken := make(chan bool, 1)
		post := func(fn func() bool) bool {
			idle.Reset(o.Timeout)
			x.Post(func() { taken <- !t.over && t.serial == serial && fn() })
			select {
			case goOn := <-taken:
				return goOn
			case <-ctx.Done():
				return false
			}
		}
		err := client.download(ctx, q,
			func(a answer) bool { return post(func() bool { return t.answered(a) }) },
			func(chunk []byte) bool { return post(func() bool { return t.received(chunk) }) })
		if err == errUnwanted {
			return
		}
		tooEarly := errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil {
			err = realError(name, err, context.Cause(ctx), o.Timeout)
		}
		x.Post(func() {
			switch {
			case t.over || t.serial != serial:
			case err == nil || tooEarly && t.file.size >= 0:
				t.ended()
			default:
				t.failed(err)
			}
		})
	})
}

// pause waits; it is false when the context ends first.
func pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// errUnwanted ends a connection of which nobody wants more.
var errUnwanted = errors.New("unwanted")

// realClient asks real servers.
type realClient struct {
	http *http.Client
	dial func(ctx context.Context, network, address string) (net.Conn, error)
}

func newRealClient(roots *x509.CertPool) *realClient {
	c := &realClient{dial: new(net.Dialer).DialContext}
	c.http = &http.Client{
		Transport: &http.Transport{
			Proxy:                  http.ProxyFromEnvironment,
			DialContext:            func(ctx context.Context, n, a string) (net.Conn, error) { return c.dial(ctx, n, a) },
			DisableKeepAlives:      true,
			DisableCompression:     true, // the length must be that of the file
			MaxResponseHeaderBytes: maxHeaders,
			TLSClientConfig:        &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
		},
		// A redirect is judged like every other answer.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c
}

// download asks one question. answered and received are false when nobody wants
// more. The error is nil when the body has ended in due form.
func (c *realClient) download(ctx context.Context, q question, answered func(answer) bool, received func([]byte) bool) error {
	a, body, err := c.ask(ctx, q)
	if err != nil {
		return err
	}
	defer body.Close()
	if !answered(a) {
		return errUnwanted
	}
	buf := make([]byte, realChunk)
	for {
		n, err := body.Read(buf)
		if n > 0 && !received(buf[:n]) {
			return errUnwanted
		}
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
	}
}

func (c *realClient) ask(ctx context.Context, q question) (answer, io.ReadCloser, error) {
	if q.url.Scheme == "ftp" {
		return c.askFTP(ctx, q)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, q.url.String(), nil)
	if err != nil {
		return answer{}, nil, err
	}
	request.Header.Set("Accept-Encoding", "identity")
	request.Header.Set("User-Agent", "qpy")
	if q.from > 0 {
		request.Header.Set("Range", fmt.Sprintf("bytes=%d-", q.from))
		request.Header.Set("If-Range", q.validator)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return answer{}, nil, err
	}
	return answerOf(response), response.Body, nil
}

// answerOf reads what matters of a response.
func answerOf(r *http.Response) answer {
	a := answer{
		code: r.StatusCode, text: http.StatusText(r.StatusCode), location: r.Header.Get("Location"), length: r.ContentLength,
		first: -1, total: -1, validator: validatorOf(r.Header), encoding: strings.ToLower(r.Header.Get("Content-Encoding")),
	}
	if r.StatusCode == http.StatusPartialContent {
		a.first, a.total = contentRange(r.Header.Get("Content-Range"))
	}
	return a
}

// validatorOf finds a strong validator: an entity tag that is not weak, or a
// date of modification that was at least a second ago when the server answered
// (RFC 9110, 8.8.2.2 and 13.1.5).
func validatorOf(h http.Header) string {
	if tag := h.Get("ETag"); tag != "" {
		if len(tag) >= 2 && tag[0] == '"' && tag[len(tag)-1] == '"' {
			return tag
		}
		return ""
	}
	modified, err := http.ParseTime(h.Get("Last-Modified"))
	now, dateErr := http.ParseTime(h.Get("Date"))
	if err != nil || dateErr != nil || now.Sub(modified) < time.Second {
		return ""
	}
	return h.Get("Last-Modified")
}

// contentRange reads "bytes FIRST-LAST/TOTAL"; -1 is what it does not say.
func contentRange(text string) (first, total int64) {
	var last int64
	bounds, size, ok := strings.Cut(strings.TrimPrefix(text, "bytes "), "/")
	if n, err := fmt.Sscanf(bounds, "%d-%d", &first, &last); !ok || !strings.HasPrefix(text, "bytes ") || n != 2 || err != nil || first < 0 || last < first {
		return -1, -1
	}
	if size == "*" {
		return first, -1
	}
	if n, err := fmt.Sscanf(size, "%d", &total); n != 1 || err != nil || total <= last {
		return -1, -1
	}
	return first, total
}

// realError finds the kind of a real network's error.
func realError(name string, err, cause error, timeout time.Duration) error {
	var (
		own         *Error
		status      *StatusError
		dns         *net.DNSError
		slow        net.Error
		certificate *tls.CertificateVerificationError
		record      tls.RecordHeaderError
		handshake   *net.OpError
	)
	e := &Error{Kind: Failed, URL: name}
	// http.Client wraps what went wrong in an error that repeats the URL.
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	switch {
	case errors.As(err, &own), errors.As(err, &status):
		return asError(name, err)
	case errors.Is(cause, errIdle):
		e.Kind, e.Detail = Timeout, fmt.Sprintf("nothing came for %v", timeout)
		return e
	case cause != nil:
		e.Kind = Cancelled
		return e
	case asError(name, err).Kind != Failed:
		return asError(name, err)
	case errors.As(err, &dns) && !dns.IsTimeout:
		e.Kind = UnknownHost
	case errors.Is(err, syscall.ECONNREFUSED):
		e.Kind = Refused
	case errors.As(err, &certificate), errors.As(err, &record),
		errors.As(err, &handshake) && strings.HasSuffix(handshake.Op, " error"): // crypto/tls names alerts "remote error", "local error"
		e.Kind = TLS
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		e.Kind = Cut
	case errors.As(err, &slow) && slow.Timeout():
		e.Kind = Timeout
	}
	e.Detail = err.Error()
	return e
}
