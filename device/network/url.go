package network

import (
	"net"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// Parse reads the URL of a download: http, https or ftp, with a host. The
// error is an *Error of kind BadURL.
func Parse(raw string) (*url.URL, error) {
	bad := func(detail string) (*url.URL, error) {
		return nil, &Error{Kind: BadURL, URL: strconv.Quote(cutOff(login().ReplaceAllString(raw, "//"), mostURL)), Detail: detail}
	}
	u, err := url.Parse(raw)
	if err != nil {
		// url.Error repeats the URL; what follows it is the reason.
		reason := err.Error()
		if i := strings.LastIndex(reason, `": `); i >= 0 {
			reason = reason[i+3:]
		}
		return bad(reason)
	}
	switch u.Scheme {
	case "http", "https", "ftp":
	case "":
		return bad("it has no scheme; write http://host/path")
	default:
		return bad("scheme " + u.Scheme + " is not http, https or ftp")
	}
	if !validHost(u.Hostname()) {
		return bad("its host is not a name or an address")
	}
	if strings.HasSuffix(u.Host, ":") {
		return bad("the port is missing behind the colon")
	}
	if p := u.Port(); p != "" {
		if n, err := strconv.Atoi(p); err != nil || n < 1 || n > 65535 {
			return bad("port " + p + " is not within 1 to 65535")
		}
	}
	if strings.ContainsRune(u.Path, 0) {
		return bad("its path has a NUL")
	}
	return u, nil
}

// login is the user and password of a URL that cannot be parsed.
func login() *regexp.Regexp { return regexp.MustCompile(`//[^/@]*@`) }

// validHost tells whether a host is an IP address or a name of letters,
// digits, dashes, underscores and dots, no part of it empty. It keeps a name
// like ".." from ever becoming part of a file's path.
func validHost(host string) bool {
	if net.ParseIP(host) != nil {
		return true
	}
	if len(host) > 253 {
		return false
	}
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || len(label) > 63 {
			return false
		}
		for _, c := range []byte(label) {
			if c != '-' && c != '_' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
				return false
			}
		}
	}
	return true
}

// port is the port of a URL, the scheme's own when it names none.
func port(u *url.URL) string {
	if p := u.Port(); p != "" {
		return p
	}
	return defaultPort(u)
}

func defaultPort(u *url.URL) string {
	switch u.Scheme {
	case "http":
		return "80"
	case "https":
		return "443"
	case "ftp":
		return "21"
	}
	return ""
}
