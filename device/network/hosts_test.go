package network_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/device/kernel"
	"qpy/device/network"
)

// A network that takes another one's hosts over goes on where that one ends:
// the same connections have the same faults, however often they change hands.
func TestHostsGoOnInAnotherNetwork(t *testing.T) {
	const downloads = 9
	results := func(networks int) (out []string) {
		o := faulty(network.Host{Faults: []network.Fault{
			{Kind: network.FaultStatus, Status: 503, Skip: 2, Times: 3},
			{Kind: network.FaultStatus, Status: 500, Times: 1},
			{Kind: network.FaultStatus, Status: 502, Path: "/other"},
			{Kind: network.FaultRefused, Skip: 7},
		}})
		o.Hosts = append(o.Hosts, network.Host{Name: "B"}, network.Host{Name: network.AnyHost})
		for range networks {
			k := kernel.New(kernel.Options{})
			n := network.New(k, o)
			require.NoError(t, k.Run(context.Background(), func(task *kernel.Task) {
				for range downloads / networks {
					r := &record{k: k}
					_, err := n.Fetch("http://h/f", r)
					require.NoError(t, err)
					require.NoError(t, task.Sleep(time.Minute))
					out = append(out, fmt.Sprint(r.err))
				}
			}))
			o.Hosts = n.Hosts()
		}
		assert.Equal(t, []string{network.AnyHost, "B", "h"}, []string{o.Hosts[0].Name, o.Hosts[1].Name, o.Hosts[2].Name})
		assert.Len(t, o.Hosts[2].Faults, 2, "what is over is left out")
		return out
	}
	want := results(1)
	assert.Contains(t, want[0], "500")
	assert.Equal(t, "<nil>", want[1])
	assert.Contains(t, want[4], "503")
	assert.Equal(t, "<nil>", want[6])
	assert.Contains(t, want[8], "refused")
	assert.Equal(t, want, results(3))
	assert.Equal(t, want, results(9))
}
