package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// readScript reads a script file; the error says what is wrong with the path.
func readScript(path string) ([]byte, error) {
	src, err := readWhole(path)
	if err == nil {
		return src, nil
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: no such file", path)
	}
	if info, other := os.Stat(path); other == nil && info.IsDir() {
		return nil, fmt.Errorf("%s is a folder: name the script in it, for example %s", path, filepath.Join(path, "main.py"))
	}
	return nil, err
}

// readWhole is os.ReadFile without Go's poller, which os.Open asks whether it can
// wait for the file. Nothing else in a short run needs it, and to set it up takes
// longer than to read the script.
func readWhole(path string) ([]byte, error) {
	const mode = syscall.O_RDONLY | syscall.O_CLOEXEC
	fd, err := syscall.Open(path, mode, 0)
	for errors.Is(err, syscall.EINTR) {
		fd, err = syscall.Open(path, mode, 0)
	}
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	defer syscall.Close(fd)
	var text []byte
	for {
		var piece [1024]byte
		n, err := syscall.Read(fd, piece[:])
		switch {
		case errors.Is(err, syscall.EINTR):
		case err != nil:
			return nil, &fs.PathError{Op: "read", Path: path, Err: err}
		case n == 0:
			return text, nil
		default:
			text = append(text, piece[:n]...)
		}
	}
}
