//go:build !unix

package rootfs

import "io/fs"

// ManyNames tells whether a plain file has other names too, hard links: one of
// them may be outside of every folder. Here nobody knows.
func ManyNames(fs.FileInfo) bool { return false }
