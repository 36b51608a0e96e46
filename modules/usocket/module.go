// Package usocket is the module `usocket` (and `socket`) over the device's
// network (modsocket.c of the firmware, modusocket.c of the unix port). An
// address is a tuple of host and port, as Quectel's document has it.
package usocket

import (
	"net/netip"
	"strconv"

	"qpy/device/kernel"
	"qpy/device/model"
	"qpy/modules/board"
	"qpy/python"
	"qpy/python/object"
)

// The constants by lwIP's numbers, which Quectel's document prints.
var constants = []struct {
	name  string
	value int64
}{
	{"AF_INET", afInet}, {"AF_INET6", 10},
	{"SOCK_STREAM", sockStream}, {"SOCK_DGRAM", sockDgram}, {"SOCK_RAW", 3},
	{"IPPROTO_TCP", 6}, {"IPPROTO_UDP", 17}, {"IPPROTO_IP", 0},
	{"SOL_SOCKET", 1}, {"SO_REUSEADDR", reuseAddr}, {"TCP_KEEPALIVE", keepAlive},
}

const (
	afInet     = 2
	sockStream = 1
	sockDgram  = 2
	reuseAddr  = 2
	keepAlive  = 4
)

// Errors of names and arguments.
const (
	eaiNoName    = -2
	eafnosupport = 97
	eprotonosup  = 93
)

// Module is the module `usocket`.
var Module = python.Module{Name: "usocket", SetUp: setUp, Build: build}

func build(in *object.Interp, m *object.Module) {
	m.Define(in, "socket", socketType.Value())
	python.Functions(in, m, object.FuncVar("getaddrinfo", 2, 6, getAddrInfo))
	for _, c := range constants {
		m.Define(in, c.name, object.Int(c.value))
	}
}

func errno(n int64) error { return object.RaiseArgs(object.OSError, object.Int(n)) }

// getAddrInfo is getaddrinfo(host, port[, family, type, proto, flags]). Of an
// unknown host the firmware gives an empty list; the unix port raises OSError(-2).
func getAddrInfo(t *object.Thread, args []object.Value) (object.Value, error) {
	b := board.OfEngine(t.In)
	name, err := object.TextOf(args[0])
	if err != nil {
		return object.Null, err
	}
	port, err := portOf(t, args[1])
	if err != nil {
		return object.Null, err
	}
	kind, proto := int64(sockStream), int64(0)
	for i, to := range []*int64{nil, &kind, &proto, nil} {
		if i+2 >= len(args) {
			break
		}
		n, err := object.ToInt(t, args[i+2])
		if err != nil {
			return object.Null, err
		}
		if to != nil && n != 0 {
			*to = n
		}
	}
	addr, err := lookup(t, b, name)
	if err != nil {
		return object.Null, err
	}
	list := object.NewList(nil)
	if !addr.IsValid() {
		if b.Dev.Model.Platform == model.NoPlatform {
			return object.Null, errno(eaiNoName)
		}
		return list.Value(), nil
	}
	info := object.NewTuple(object.Int(afInet), object.Int(kind), object.Int(proto), args[0], addressOut(netip.AddrPortFrom(addr, port)))
	return list.Value(), list.Append(t, info)
}

// lookup finds the address of a host; the zero value when there is none.
func lookup(t *object.Thread, b *board.Board, name string) (addr netip.Addr, err error) {
	var queue kernel.Queue
	found := false
	b.Dev.Network().Lookup(name, func(a netip.Addr) {
		addr, found = a, true
		queue.WakeAll()
	})
	for !found {
		if _, err := b.Dev.Kernel.Current().Wait(&queue, -1, "the address of "+name, kernel.RunCallbacks); err != nil {
			return addr, python.InterpOf(t.In).Err(b.Err(err))
		}
	}
	return addr, nil
}

// portOf reads a port: a number, or its text.
func portOf(t *object.Thread, v object.Value) (uint16, error) {
	n := int64(-1)
	if s, ok := object.StrMaybe(v); ok {
		if p, err := strconv.ParseUint(s, 10, 16); err == nil {
			n = int64(p)
		}
	} else {
		var err error
		if n, err = object.ToInt(t, v); err != nil {
			return 0, err
		}
	}
	if n < 0 || n > 1<<16-1 {
		return 0, object.Raise(object.ValueError, "port must be in [0, 65535]")
	}
	return uint16(n), nil
}

// addressIn reads (host, port); the host may be a name.
func addressIn(t *object.Thread, b *board.Board, v object.Value) (netip.AddrPort, error) {
	items, err := object.Items(v)
	if err != nil {
		return netip.AddrPort{}, err
	}
	if len(items) != 2 {
		return netip.AddrPort{}, object.Raisef(object.ValueError, "requested length 2 but object has length %d", len(items))
	}
	name, err := object.TextOf(items[0])
	if err != nil {
		return netip.AddrPort{}, err
	}
	port, err := portOf(t, items[1])
	if err != nil {
		return netip.AddrPort{}, err
	}
	addr, err := lookup(t, b, name)
	if err == nil && !addr.IsValid() {
		err = errno(eaiNoName)
	}
	return netip.AddrPortFrom(addr, port), err
}

func addressOut(a netip.AddrPort) object.Value {
	return object.NewTuple(object.NewStr(a.Addr().String()), object.Int(int64(a.Port())))
}
