package network

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode"
)

// Kind says at which step a transfer failed.
type Kind int

// The kinds of failure.
const (
	BadURL      Kind = iota + 1 // the URL cannot be read
	NoBearer                    // no coverage, or the operator refuses the APN
	NotAllowed                  // a host of the real network that may not be reached
	UnknownHost                 // no DNS record, or no such site
	Refused                     // the host does not listen on that port
	TLS                         // the handshake failed, the certificate is not good
	Status                      // the server answered, but not with the file
	Redirect                    // it sent the transfer where it must not go, or round in circles
	Timeout                     // nobody answered, or fell silent
	Cut                         // the connection broke
	Short                       // the server ended before the length that it had announced
	Changed                     // the file was another one after a connection had broken
	Cancelled                   // Transfer.Cancel, or the device was switched off
	Failed                      // anything else: protocol
)

var kindTexts = [...]string{
	BadURL: "bad URL", NoBearer: "no bearer", NotAllowed: "host not allowed", UnknownHost: "unknown host",
	Refused: "connection refused", TLS: "TLS failure", Status: "not found", Redirect: "bad redirect",
	Timeout: "timeout", Cut: "connection cut", Short: "short body", Changed: "the file has changed",
	Cancelled: "cancelled", Failed: "failed",
}

// String names the kind in a word or two.
func (k Kind) String() string {
	if k < 0 || int(k) >= len(kindTexts) {
		return ""
	}
	return kindTexts[k]
}

// Error is why a transfer failed: one line of text that names the URL.
type Error struct {
	Kind   Kind
	URL    string // without user and password
	Code   int    // HTTP status or FTP reply, when Kind is Status
	Detail string // what to tell beside the kind; may be ""
}

func (e *Error) Error() string {
	text := fmt.Sprintf("%s: %s", e.URL, e.Kind)
	if e.Kind == Status {
		text = fmt.Sprintf("%s: the server answers %d", e.URL, e.Code)
	}
	if e.Detail != "" {
		text += ": " + oneLine(e.Detail)
	}
	return text
}

// mostDetail is as much as a note tells of what a server said.
const mostDetail = 300

// oneLine makes text that may be a server's fit for a line on a terminal.
func oneLine(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, text)
	return cutOff(strings.ToValidUTF8(text, " "), mostDetail)
}

func cutOff(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}

// What a Site's Open and a Response's Body return to make a transfer fail in
// a way of real networks.
var (
	ErrNoBearer    = errors.New("no bearer")
	ErrNotAllowed  = errors.New("host not allowed")
	ErrUnknownHost = errors.New("unknown host")
	ErrRefused     = errors.New("connection refused")
	ErrTLS         = errors.New("TLS failure")
	ErrReset       = errors.New("connection reset")
	// ErrSilent means that no answer, or no further byte, ever comes: the
	// transfer fails after the network's timeout.
	ErrSilent = errors.New("no answer")
)

type plainError struct {
	err  error
	kind Kind
}

func plainErrors() []plainError {
	return []plainError{
		{ErrNoBearer, NoBearer}, {ErrNotAllowed, NotAllowed}, {ErrUnknownHost, UnknownHost}, {ErrRefused, Refused},
		{ErrTLS, TLS}, {ErrReset, Cut}, {ErrSilent, Timeout},
	}
}

// StatusError is what a Site's Open returns for an answer without the file.
type StatusError struct {
	Code   int    // HTTP status, for example 404
	Detail string // what would help
}

func (e *StatusError) Error() string { return fmt.Sprintf("status %d: %s", e.Code, e.Detail) }

// asError turns the error of a site, a body or a connection into an *Error.
func asError(url string, err error) *Error {
	if err == nil {
		return &Error{}
	}
	var (
		own    *Error
		status *StatusError
	)
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &status):
		return &Error{Kind: Status, URL: url, Code: status.Code, Detail: status.Detail}
	}
	for _, plain := range plainErrors() {
		if errors.Is(err, plain.err) {
			return &Error{Kind: plain.kind, URL: url, Detail: detail(err, plain.err)}
		}
	}
	return &Error{Kind: Failed, URL: url, Detail: err.Error()}
}

// detail is what an error tells beyond the plain one that it wraps.
func detail(err, plain error) string {
	text := strings.TrimPrefix(err.Error(), plain.Error())
	return strings.TrimPrefix(text, ": ")
}

// mostURL is as much of a URL as a note shows.
const mostURL = 200

// shown is a URL as notes show it: without user and password.
func shown(u *url.URL) string {
	clean := *u
	clean.User = nil
	return cutOff(clean.String(), mostURL)
}
