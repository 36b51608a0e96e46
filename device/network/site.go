package network

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"strings"
)

// Site is a virtual server, or several. Open must answer at once: latency and
// bandwidth are the network's business. Its errors are ErrUnknownHost,
// ErrRefused, ErrSilent, a *StatusError, or one that wraps them with more to say.
type Site interface {
	Open(u *url.URL) (*Response, error)
}

// Response is a server's answer.
type Response struct {
	Size int64 // announced length in bytes; -1 when there is none
	// ETag tells this version of the file from every other; "" when the server
	// does not tell. Without it a download that breaks off cannot ask for the
	// rest alone.
	ETag string
	// Body gives the content. It may end early (a short body), or with
	// ErrReset or ErrSilent.
	Body io.ReadCloser
}

// Files is a site made in memory: one host, content by path. It answers to
// http, https and ftp on their usual ports.
type Files struct {
	Host  string
	Paths map[string]func() ([]byte, error) // made at each request
}

// Open implements Site.
func (f *Files) Open(u *url.URL) (*Response, error) {
	if !strings.EqualFold(u.Hostname(), f.Host) {
		return nil, fmt.Errorf("%w: without --site DIR there is only %s; --net host uses the real network", ErrUnknownHost, f.Host)
	}
	if port(u) != defaultPort(u) {
		return nil, ErrRefused
	}
	content, ok := f.Paths[u.Path]
	if !ok {
		return nil, &StatusError{Code: 404, Detail: fmt.Sprintf("the built-in site has no %q", u.Path)}
	}
	b, err := content()
	if err != nil {
		return nil, &StatusError{Code: 500, Detail: err.Error()}
	}
	tag := fmt.Sprintf("%q", fmt.Sprintf("%x", sha256.Sum256(b))[:16])
	return &Response{Size: int64(len(b)), ETag: tag, Body: io.NopCloser(bytes.NewReader(b))}, nil
}

// Folder serves a folder of the host: DIR/<host>/<path>, for a port other
// than the scheme's own DIR/<host>:<port>/<path>. No name and no link leads
// out of the folder.
type Folder struct {
	root *os.Root
}

// OpenFolder opens a folder to serve. Close it after use.
func OpenFolder(dir string) (*Folder, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("site folder: %w", err)
	}
	return &Folder{root: root}, nil
}

// Close closes the folder.
func (f *Folder) Close() error { return f.root.Close() }

// Open implements Site.
func (f *Folder) Open(u *url.URL) (*Response, error) {
	host, err := f.host(u)
	if err != nil {
		return nil, err
	}
	// Clean keeps ".." within the host; the root would stop it anyway.
	name := path.Join(host, path.Clean("/"+u.Path))
	missing := &StatusError{Code: 404, Detail: fmt.Sprintf("the site folder has no %s", name)}
	// A look comes first: to open a pipe would wait for its other end.
	info, err := f.root.Stat(name)
	if err == nil && !info.Mode().IsRegular() {
		missing.Detail = fmt.Sprintf("the site folder's %s is not a file", name)
		return nil, missing
	}
	var file *os.File
	if err == nil {
		file, err = f.root.Open(name)
	}
	if err != nil {
		if !os.IsNotExist(err) {
			missing.Detail = fmt.Sprintf("the site folder's %s: %v", name, err)
		}
		return nil, missing
	}
	tag := fmt.Sprintf("%q", fmt.Sprintf("%x-%x", info.Size(), info.ModTime().UnixNano()))
	return &Response{Size: info.Size(), ETag: tag, Body: file}, nil
}

// host finds the folder of a URL's host and port.
func (f *Folder) host(u *url.URL) (string, error) {
	name, p := strings.ToLower(u.Hostname()), port(u)
	candidates := []string{name + ":" + p}
	if p == defaultPort(u) {
		candidates = append(candidates, name)
	}
	for _, c := range candidates {
		if info, err := f.root.Stat(c); err == nil && info.IsDir() {
			return c, nil
		}
	}
	entries, err := fs.ReadDir(f.root.FS(), ".")
	if err != nil {
		return "", &StatusError{Code: 500, Detail: "the site folder cannot be read: " + err.Error()}
	}
	for _, e := range entries {
		if e.IsDir() && (e.Name() == name || strings.HasPrefix(e.Name(), name+":")) {
			return "", fmt.Errorf("%w: the site folder has %s, but nothing for port %s", ErrRefused, e.Name(), p)
		}
	}
	return "", fmt.Errorf("%w: the site folder has no folder %s", ErrUnknownHost, name)
}
