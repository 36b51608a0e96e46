package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func ran(engine string, walls ...float64) result {
	r := result{Engine: engine}
	for _, w := range walls {
		r.add(sample{Wall: w, User: w / 2}, "ok\n", nil)
	}
	return r
}

// sampleReport has qpy twice as fast as a peer on one program, half as fast on
// another, and a program that the peer cannot run.
func sampleReport() *report {
	r := &report{
		Host:     "test",
		Runs:     3,
		Engines:  []engine{{Name: "qpy", Path: "/q", Args: []string{"run", "--fast"}}, {Name: "python3", Path: "/p", Version: "cpython 3"}},
		Notes:    []string{"a note"},
		measures: []measure{wall, user},
		Programs: []outcome{
			{Program: "first", Results: []result{ran("qpy", 0.5, 0.4, 9), ran("python3", 1, 1, 1)}},
			{Program: "second", Results: []result{ran("qpy", 1), ran("python3", 0.125)}},
			{Program: "third", Results: []result{ran("qpy", 1), {Engine: "python3", Problem: "NameError: x"}}},
		},
	}
	r.summarise()
	return r
}

func TestSummary(t *testing.T) {
	r := sampleReport()
	require.Len(t, r.Summary, 2)
	s := r.Summary[0]
	assert.Equal(t, map[string]float64{"first": 2, "second": 0.125}, s.Ratios)
	assert.InDelta(t, 0.5, s.Geomean, 1e-12)
	assert.Equal(t, 2, s.Programs)
	assert.Equal(t, []string{"second"}, s.Slower)
	assert.True(t, r.good(), "a peer that cannot run a program is no failure of qpy")

	r.Programs[0].Results[0].Problem = "stopped after 1s"
	assert.False(t, r.good())
}

func TestTable(t *testing.T) {
	var out bytes.Buffer
	sampleReport().print(&out)
	assert.Equal(t, `test; alternating runs: 3
  qpy:  (/q run --fast)
  python3: cpython 3 (/p)

wall time of the process, seconds, medians
(x peer: how many times faster than the peer qpy is)
                    qpy  python3  x python3
  first           0.500    1.000       2.00
  second          1.000    0.125       0.12
  third           1.000    fails          -
  geometric mean                       0.50
slower than python3: second

user CPU time of the process (all threads), seconds, medians
(x peer: how many times faster than the peer qpy is)
                    qpy  python3  x python3
  first           0.250    0.500       2.00
  second          0.500    0.062       0.12
  third           0.500    fails          -
  geometric mean                       0.50
slower than python3: second

third on python3: NameError: x
a note
`, out.String())
}

func TestFallbackIsForAllEngines(t *testing.T) {
	r := sampleReport()
	r.measures = []measure{timed}
	r.Summary = nil
	r.Programs = r.Programs[:1]
	for i := range r.Programs[0].Results[1].Samples {
		r.Programs[0].Results[1].Samples[i].Timed = 0.001
	}
	r.summarise()
	assert.Equal(t, []measure{timed}, r.Programs[0].Fallbacks)
	assert.Equal(t, 2.0, r.Summary[0].Ratios["first"], "wall over wall, never timed over wall")

	var out bytes.Buffer
	r.print(&out)
	assert.Contains(t, out.String(), "first*")
	assert.Contains(t, out.String(), "* wall time of the process for all")
}

func TestCompareOutputs(t *testing.T) {
	of := func(outputs ...string) *outcome {
		o := &outcome{}
		for _, text := range outputs {
			r := result{}
			r.add(sample{Wall: 1}, text, nil)
			o.Results = append(o.Results, r)
		}
		return o
	}
	o := of("1\n", "2\n", "2\n")
	o.compare("")
	assert.NotEmpty(t, o.Results[0].Problem, "the peers decide when the program does not say")
	assert.Empty(t, o.Results[1].Problem)
	assert.Empty(t, o.Results[2].Problem)

	o = of("1\n", "2\n")
	o.compare("1\n")
	assert.Empty(t, o.Results[0].Problem)
	assert.Contains(t, o.Results[1].Problem, "is not that of the program's closing comment")
	assert.Equal(t, "differs", o.cells(wall)[1])

	o = of("alone\n")
	o.compare("")
	assert.Empty(t, o.Results[0].Problem)
}

func TestOutputMustNotVary(t *testing.T) {
	var r result
	r.add(sample{Wall: 1}, "a", nil)
	r.add(sample{Wall: 1}, "b", nil)
	assert.Equal(t, "output varies from run to run: a, then b", r.Problem)
}

func TestJSON(t *testing.T) {
	file := filepath.Join(t.TempDir(), "out.json")
	require.NoError(t, sampleReport().writeJSON(file))
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	var back report
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, 9.0, back.Programs[0].Results[0].Samples[2].Wall)
	assert.Equal(t, "NameError: x", back.Programs[2].Results[1].Problem)
	assert.Equal(t, 2.0, back.Summary[0].Ratios["first"])

	assert.ErrorContains(t, sampleReport().writeJSON(filepath.Join(file, "below")), "--json")
}
