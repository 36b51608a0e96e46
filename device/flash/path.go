package flash

import (
	"path"
	"strings"
)

// NameMax is the longest name of a file or directory, in bytes (littlefs' own
// limit; f_namemax of statvfs).
const NameMax = 255

// Join is the absolute, normalised device path of p as seen from the directory
// cwd: p itself if it is absolute, otherwise below cwd. "." and ".." are
// resolved by their text alone, as littlefs does it, and nothing leads above
// "/".
func Join(cwd, p string) string {
	if !strings.HasPrefix(p, "/") {
		p = cwd + "/" + p
	}
	return path.Clean("/" + p)
}

// names splits a path into its normalised names and checks them.
func names(p string) ([]string, error) {
	p = Join("/", p)
	if p == "/" {
		return nil, nil
	}
	list := strings.Split(p[1:], "/")
	for _, name := range list {
		if err := checkName(name); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// checkName refuses what no file may be called: a NUL ends a name in C, a
// newline would forge lines of a listing.
func checkName(name string) error {
	switch {
	case strings.ContainsAny(name, "\x00\n"):
		return EINVAL
	case len(name) > NameMax:
		return ENAMETOOLONG
	}
	return nil
}
