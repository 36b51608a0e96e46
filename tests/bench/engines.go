package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// engine is one command that runs Python files.
type engine struct {
	Name    string   `json:"name"`
	Path    string   `json:"path"`
	Args    []string `json:"args"`
	Version string   `json:"version"`
}

// none as a path leaves an engine out.
const none = "none"

// probe asks a peer who it is and where its real executable lies: a launcher on
// PATH, like the shims of version managers, would add its own time to each run.
const probe = `
import sys
print(getattr(sys, "executable", ""))
print(sys.implementation[0] if isinstance(sys.implementation, tuple) else sys.implementation.name)
print(".".join([str(n) for n in sys.implementation.version[:3]]))
`

// findEngines gives qpy and the peers, in the order in which they take turns.
// The first is the one whose speed is told; notes name the peers that are missing.
func findEngines(ctx context.Context, opts *options, dir string, progress io.Writer) ([]engine, []string, error) {
	var engines []engine
	var notes []string
	if opts.qpy != none {
		qpy, err := findQpy(ctx, opts, dir, progress)
		if err != nil {
			return nil, nil, err
		}
		engines = append(engines, qpy)
	}
	for _, peer := range []struct{ name, path, args string }{
		{"micropython", opts.micropython, opts.micropythonArgs},
		{"python3", opts.python3, opts.python3Args},
	} {
		if peer.path == none {
			continue
		}
		found, err := findPeer(ctx, peer.name, peer.path, dir)
		if errors.Is(err, exec.ErrNotFound) && peer.path == "" {
			notes = append(notes, fmt.Sprintf("%s is not on PATH and was left out; name one with --%s PATH", peer.name, peer.name))
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		found.Args = strings.Fields(peer.args)
		engines = append(engines, found)
	}
	if len(engines) == 0 {
		return nil, nil, usagef("nothing to run: no qpy and no peer")
	}
	return engines, notes, nil
}

func findQpy(ctx context.Context, opts *options, dir string, progress io.Writer) (engine, error) {
	found := engine{Name: "qpy", Args: strings.Fields(opts.qpyArgs)}
	if opts.qpy != "" {
		path, err := executable(opts.qpy)
		if err != nil {
			return engine{}, usagef("--qpy %s: %w", opts.qpy, err)
		}
		found.Path, found.Version = path, "qpy"
		return found, nil
	}
	fmt.Fprintln(progress, "building qpy")
	mod, err := exec.CommandContext(ctx, "go", "env", "GOMOD").Output()
	root := filepath.Dir(strings.TrimSpace(string(mod)))
	if err != nil || root == "." || root == filepath.Dir(os.DevNull) {
		return engine{}, errors.New("cannot build qpy outside its source tree; name the command with --qpy PATH, or leave it out with --qpy none")
	}
	found.Path = filepath.Join(dir, "qpy"+exeSuffix())
	build := exec.CommandContext(ctx, "go", "build", "-o", found.Path, "./cmd/qpy")
	build.Dir = root
	if said, err := build.CombinedOutput(); err != nil {
		return engine{}, fmt.Errorf("building ./cmd/qpy: %w\n%s\nname a built command with --qpy PATH, or leave it out with --qpy none", err, strings.TrimSpace(string(said)))
	}
	found.Version = "qpy, built with " + runtime.Version()
	return found, nil
}

// findPeer looks path up ("" means name on PATH) and asks it for its version.
func findPeer(ctx context.Context, name, path, dir string) (engine, error) {
	given := path != ""
	if !given {
		path = name
	}
	full, err := executable(path)
	if err != nil {
		if given {
			return engine{}, usagef("--%s %s: %w", name, path, err)
		}
		return engine{}, err
	}
	file := filepath.Join(dir, "probe.py")
	if err := os.WriteFile(file, []byte(probe), 0o644); err != nil {
		return engine{}, err
	}
	said, err := exec.CommandContext(ctx, full, file).Output()
	if err != nil {
		return engine{}, fmt.Errorf("%s does not run: %w; name another with --%s PATH, or leave it out with --%s none", full, err, name, name)
	}
	found, err := readProbe(string(said))
	if err != nil {
		return engine{}, fmt.Errorf("%s is no Python: %w; name another with --%s PATH, or leave it out with --%s none", full, err, name, name)
	}
	found.Name = name
	if found.Path == "" {
		found.Path = full
	}
	return found, nil
}

// readProbe understands what the probe printed.
func readProbe(said string) (engine, error) {
	lines := strings.Split(strings.ReplaceAll(said, "\r\n", "\n"), "\n")
	if len(lines) < 3 || lines[1] == "" || lines[2] == "" {
		return engine{}, fmt.Errorf("asked for its version it said %q", said)
	}
	found := engine{Version: lines[1] + " " + lines[2]}
	if filepath.IsAbs(lines[0]) {
		found.Path = lines[0]
	}
	return found, nil
}

// executable is the absolute path of a command, so that it can be run from another folder.
func executable(path string) (string, error) {
	full, err := exec.LookPath(path)
	if err != nil {
		return "", err
	}
	return filepath.Abs(full)
}

func exeSuffix() string {
	if runtime.GOOS == "windows" {
		return ".exe"
	}
	return ""
}
