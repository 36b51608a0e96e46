package scenario

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"qpy/device/firmware"
	"qpy/device/model"
	"qpy/device/network"
	"qpy/device/power"
)

// MaxSize is the most that a scenario file may have, in bytes.
const MaxSize = 1 << 20

// MaxBoots is the most boots that can be asked for in one run.
const MaxBoots = 1_000_000

// maxEvents is more than anybody can follow.
const maxEvents = 10_000

// Load reads a scenario file. Paths of the PC in it are relative to the folder
// that it is in. An error in the file is an *Error.
func Load(path string) (*Scenario, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, MaxSize+1))
	if err != nil {
		return nil, err
	}
	s, err := Parse(filepath.Base(path), text)
	if err != nil {
		return nil, err
	}
	dir := filepath.Dir(path)
	s.Site = beside(dir, s.Site)
	for i := range s.Files {
		s.Files[i].From = beside(dir, s.Files[i].From)
	}
	if s.Device.PubKey == "" {
		return s, nil
	}
	file := beside(dir, s.Device.PubKey)
	if s.Device.PublicKey, err = firmware.ReadPublicKey(file); err != nil {
		return nil, &Error{File: s.File, Row: s.Device.pubKeyRow, Key: "device.pubkey", Text: fmt.Sprintf("%s: %v", file, err)}
	}
	return s, nil
}

// beside is a path of the PC, relative to a folder.
func beside(dir, path string) string {
	path = filepath.FromSlash(path)
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}

// Parse reads the text of a scenario file; name is for messages. The error is
// an *Error, the first in the file.
func Parse(name string, text []byte) (*Scenario, error) {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if len(text) > MaxSize {
		return nil, &Error{File: name, Row: 1, Text: fmt.Sprintf("it has more than %d bytes", MaxSize)}
	}
	items := map[string]any{}
	if err := toml.Unmarshal(text, &items); err != nil {
		return nil, syntaxError(name, err)
	}
	doc := &document{file: name, lines: index(text)}
	s := parse(&table{doc: doc, items: items}, doc)
	s.File = name
	if err := doc.first(); err != nil {
		return nil, err
	}
	return s, nil
}

// syntaxError is what is wrong with the TOML.
func syntaxError(name string, err error) *Error {
	e := &Error{File: name, Row: 1, Text: strings.TrimPrefix(err.Error(), "toml: ")}
	var decode *toml.DecodeError
	if errors.As(err, &decode) {
		e.Row, _ = decode.Position()
		e.Key = strings.Join(decode.Key(), ".")
	}
	return e
}

func parse(t *table, doc *document) *Scenario {
	s := &Scenario{Low: power.LowVoltage}
	if d := t.sub("device"); d != nil {
		s.Device = parseDevice(d)
	}
	if f := t.sub("flash"); f != nil {
		s.Flash = parseFlash(f)
	}
	for _, f := range t.list("file") {
		s.Files = append(s.Files, parseFile(f))
	}
	if n := t.sub("network"); n != nil {
		s.Site = n.text("site", "site")
		n.close()
	}
	if l := t.sub("link"); l != nil {
		s.Link = parseLink(l)
	}
	seen := map[string]bool{}
	for _, h := range t.list("host") {
		host := parseHost(h)
		if folded := fold(host.Name); seen[folded] {
			h.bad("name", "there is a host %q already; put all that it does into one", host.Name)
		} else {
			seen[folded] = true
		}
		s.Hosts = append(s.Hosts, host)
	}
	if b := t.sub("battery"); b != nil {
		s.Battery, s.Low = parseBattery(b)
	}
	events := t.list("event")
	if len(events) > maxEvents {
		t.bad("event", "there are %d events; at most %d are possible", len(events), maxEvents)
		events = nil
	}
	for _, e := range events {
		s.Events = append(s.Events, parseEvent(e, doc))
	}
	t.close()
	return s
}

// fold is a host's name as hosts are compared.
func fold(host string) string { return strings.ToLower(strings.TrimSuffix(host, ".")) }

func parseDevice(t *table) Device {
	d := Device{Model: t.text("model", "EC600N")}
	if t.has("model") && d.Model != "" {
		if _, err := model.Lookup(d.Model); err != nil {
			t.bad("model", "%v", err)
		}
	}
	if seed, ok := t.integer("seed", -1<<63, 1<<63-1); ok {
		d.Seed = &seed
	}
	d.Start = t.moment("start")
	boots, _ := t.integer("boots", 1, MaxBoots)
	d.Boots = int(boots)
	d.BootTime, _ = t.duration("boot_time")
	d.Strict, _ = t.flag("strict")
	if d.PubKey = t.text("pubkey", "key.pub"); d.PubKey != "" {
		d.pubKeyRow = t.doc.lines.row(t.key("pubkey"))
	}
	t.close()
	return d
}

