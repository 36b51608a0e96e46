package qpy

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path"
	"strings"

	"qpy/device/flash"
)

// Put is a file that is copied to the device's flash before the first boot.
type Put struct {
	Host   string // path on the PC
	Device string // absolute path on the device, for example "/usr/main.py"
	Text   []byte // the content, when Host is ""
}

// ParsePut reads HOST:DEVICE, the last colon parting the two, so that a
// Windows path may hold one.
func ParsePut(text string) (Put, error) {
	i := strings.LastIndex(text, ":/")
	if i <= 0 || i+2 >= len(text) {
		return Put{}, fmt.Errorf("%q is not HOST:DEVICE: give a file of the PC and an absolute path on the device, for example app.py:/usr/main.py", text)
	}
	return Put{Host: text[:i], Device: text[i+1:]}, nil
}

// put copies a file to the flash.
func (b *Board) put(p Put) error {
	src, err := p.open()
	if err != nil {
		return err
	}
	defer src.Close()
	if err = b.write(p.Device, src); err != nil {
		return fmt.Errorf("put %s on the device as %s: %w", p.name(), p.Device, err)
	}
	return nil
}

// name is what a Put is called in errors.
func (p Put) name() string {
	if p.Host == "" {
		return "a text"
	}
	return p.Host
}

func (p Put) open() (io.ReadCloser, error) {
	if p.Host == "" {
		return io.NopCloser(bytes.NewReader(p.Text)), nil
	}
	src, err := os.Open(p.Host)
	if err != nil {
		return nil, fmt.Errorf("put %s: %w", p.Host, err)
	}
	if info, err := src.Stat(); err == nil && info.IsDir() {
		src.Close()
		return nil, fmt.Errorf("put %s: it is a folder; put its files one by one", p.Host)
	}
	return src, nil
}

// write makes a file of the flash, and the directories above it.
func (b *Board) write(name string, content io.Reader) error {
	files := b.dev.Flash()
	if err := mkdirAll(files, path.Dir(name)); err != nil {
		return err
	}
	dst, err := files.OpenFile(name, flash.Write|flash.Create|flash.Truncate)
	if err != nil {
		return err
	}
	if _, err = io.Copy(dst, content); err != nil {
		dst.Close()
		return err
	}
	return dst.Close()
}

// mkdirAll makes a directory and those above it; it is no error if they are there.
func mkdirAll(f *flash.Flash, name string) error {
	if info, err := f.Stat(name); err == nil && info.Dir {
		return nil
	}
	if above := path.Dir(name); above != "/" {
		if err := mkdirAll(f, above); err != nil {
			return err
		}
	}
	return f.Mkdir(name)
}
