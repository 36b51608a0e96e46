package network

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says at which step a transfer failed.
type Kind int

// The kinds of failure.
const (
	BadURL      Kind = iota + 1 // the URL cannot be read
	UnknownHost                 // no DNS record, or no such site
	Refused                     // the host does not listen on that port
	Status                      // the server answered, but not with the file
	Timeout                     // nobody answered, or fell silent
	Cut                         // the connection broke
	Short                       // the server ended before the length that it had announced
	Cancelled                   // Transfer.Cancel, or the device was switched off
	Failed                      // anything else: TLS, login, protocol
)

var kindTexts = map[Kind]string{
	BadURL: "bad URL", UnknownHost: "unknown host", Refused: "connection refused", Status: "not found",
	Timeout: "timeout", Cut: "connection cut", Short: "short body", Cancelled: "cancelled", Failed: "failed",
}

// String names the kind in a word or two.
func (k Kind) String() string { return kindTexts[k] }

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
		text += ": " + e.Detail
	}
	return text
}

// What a Site's Open and a Response's Body return to make a transfer fail in
// a way of real networks.
var (
	ErrUnknownHost = errors.New("unknown host")
	ErrRefused     = errors.New("connection refused")
	ErrReset       = errors.New("connection reset")
	// ErrSilent means that no answer, or no further byte, ever comes: the
	// transfer fails after the network's timeout.
	ErrSilent = errors.New("no answer")
)

// StatusError is what a Site's Open returns for an answer without the file.
type StatusError struct {
	Code   int    // HTTP status, for example 404
	Detail string // what would help
}

func (e *StatusError) Error() string { return fmt.Sprintf("status %d: %s", e.Code, e.Detail) }

// asError turns the error of a site or a body into an *Error.
func asError(url string, err error) *Error {
	var (
		own    *Error
		status *StatusError
	)
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &status):
		return &Error{Kind: Status, URL: url, Code: status.Code, Detail: status.Detail}
	case errors.Is(err, ErrUnknownHost):
		return &Error{Kind: UnknownHost, URL: url, Detail: detail(err, ErrUnknownHost)}
	case errors.Is(err, ErrRefused):
		return &Error{Kind: Refused, URL: url, Detail: detail(err, ErrRefused)}
	case errors.Is(err, ErrReset):
		return &Error{Kind: Cut, URL: url, Detail: detail(err, ErrReset)}
	case errors.Is(err, ErrSilent):
		return &Error{Kind: Timeout, URL: url, Detail: detail(err, ErrSilent)}
	}
	return &Error{Kind: Failed, URL: url, Detail: err.Error()}
}

// detail is what an error tells beyond the plain one that it wraps.
func detail(err, plain error) string {
	text := strings.TrimPrefix(err.Error(), plain.Error())
	return strings.TrimPrefix(text, ": ")
}