func parseFile(t *table) File {
	f := File{Path: t.text("path", "/usr/main.py"), From: t.text("from", "main.py")}
	f.Text, _ = read[string](t, "text", "the content as a string")
	switch {
	case !t.has("path"):
		t.bad("path", `it is missing; give the file's place on the device, for example "/usr/main.py"`)
	case f.Path != "" && (!strings.HasPrefix(f.Path, "/") || strings.HasSuffix(f.Path, "/")):
		t.bad("path", `%q is no file's place on the device; give for example "/usr/main.py"`, f.Path)
	}
	switch {
	case t.has("from") && t.has("text"):
		t.bad("text", "a file comes from the PC or from here; take from or text away")
	case !t.has("from") && !t.has("text"):
		t.bad("from", "give the file of the PC that it is a copy of, or its content as text")
	}
	t.close()
	return f
}

func parseLink(t *table) Link {
	l := Link{
		Bandwidth: given(t.integer("bandwidth", 0, 1<<40)), Latency: given(t.duration("latency")), Jitter: given(t.duration("jitter")),
		Loss: given(loss(t)), Down: given(t.flag("down")),
	}
	for _, a := range t.list("apns") {
		l.APNs = append(l.APNs, network.APN{Name: a.text("name", "internet"), User: a.text("user", "user"), Password: a.text("password", "password")})
		if !a.has("name") {
			a.bad("name", "it is missing; every access point has a name")
		}
		a.close()
	}
	t.close()
	return l
}

func given[T any](value T, ok bool) *T {
	if !ok {
		return nil
	}
	return &value
}

// loss reads a share of packets, whole numbers too.
func loss(t *table) (float64, bool) {
	if n, ok := t.items["loss"].(int64); ok {
		t.items["loss"] = float64(n)
	}
	share, ok := read[float64](t, "loss", "a number from 0 to 1")
	if ok && !(share >= 0 && share <= 1) {
		t.bad("loss", "%v is not within 0 to 1", share)
	}
	return share, ok
}

func parseHost(t *table) network.Host {
	h := network.Host{Name: t.text("name", "www.example.com")}
	if !t.has("name") {
		t.bad("name", `it is missing; give for example "www.example.com", or "*" for all that have none`)
	}
	h.Bandwidth, _ = t.integer("bandwidth", 0, 1<<40)
	h.Latency, _ = t.duration("latency")
	h.Jitter, _ = t.duration("jitter")
	h.Loss, _ = loss(t)
	if t.has("body") {
		h.Body = choice(t, "body", []network.BodyForm{network.Chunked, network.UntilClose})
	}
	t.known = append(t.known, "body")
	h.NoRange, _ = t.flag("no_range")
	h.NoETag, _ = t.flag("no_etag")
	h.User, h.Password = t.text("user", "user"), t.text("password", "password")
	for _, f := range t.list("fault") {
		h.Faults = append(h.Faults, parseFault(f))
	}
	if h.Name != "" && len(t.doc.errors) == 0 {
		if err := h.Check(); err != nil {
			t.bad("name", "%v", err)
		}
	}
	t.close()
	return h
}

// faultKinds are those of package network, in the order of a connection's course.
var faultKinds = []network.FaultKind{network.FaultDNS, network.FaultSilent, network.FaultRefused, network.FaultTLS, network.FaultStatus,
	network.FaultRedirect, network.FaultLength, network.FaultStall, network.FaultDisconnect, network.FaultReset}

func parseFault(t *table) network.Fault {
	f := network.Fault{Kind: choice(t, "kind", faultKinds)}
	if !t.has("kind") {
		t.bad("kind", "it is missing; there is %s", words(faultKinds))
	}
	f.Path = t.text("path", "/fota.bin")
	skip, _ := t.integer("skip", 0, 1<<31)
	times, _ := t.integer("times", 0, 1<<31)
	f.Skip, f.Times = int(skip), int(times)
	f.At, _ = t.integer("at", 0, 1<<40)
	status, _ := t.integer("status", 100, 599)
	f.Status = int(status)
	f.Location, f.Text = t.text("location", "/other.bin"), t.text("text", "certificate has expired")
	if len(t.doc.errors) == 0 {
		if err := (network.Host{Name: network.AnyHost, Faults: []network.Fault{f}}).Check(); err != nil {
			_, what, _ := strings.Cut(err.Error(), "fault 1: ")
			t.bad("kind", "%s", what)
		}
	}
	t.close()
	return f
}

func words[T ~string](list []T) string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = string(w)
	}
	return strings.Join(out, ", ")
}

func parseBattery(t *table) (power.Curve, int) {
	var c power.Curve
	points := t.list("points")
	for _, p := range points {
		at, _ := p.duration("at")
		mv, ok := p.integer("mv", 0, power.MaxVoltage)
		if !p.has("mv") {
			p.bad("mv", "it is missing; give the voltage in millivolts, for example 3800")
		}
		p.close()
		if ok {
			c = append(c, power.Point{At: at, MV: int(mv)})
		}
	}
	if i, err := c.Check(); t.has("points") && err != nil && len(c) == len(points) {
		if i < 0 {
			t.bad("points", `%v, for example points = [{ at = "0s", mv = 3800 }]`, err)
		} else {
			points[i].bad("at", "%v", err)
		}
	}
	low, ok := t.integer("low", 0, power.MaxVoltage)
	if !ok {
		low = power.LowVoltage
	}
	t.close()
	return c, int(low)
}
