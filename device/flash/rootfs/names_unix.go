//go:build unix

package rootfs

import (
	"io/fs"
	"syscall"
)

// ManyNames tells whether a plain file has other names too, hard links: one of
// them may be outside of every folder.
func ManyNames(info fs.FileInfo) bool {
	s, ok := info.Sys().(*syscall.Stat_t)
	return ok && info.Mode().IsRegular() && s.Nlink > 1
}
