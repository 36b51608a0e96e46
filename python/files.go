package python

import "io"

// Files is the file system that a script sees: open(), import and execfile()
// go there and nowhere else. Paths are the script's own, relative ones
// included. An error that has a method `Errno() int` is raised as OSError with
// that number; one of Open that has a method `Answer() int` is not raised: open()
// gives that number.
type Files interface {
	// Open opens path; mode is open()'s mode string without its 't' or 'b'.
	Open(path, mode string) (File, error)
	// Stat tells whether path is there and whether it is a directory.
	Stat(path string) (isDir bool, err error)
}

// File is an open file of Files. Seek takes whence as io.Seeker does.
type File interface {
	io.Reader
	io.Writer
	io.Seeker
	io.Closer
	// Flush hands what was written so far to the flash.
	Flush() error
}
