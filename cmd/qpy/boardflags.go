package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"qpy"
	"qpy/device/firmware"
	"qpy/device/scenario"
)

// boardFlags are the flags that say what device a script runs on. They are the
// same for `qpy run` and for the first line of a golden test.
type boardFlags struct {
	device string
	flash  string
	puts   list
	site   string
	net    string
	allow  list
	cas    string
	apns   list
	seed   int64
	strict bool
	level  int // of optimisation
	pubkey string
	heap   int64
	boots  int
	world  string // the scenario file
	base   string // folder that paths are relative to; "" is the working directory
	set    *pflag.FlagSet
}

// noFlags are the flags of a command line without any.
var noFlags pflag.FlagSet

// newBoardFlags gives what holds where no flag says anything else.
func newBoardFlags() boardFlags {
	return boardFlags{device: "generic", net: string(qpy.Virtual), boots: 1, set: &noFlags}
}

func (f *boardFlags) register(fs *pflag.FlagSet) {
	f.set = fs
	fs.StringVar(&f.device, "device", f.device, "model of the module, for example EC600N")
	fs.StringVar(&f.flash, "flash", "", "keep the flash in folder `DIR`, created if missing (default: in memory)")
	fs.Var(&f.puts, "put", "copy a file to the flash first: `HOST:DEVICE`, for example app.py:/usr/app.py (repeatable)")
	fs.StringVar(&f.site, "site", "", "serve folder `DIR`/host/path as http://host/path (default: a built-in www.example.com)")
	fs.StringVar(&f.net, "net", f.net, "network: virtual, or host for the real one (a host with a folder in --site stays virtual)")
	fs.Var(&f.allow, "allow-host", "with --net host: reach `HOST[:PORT]` and no other (repeatable)")
	fs.StringVar(&f.cas, "ca", "", "with --net host: HTTPS trusts the authorities whose certificates are in `FILE`, too (PEM)")
	fs.Var(&f.apns, "apn", "the operator knows access point `NAME` and no other (repeatable; default: any)")
	fs.Int64Var(&f.seed, "seed", 0, "seed of every random choice")
	fs.Int64Var(&f.heap, "heap", 0, "heap of the script in `BYTES` (default: 64 MiB)")
	fs.IntVarP(&f.level, "optimise", "O", 0, "compile at `LEVEL` 0 to 3, as micropython.opt_level sets it: from 1 on without assert, at 3 without line numbers")
	fs.BoolVar(&f.strict, "strict", false, "refuse upgrade packages of an unknown format")
	fs.StringVar(&f.pubkey, "pubkey", "", "take only upgrade packages signed by the owner of the public key in `FILE`; see qpy fota keygen")
	fs.IntVar(&f.boots, "boots", f.boots, "let the device boot up to `N` times: after a restart it runs /usr/main.py, or the script again")
	fs.StringVar(&f.world, "scenario", "", "let happen to the device what `FILE` says, a qpy.toml; flags go before what it says of the device")
}

// config turns the flags into a Config; what is wrong is a usage error.
func (f *boardFlags) config() (qpy.Config, error) {
	c := qpy.Config{FlashDir: f.flash, SiteDir: f.path(f.site), Net: qpy.NetMode(f.net), AllowHosts: f.allow, APNs: f.apns, Seed: f.seed, Strict: f.strict, Heap: f.heap, Optimise: f.level, Reclaim: scriptGC()}
	if c.Net != qpy.Virtual && c.Net != qpy.Host {
		return c, fmt.Errorf("--net %s: there is %s and %s", f.net, qpy.Virtual, qpy.Host)
	}
	if len(f.allow) > 0 && c.Net != qpy.Host {
		return c, fmt.Errorf("--allow-host %s: it chooses from the real network; add --net host", f.allow[0])
	}
	if f.pubkey != "" {
		key, err := firmware.ReadPublicKey(f.path(f.pubkey))
		if err != nil {
			return c, fmt.Errorf("--pubkey %s: %w", f.pubkey, err)
		}
		c.PublicKey = key
	}
	if f.cas != "" {
		if c.Net != qpy.Host {
			return c, fmt.Errorf("--ca %s: it is for servers of the real network; add --net host", f.cas)
		}
		pool, err := readAuthorities(f.path(f.cas))
		if err != nil {
			return c, fmt.Errorf("--ca %s: %w", f.cas, err)
		}
		c.RootCAs = pool
	}
	for _, name := range []string{"flash", "site", "scenario", "pubkey", "ca"} {
		// An unset variable of a shell must not turn a kept flash into a lost one.
		if f.set.Changed(name) && f.set.Lookup(name).Value.String() == "" {
			return c, fmt.Errorf("--%s is empty: name a %s, or leave the flag out", name, map[bool]string{true: "folder", false: "file"}[name == "flash" || name == "site"])
		}
	}
	if f.level < 0 || f.level > 3 {
		return c, fmt.Errorf("--optimise %d: there are the levels 0 to 3", f.level)
	}
	if f.heap < 0 {
		return c, fmt.Errorf("--heap %d: a heap has at least one byte", f.heap)
	}
	for _, text := range f.puts {
		p, err := qpy.ParsePut(text)
		if err != nil {
			return c, fmt.Errorf("--put %w", err)
		}
		p.Host = f.path(p.Host)
		c.Puts = append(c.Puts, p)
	}
	if f.set.Changed("device") {
		c.Device = f.device
	}
	if f.set.Changed("boots") {
		if f.boots < 1 || f.boots > scenario.MaxBoots {
			return c, fmt.Errorf("--boots %d: give a number from 1 to %d", f.boots, scenario.MaxBoots)
		}
		c.Boots = f.boots
	}
	return f.withScenario(c)
}

// withScenario puts the scenario file, if there is one, below the flags.
func (f *boardFlags) withScenario(c qpy.Config) (qpy.Config, error) {
	if f.world == "" {
		return c, nil
	}
	s, err := scenario.Load(f.path(f.world))
	if errors.Is(err, fs.ErrNotExist) {
		return c, fmt.Errorf("--scenario %s: no such file", f.world)
	}
	if err != nil {
		return c, fmt.Errorf("--scenario %w", err)
	}
	c = c.WithScenario(s)
	if f.set.Changed("seed") {
		c.Seed = f.seed // also when it is 0
	}
	return c, nil
}

// path is a path of a flag, relative to base.
func (f *boardFlags) path(p string) string {
	if p == "" || f.base == "" || filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(f.base, filepath.FromSlash(p))
}

// list is a flag that can be given again and again. (pflag's own writes and reads
// CSV, at every start.)
type list []string

// Set adds a value.
func (l *list) Set(text string) error {
	*l = append(*l, text)
	return nil
}

// String is the values, for help texts.
func (l *list) String() string { return strings.Join(*l, " ") }

// Type names the kind of the values where a flag's text does not.
func (l *list) Type() string { return "TEXT" }
