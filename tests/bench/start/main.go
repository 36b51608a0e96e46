// Command start measures how long `qpy run --fast` takes for a script that prints
// one line, beside three programs that do nothing: an empty one, one that links package
// net, and one that links what qpy links of others. What the last takes longer than the
// first is the start-up code of the libraries, which Go runs in every program that has
// them. Package net has a line of its own because, built with cgo, it brings the C
// library.
//
//	go run ./tests/bench/start
//	go run ./tests/bench/start -n 500 -cgo
//	go run ./tests/bench/start -linked
//
// The four run in turn. What is told is the least and the median wall-clock time of
// each, from the start of the process to its end, and the ratio of the medians. They
// are built without cgo, as on a machine that has only Go; -cgo leaves that to Go. A
// program that was just linked lies in small pieces in the memory of some systems,
// and starts slower than later on, so all are copied before they run; -linked
// runs them as the linker left them.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const script = "print(1)\n"

// libraries are what qpy links of others, by the packages that it imports itself.
var libraries = []string{
	"crypto/ed25519", "crypto/sha256", "crypto/tls", "crypto/x509", "encoding/json", "net/http", "regexp",
	"github.com/agnivade/levenshtein", "github.com/go-python/gpython/ast", "github.com/go-python/gpython/py",
	"github.com/jlaffaye/ftp", "github.com/pelletier/go-toml/v2/unstable", "github.com/rogpeppe/go-internal/diff",
	"github.com/spf13/afero", "github.com/spf13/cobra", "golang.org/x/term",
}

func main() {
	n := flag.Int("n", 200, "how often each program runs")
	var how options
	flag.BoolVar(&how.cgo, "cgo", false, "build them with cgo where Go does")
	flag.BoolVar(&how.linked, "linked", false, "run them as the linker left them")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Stdout, *n, how)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "start:", err)
		os.Exit(1)
	}
}

// options say how the programs are built.
type options struct{ cgo, linked bool }

// contestant is a program that takes its turn.
type contestant struct {
	name   string
	source string // qpy's own, if there is none
	args   []string
	want   string // what it prints
	took   []time.Duration
}

func run(ctx context.Context, out io.Writer, n int, how options) error {
	if n < 1 {
		return fmt.Errorf("-n %d: a median takes at least one run", n)
	}
	// The programs are built in the module, to have its versions of the libraries.
	dir, err := os.MkdirTemp("", "qpy-start-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "print.py")
	if err := os.WriteFile(file, []byte(script), 0o644); err != nil {
		return err
	}
	all := []*contestant{
		{name: "empty", source: program()},
		{name: "net", source: program("net")},
		{name: "libraries", source: program(libraries...)},
		{name: "qpy", args: []string{"run", "--fast", file}, want: "1\n"},
	}
	for _, c := range all {
		if err := build(ctx, dir, c.name, c.source, how); err != nil {
			return err
		}
	}
	for range n {
		for _, c := range all {
			if err := c.run(ctx, dir); err != nil {
				return err
			}
		}
	}
	fmt.Fprintf(out, "print(1), %d runs each\n", n)
	base := 0.0
	for _, c := range all {
		slices.Sort(c.took)
		least, median := ms(c.took[0]), ms(c.took[len(c.took)/2])
		if base == 0 {
			base = median
		}
		fmt.Fprintf(out, "%-9s  least %6.2f ms  median %6.2f ms  %5.2f times\n", c.name, least, median, median/base)
	}
	return nil
}

// program is the source text of one that links packages and does nothing.
func program(packages ...string) string {
	var text strings.Builder
	text.WriteString("package main\n\n")
	for _, path := range packages {
		fmt.Fprintf(&text, "import _ %q\n", path)
	}
	text.WriteString("func main() {}\n")
	return text.String()
}

// build makes a program in dir: of a source text, or qpy if there is none.
func build(ctx context.Context, dir, name, source string, how options) error {
	target := "qpy/cmd/qpy"
	if source != "" {
		target = filepath.Join(dir, name+".go")
		if err := os.WriteFile(target, []byte(source), 0o644); err != nil {
			return err
		}
	}
	linked := filepath.Join(dir, "linked")
	cmd := exec.CommandContext(ctx, "go", "build", "-o", linked, target)
	if !how.cgo {
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	}
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build %s: %w\n%s", name, err, text)
	}
	if how.linked {
		return os.Rename(linked, executable(dir, name))
	}
	data, err := os.ReadFile(linked)
	if err != nil {
		return err
	}
	return os.WriteFile(executable(dir, name), data, 0o755)
}

func executable(dir, name string) string { return filepath.Join(dir, name+".exe") }

// run is one turn.
func (c *contestant) run(ctx context.Context, dir string) error {
	cmd := exec.CommandContext(ctx, executable(dir, c.name), c.args...)
	var out strings.Builder
	cmd.Stdout = &out
	begin := time.Now()
	err := cmd.Run()
	took := time.Since(begin)
	if err == nil && out.String() != c.want {
		err = fmt.Errorf("it printed %q", out.String())
	}
	if err != nil {
		return fmt.Errorf("%s: %w", c.name, err)
	}
	c.took = append(c.took, took)
	return nil
}

func ms(d time.Duration) float64 { return d.Seconds() * 1000 }
