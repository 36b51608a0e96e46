package network

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"hash"
	"net/http"
	"net/url"
)

// maxRedirects is how often an answer may send a download elsewhere.
const maxRedirects = 5

// redirects tells whether a status sends elsewhere (RFC 9110, 15.4).
func redirects(status int) bool {
	switch status {
	case 301, 302, 303, 307, 308:
		return true
	}
	return false
}

// file is what a download knows of its file from connection to connection. It
// holds no connection and no clock: it decides what to ask, what an answer
// means and which bytes are new.
type file struct {
	url   *url.URL // where it is now; redirects move it
	hops  int      // redirects followed
	tries int      // connections that broke off after the file had begun

	begun     bool
	size      int64 // -1 when unknown
	got       int64 // bytes handed on
	validator string
	sum       hash.Hash // of the bytes handed on

	// A server that cannot send the rest sends the whole file again. What has
	// come before is not handed on a second time, but it must be the same.
	skip  int64 // bytes still to be compared
	again hash.Hash
}

func newFile(u *url.URL) *file { return &file{url: u, size: -1, sum: sha256.New()} }

func (f *file) name() string { return shown(f.url) }

// question is what one connection asks for.
type question struct {
	url *url.URL
	// from is the first byte that is missing; 0 asks for the whole file. With
	// it goes the validator of the version that the bytes before are of
	// (RFC 9110, 13.1.5): a server that has another one sends it whole.
	from      int64
	validator string
}

// question asks for the rest only if the server can tell that the file is
// still the same one.
func (f *file) question() question {
	q := question{url: f.url}
	if f.got > 0 && f.validator != "" {
		q.from, q.validator = f.got, f.validator
	}
	return q
}

// answer is what a server says before the body.
type answer struct {
	code      int    // HTTP status; an FTP server that sends the file says 200, the rest of it 206
	text      string // what the server adds, for the user
	location  string // of a redirect
	length    int64  // of the body that follows, -1 when it is not announced
	first     int64  // of a 206: the first byte that comes, -1 when it does not say
	total     int64  // of a 206: the size of the whole file, -1 when it does not say
	validator string // a strong one: other bytes, other validator; "" when there is none
	encoding  string // Content-Encoding
}

// judge decides what an answer to a question means: the file comes (nil, nil),
// it is elsewhere (next), or it does not come.
func (f *file) judge(q question, a answer) (next *url.URL, err error) {
	failed := func(kind Kind, format string, args ...any) (*url.URL, error) {
		return nil, &Error{Kind: kind, URL: f.name(), Detail: fmt.Sprintf(format, args...)}
	}
	if redirects(a.code) && a.location != "" {
		return f.follow(a.location)
	}
	if a.code != http.StatusOK && (a.code != http.StatusPartialContent || q.from == 0) {
		return nil, &Error{Kind: Status, URL: f.name(), Code: a.code, Detail: a.text}
	}
	if a.encoding != "" && a.encoding != "identity" {
		return failed(Failed, "the server sends it compressed as %q, which was not asked for", a.encoding)
	}
	if !f.begun {
		f.begun, f.size, f.validator = true, a.length, a.validator
		return nil, nil
	}
	size := a.length
	if a.code == http.StatusPartialContent {
		size = a.total
		if a.first != q.from {
			return failed(Failed, "the server sends from byte %d on, asked for was from byte %d on", a.first, q.from)
		}
	}
	switch {
	case f.size >= 0 && size >= 0 && f.size != size:
		return failed(Changed, "it had %d bytes, now it has %d", f.size, size)
	case f.validator != "" && a.validator != "" && f.validator != a.validator:
		return failed(Changed, "it was %s, now it is %s", f.validator, a.validator)
	}
	if f.size < 0 {
		f.size = size
	}
	f.skip, f.again = 0, nil
	if a.code == http.StatusOK {
		f.skip, f.again = f.got, sha256.New()
	}
	return nil, nil
}

// follow finds where a redirect sends, and refuses what is no place for a
// download: only http and https lead on, and not for ever.
func (f *file) follow(location string) (*url.URL, error) {
	failed := func(format string, args ...any) (*url.URL, error) {
		return nil, &Error{Kind: Redirect, URL: f.name(), Detail: fmt.Sprintf(format, args...)}
	}
	f.hops++
	if f.hops > maxRedirects {
		return failed("more than %d redirects, the last to %q", maxRedirects, cutOff(location, mostURL))
	}
	next, err := f.url.Parse(location)
	if err == nil {
		next, err = Parse(next.String())
	}
	switch {
	case err != nil:
		return failed("to %q, which is no URL of a download", cutOff(login().ReplaceAllString(location, "//"), mostURL))
	case next.Scheme != "http" && next.Scheme != "https":
		return failed("from %s to %s", f.url.Scheme, shown(next))
	case f.url.Scheme == "https" && next.Scheme != "https":
		return failed("from https to %s, which is not protected", shown(next))
	}
	if next.Host == f.url.Host && next.User == nil {
		next.User = f.url.User
	}
	f.url = next
	return next, nil
}

// take takes the next bytes of a connection and gives those that are new.
func (f *file) take(chunk []byte) (fresh []byte, err error) {
	if f.skip > 0 {
		old := chunk[:min(f.skip, int64(len(chunk)))]
		chunk = chunk[len(old):]
		f.again.Write(old)
		if f.skip -= int64(len(old)); f.skip == 0 && !bytes.Equal(f.again.Sum(nil), f.sum.Sum(nil)) {
			return nil, &Error{Kind: Changed, URL: f.name(), Detail: fmt.Sprintf("its first %d bytes are not those that came before", f.got)}
		}
	}
	if f.size >= 0 && f.got+int64(len(chunk)) > f.size {
		return nil, &Error{Kind: Failed, URL: f.name(), Detail: fmt.Sprintf("more than the announced %d bytes came", f.size)}
	}
	f.sum.Write(chunk)
	f.got += int64(len(chunk))
	return chunk, nil
}

// ended judges the end of a body that the server has ended in due form.
func (f *file) ended() error {
	switch {
	case f.skip > 0:
		return &Error{Kind: Changed, URL: f.name(), Detail: fmt.Sprintf("it has %d bytes, %d came before", f.got-f.skip, f.got)}
	case f.size >= 0 && f.got < f.size:
		return &Error{Kind: Short, URL: f.name(), Detail: fmt.Sprintf("%d of %d bytes came", f.got, f.size)}
	}
	return nil
}

// passing tells whether a download that had begun is taken up again after a
// failure of this kind: one that says nothing about the file.
func (k Kind) passing() bool {
	switch k {
	case NoBearer, UnknownHost, Refused, Timeout, Cut, Short:
		return true
	}
	return false
}

// retry tells whether another connection may bring what is missing.
func (f *file) retry(err *Error, most int) bool {
	soon := err.Kind.passing() || err.Kind == Status && (err.Code >= 500 || err.Code == http.StatusTooManyRequests)
	return f.begun && soon && f.tries < most
}
