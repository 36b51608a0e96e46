package main

import (
	"fmt"

	"github.com/spf13/pflag"

	"qpy"
)

// boardFlags are the flags that say what device a script runs on. They are the
// same for `qpy run` and for the first line of a golden test.
type boardFlags struct {
	device string
	flash  string
	puts   []string
	site   string
	net    string
	allow  []string
	apns   []string
	seed   int64
	strict bool
	heap   int64
	set    *pflag.FlagSet
}

func (f *boardFlags) register(fs *pflag.FlagSet) {
	f.set = fs
	fs.StringVar(&f.device, "device", "generic", "model of the module, for example EC600N")
	fs.StringVar(&f.flash, "flash", "", "keep the flash in folder `DIR`, created if missing (default: in memory)")
	fs.StringArrayVar(&f.puts, "put", nil, "copy a file to the flash first: `HOST:DEVICE`, for example app.py:/usr/app.py (repeatable)")
	fs.StringVar(&f.site, "site", "", "serve folder `DIR`/host/path as http://host/path (default: a built-in www.example.com)")
	fs.StringVar(&f.net, "net", "virtual", "network: virtual, or host for the real one (a host with a folder in --site stays virtual)")
	fs.StringArrayVar(&f.allow, "allow-host", nil, "with --net host: reach `HOST[:PORT]` and no other (repeatable)")
	fs.StringArrayVar(&f.apns, "apn", nil, "the operator knows access point `NAME` and no other (repeatable; default: any)")
	fs.Int64Var(&f.seed, "seed", 0, "seed of every random choice")
	fs.Int64Var(&f.heap, "heap", 0, "heap of the script in `BYTES` (default: 64 MiB)")
	fs.BoolVar(&f.strict, "strict", false, "refuse upgrade packages of an unknown format")
}

// config turns the flags into a Config; what is wrong is a usage error.
func (f *boardFlags) config() (qpy.Config, error) {
	c := qpy.Config{Device: f.device, FlashDir: f.flash, SiteDir: f.site, Net: qpy.NetMode(f.net), AllowHosts: f.allow, APNs: f.apns, Seed: f.seed, Strict: f.strict, Heap: f.heap}
	if c.Net != qpy.Virtual && c.Net != qpy.Host {
		return c, fmt.Errorf("--net %s: there is %s and %s", f.net, qpy.Virtual, qpy.Host)
	}
	if len(f.allow) > 0 && c.Net != qpy.Host {
		return c, fmt.Errorf("--allow-host %s: it chooses from the real network; add --net host", f.allow[0])
	}
	for _, name := range []string{"flash", "site"} {
		// An unset variable of a shell must not turn a kept flash into a lost one.
		if given := f.set.Lookup(name); given.Changed && given.Value.String() == "" {
			return c, fmt.Errorf("--%s is empty: name a folder, or leave the flag out", name)
		}
	}
	if f.heap < 0 {
		return c, fmt.Errorf("--heap %d: a heap has at least one byte", f.heap)
	}
	for _, text := range f.puts {
		p, err := qpy.ParsePut(text)
		if err != nil {
			return c, fmt.Errorf("--put %w", err)
		}
		c.Puts = append(c.Puts, p)
	}
	return c, nil
}
