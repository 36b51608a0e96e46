package network

import (
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
)

// Allow is a host of the real network that may be reached.
type Allow struct {
	Host string // a name or an address; case does not matter
	Port string // "" is any
}

// ParseAllow reads HOST[:PORT]; an IPv6 address with a port stands in brackets.
func ParseAllow(text string) (Allow, error) {
	a := Allow{Host: text}
	if net.ParseIP(text) == nil {
		if strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]") {
			a.Host = text[1 : len(text)-1]
		} else if strings.Contains(text, ":") {
			host, p, err := net.SplitHostPort(text)
			n, convErr := strconv.Atoi(p)
			if err != nil || convErr != nil || n < 1 || n > 65535 {
				return Allow{}, fmt.Errorf("%q is not HOST[:PORT], for example fota.example.com:8080", text)
			}
			a = Allow{Host: host, Port: strconv.Itoa(n)}
		}
	}
	a.Host = strings.ToLower(a.Host)
	if !validHost(a.Host) {
		return Allow{}, fmt.Errorf("%q is not HOST[:PORT], for example fota.example.com:8080", text)
	}
	return a, nil
}

// String is the form that ParseAllow reads.
func (a Allow) String() string {
	if a.Port == "" {
		return a.Host
	}
	return net.JoinHostPort(a.Host, a.Port)
}

// allowed tells whether the real network may be asked for a URL.
func (n *Network) allowed(u *url.URL) error {
	if len(n.opts.Allow) == 0 {
		return nil
	}
	names := make([]string, len(n.opts.Allow))
	for i, a := range n.opts.Allow {
		if strings.EqualFold(a.Host, u.Hostname()) && (a.Port == "" || a.Port == port(u)) {
			return nil
		}
		names[i] = a.String()
	}
	return fmt.Errorf("%w: only %s", ErrNotAllowed, strings.Join(names, ", "))
}
