package network

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"syscall"
	"time"
)

// hostChunk is how much of a real download is handed over at a time.
const hostChunk = 16 << 10

// errIdle is the cause of a context that ended because nothing came.
var errIdle = errors.New("nothing came")

// fetchHost downloads on a goroutine of its own. What comes in enters the
// kernel as posts; the goroutine reads on only when a post was taken, so a
// server cannot fill the memory.
func (t *Transfer) fetchHost(u *url.URL) {
	x := t.n.k.External("download " + t.name)
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
		idle := time.AfterFunc(t.n.opts.Timeout, func() { cancel(errIdle) })
		defer idle.Stop()

		taken := make(chan bool, 1)
		// post hands fn to the kernel and waits until it was run; it is false
		// when the transfer is over.
		post := func(fn func() error) bool {
			x.Post(func() {
				if !t.over {
					if err := fn(); err != nil {
						t.end(err)
					}
				}
				taken <- !t.over
			})
			select {
			case goOn := <-taken:
				return goOn
			case <-ctx.Done():
				return false
			}
		}
		err := download(ctx, u, func(size int64) bool {
			idle.Reset(t.n.opts.Timeout)
			return post(func() error { return t.handler.Header(size) })
		}, func(chunk []byte) bool {
			idle.Reset(t.n.opts.Timeout)
			return post(func() error { return t.handler.Data(chunk) })
		})
		if err != nil {
			err = hostError(t.name, err, context.Cause(ctx), t.n.opts.Timeout)
		}
		x.Post(func() { t.end(err) })
	})
}

// download gets a URL from the real network. header and data are false when
// nobody wants more.
func download(ctx context.Context, u *url.URL, header func(int64) bool, data func([]byte) bool) error {
	body, size, err := open(ctx, u)
	if err != nil {
		return err
	}
	defer body.Close()
	if !header(size) {
		return nil
	}
	buf := make([]byte, hostChunk)
	var got int64
	for {
		n, err := body.Read(buf)
		got += int64(n)
		if n > 0 && !data(buf[:n]) {
			return nil
		}
		switch {
		case err == io.EOF && (size < 0 || got == size):
			return nil
		case err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF):
			return short(shown(u), got, size)
		case err != nil:
			return err
		}
	}
}

func open(ctx context.Context, u *url.URL) (io.ReadCloser, int64, error) {
	if u.Scheme == "ftp" {
		return openFTP(ctx, u)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, 0, err
	}
	// The length must be that of the file, not of a compressed form.
	request.Header.Set("Accept-Encoding", "identity")
	request.Header.Set("User-Agent", "qpy")
	client := &http.Client{Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, DisableKeepAlives: true}}
	response, err := client.Do(request)
	if err != nil {
		return nil, 0, err
	}
	if response.StatusCode != http.StatusOK {
		response.Body.Close()
		return nil, 0, &StatusError{Code: response.StatusCode, Detail: http.StatusText(response.StatusCode)}
	}
	return response.Body, response.ContentLength, nil
}

// hostError finds the kind of a real network's error.
func hostError(name string, err, cause error, timeout time.Duration) error {
	var (
		own    *Error
		status *StatusError
		dns    *net.DNSError
		slow   net.Error
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
	case errors.As(err, &dns) && !dns.IsTimeout:
		e.Kind = UnknownHost
	case errors.Is(err, syscall.ECONNREFUSED):
		e.Kind = Refused
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		e.Kind = Cut
	case errors.As(err, &slow) && slow.Timeout():
		e.Kind = Timeout
	}
	e.Detail = err.Error()
	return e
}

func short(name string, got, size int64) *Error {
	return &Error{Kind: Short, URL: name, Detail: fmt.Sprintf("%d of %d bytes came", got, size)}
}
