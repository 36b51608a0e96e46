package main

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMarkerTimesTheMarks(t *testing.T) {
	var m marker
	begin := time.Unix(1000, 0)
	write := func(text string, after time.Duration) {
		n, err := m.writeAt([]byte(text), begin.Add(after))
		require.NoError(t, err)
		assert.Equal(t, len(text), n)
	}
	write("before\n"+startMark[:5], 0)
	write(startMark[5:]+"\r\n", time.Second)
	write("inside\n", 2*time.Second)
	write(endMark+"\n1 2 3\n", 5*time.Second)
	assert.Equal(t, 4.0, m.between())
	assert.Equal(t, "before\ninside\n1 2 3\n", m.text.String())
}

func TestMarkerDoesNotBelieveHeldBackOutput(t *testing.T) {
	var m marker
	_, err := m.Write([]byte(startMark + "\n" + endMark + "\n1 2 3\n"))
	require.NoError(t, err)
	assert.Zero(t, m.between())
	assert.Zero(t, (&marker{}).between(), "no marks, no time")
}

func TestMarkerLimitsOutput(t *testing.T) {
	var m marker
	line := strings.Repeat("x", 1<<16) + "\n"
	var err error
	for range 20 {
		if _, err = m.Write([]byte(line)); err != nil {
			break
		}
	}
	assert.ErrorIs(t, err, errTooMuch)
}

func TestReason(t *testing.T) {
	exit := errors.New("exit status 1")
	assert.EqualError(t, reason(exit, "out\n", "Traceback:\nNameError: x\n"), "NameError: x")
	assert.EqualError(t, reason(exit, "said on stdout\n", ""), "said on stdout")
	assert.Equal(t, exit, reason(exit, " ", "\n"))
	assert.Len(t, []rune(clip(strings.Repeat("ä", 500))), 161)
}
