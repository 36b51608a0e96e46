// Command upgrade measures a whole local upgrade by a large package: a script
// writes it to fota in pieces of 1,024 bytes, verifies it, restarts, and the boot
// loader applies it. Its peer is CPython, which reads the same file in the same
// pieces, writes them to a file and hashes them with SHA-256.
//
//	go run ./tests/bench/upgrade
//	go run ./tests/bench/upgrade --size 33554000 -n 11 --python3 python3.11
//
// The two run alternately. What is told is the median of each: wall-clock time,
// processor time and, where the system tells it, peak memory. The status is 0 when
// the upgrade was applied, 1 when not.
package main

import (
	"context"
	"crypto/rand"
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

	"qpy/device/firmware"
	"qpy/device/model"
)

const piece = 1024

const qpyScript = `
import fota, uos
from misc import Power
u = fota()
size = uos.stat("/usr/p.bin")[6]
with open("/usr/p.bin", "rb") as f:
    while True:
        c = f.read(1024)
        if not c:
            break
        if u.write(c, size) != 0:
            raise OSError("write")
if u.flush() != 0 or u.verify() != 0:
    raise OSError("flush or verify")
Power.powerRestart()
`

const peerScript = `
import hashlib, sys
h = hashlib.sha256()
with open(sys.argv[1], "rb") as f, open(sys.argv[2], "wb") as out:
    while True:
        c = f.read(1024)
        if not c:
            break
        out.write(c)
        h.update(c)
print(h.hexdigest())
`

func main() {
	size := flag.Int64("size", 16<<20, "bytes of the package")
	n := flag.Int("n", 7, "how often each of the two runs")
	python3 := flag.String("python3", "python3", "the peer")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Stdout, *size, *n, *python3)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "upgrade:", err)
		os.Exit(1)
	}
}

// cost is what a run has taken.
type cost struct {
	wall, cpu time.Duration
	memory    int64 // peak, bytes; 0 is not known
}

func run(ctx context.Context, out io.Writer, size int64, n int, python3 string) error {
	if overhead := int64(firmware.HeaderSize + firmware.TrailerSize); size <= overhead || n < 1 {
		return fmt.Errorf("a package has more than %d bytes, and a median at least one run", overhead)
	}
	dir, err := os.MkdirTemp("", "qpy-upgrade-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	at := func(name string) string { return filepath.Join(dir, name) }
	for name, text := range map[string]string{"app.py": qpyScript, "peer.py": peerScript, "qpy.toml": fmt.Sprintf("flash.usr_blocks = %d\n", size/4000+100)} {
		if err := os.WriteFile(at(name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	if err := makePackage(at("p.bin"), size); err != nil {
		return err
	}
	if text, err := exec.CommandContext(ctx, "go", "build", "-o", at("qpy.exe"), "qpy/cmd/qpy").CombinedOutput(); err != nil {
		return fmt.Errorf("build qpy: %w\n%s", err, text)
	}
	var ours, peers []cost
	for range n {
		c, text, err := measured(ctx, at("qpy.exe"), "run", "--fast", "--scenario", at("qpy.toml"), "--put", at("p.bin")+":/usr/p.bin", at("app.py"))
		if err == nil && !strings.Contains(text, "boot loader: firmware V0001 -> V0002\n") {
			err = fmt.Errorf("the upgrade was not applied: %s", text)
		}
		if err != nil {
			return err
		}
		ours = append(ours, c)
		if c, _, err = measured(ctx, python3, at("peer.py"), at("p.bin"), at("out.bin")); err != nil {
			return err
		}
		peers = append(peers, c)
	}
	a, b := median(ours), median(peers)
	fmt.Fprintf(out, "upgrade of %d bytes in pieces of %d, median of %d\n", size, piece, n)
	fmt.Fprintf(out, "qpy      %8.1f ms  processor %8.1f ms  memory %6.1f MiB, %.1f above the package\n", ms(a.wall), ms(a.cpu), mib(a.memory), mib(a.memory-size))
	fmt.Fprintf(out, "CPython  %8.1f ms  processor %8.1f ms\n", ms(b.wall), ms(b.cpu))
	fmt.Fprintf(out, "ratio    %8.2f     processor %8.2f\n", ms(a.wall)/ms(b.wall), ms(a.cpu)/ms(b.cpu))
	return nil
}

// makePackage writes a package of so many bytes that a new device of the generic
// model takes.
func makePackage(name string, size int64) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	h := firmware.Header{Model: model.Generic, From: "V0001", To: "V0002", PayloadSize: size - firmware.HeaderSize - firmware.TrailerSize}
	// Not from memory: what this process has taken at its peak counts for those
	// that it starts, too.
	if err := firmware.Pack(f, h, io.LimitReader(rand.Reader, h.PayloadSize)); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// measured runs a command and gives what it cost and what it said.
func measured(ctx context.Context, name string, args ...string) (cost, string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	begin := time.Now()
	text, err := cmd.CombinedOutput()
	wall := time.Since(begin)
	if err != nil {
		return cost{}, "", fmt.Errorf("%s: %w\n%s", filepath.Base(name), err, text)
	}
	return cost{wall, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), peak(cmd.ProcessState)}, string(text), nil
}

// median is that of each column.
func median(all []cost) cost {
	middle := func(of func(cost) int64) int64 {
		var column []int64
		for _, c := range all {
			column = append(column, of(c))
		}
		slices.Sort(column)
		return column[len(column)/2]
	}
	return cost{
		wall:   time.Duration(middle(func(c cost) int64 { return int64(c.wall) })),
		cpu:    time.Duration(middle(func(c cost) int64 { return int64(c.cpu) })),
		memory: middle(func(c cost) int64 { return c.memory }),
	}
}

func ms(d time.Duration) float64 { return d.Seconds() * 1000 }
func mib(n int64) float64        { return float64(n) / (1 << 20) }
