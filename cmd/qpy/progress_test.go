package main

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestProgressCountsAndGoesAway(t *testing.T) {
	var out bytes.Buffer
	p := &progress{out: &out, what: "packing", total: 2 << 20, shown: -1}
	n, err := io.Copy(io.Discard, p.reader(strings.NewReader(strings.Repeat("x", 1<<20))))
	require.NoError(t, err)
	assert.EqualValues(t, 1<<20, n)
	assert.True(t, strings.HasSuffix(out.String(), "\rpacking: 50% of 2 MiB"), "%q", out.String())

	out.Reset()
	p.set(1<<20 + 1)
	assert.Empty(t, out.String(), "nothing new to tell")
	p.set(5 << 20)
	assert.Equal(t, "\rpacking: 100% of 2 MiB", out.String(), "never more than all")

	out.Reset()
	p.end()
	p.end()
	assert.Equal(t, "\r\x1b[K", out.String())
}

func TestNoProgressOnWhatIsNoTerminal(t *testing.T) {
	p := newProgress(io.Discard, "packing", 1<<30)
	assert.Nil(t, p)
	data, err := io.ReadAll(p.reader(strings.NewReader("as it is")))
	require.NoError(t, err)
	assert.Equal(t, "as it is", string(data))
	p.set(1)
	p.end()
}
