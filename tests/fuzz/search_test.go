package fuzz

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// setting is a number from the environment.
func setting(t *testing.T, name string, otherwise uint64) uint64 {
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.ParseUint(text, 10, 64)
	require.NoError(t, err, name)
	return n
}

// excluded is in programs that need modules or files, or that nest calls until
// the stack is full.
var excluded = regexp.MustCompile(`import |open\(|@micropython|except RuntimeError|except 1`)

// corpus is the programs of the folders that can run on their own.
func corpus(t testing.TB, dirs ...string) []string {
	var all []string
	for _, dir := range dirs {
		files, err := filepath.Glob(filepath.Join(dir, "*.py"))
		require.NoError(t, err)
		for _, file := range files {
			src, err := os.ReadFile(file)
			require.NoError(t, err)
			if s := string(src); !excluded.MatchString(s) && len(s) < 20_000 {
				all = append(all, s)
			}
		}
	}
	require.NotEmpty(t, all)
	return all
}

// ownCorpus is programs of this module, from the folder of this package.
var ownCorpus = []string{"../../python/syntax/testdata/corpus", "../bench"}

// program gives program number n of a search: generated ones and mutants of
// generated ones and of the corpus take turns.
func program(n uint64, corpus []string) string {
	switch n % 6 {
	case 0:
		return Generate(n)
	case 1:
		return Mutate(n, Generate(n), corpus)
	case 2, 3:
		return Theme(n)
	}
	return Mutate(n, corpus[n*2654435761>>7%uint64(len(corpus))], corpus)
}

// peer is another implementation to compare with.
type peer struct {
	name   string
	run    func(src string) (Result, error)
	steady func(src string, first Result) (bool, error) // nil: it always is
}

func peers(t *testing.T) []peer {
	var all []peer
	if path := os.Getenv("QPY_ORACLE"); path != "" {
		o := Oracle{Path: path, Dir: t.TempDir()}
		all = append(all, peer{"micropython", o.Run, o.Steady})
	}
	if os.Getenv("QPY_SAFE") != "" {
		w, err := StartWorker(t.TempDir(), "qpysafe")
		require.NoError(t, err)
		t.Cleanup(func() { assert.NoError(t, w.Close()) })
		all = append(all, peer{name: "qpysafe", run: func(src string) (Result, error) { return w.Run(src, DefaultLimits) }})
	}
	return all
}

// compare runs a program on a peer.
func (p peer) compare(t *testing.T, src string, r Result) (same, decided bool) {
	want, err := p.run(src)
	require.NoError(t, err, "%s:\n%s", p.name, src)
	if same, decided = Same(r, want); same || p.steady == nil {
		return same, decided
	}
	steady, err := p.steady(src, want)
	require.NoError(t, err, "%s:\n%s", p.name, src)
	return !steady, steady
}

// reduced describes a program that differs, after cutting it down.
func (p peer) reduced(t *testing.T, src string) string {
	src = Reduce(src, func(src string) bool {
		same, _ := p.compare(t, src, Run(src, DefaultLimits, nil))
		return !same
	})
	got := Run(src, DefaultLimits, nil)
	want, err := p.run(src)
	require.NoError(t, err)
	return fmt.Sprintf("%s\n#### qpy\n%s%s\n#### %s\n%s%s\n", src, got.Out, got.Err, p.name, want.Out, want.Err)
}

// The engine and the peers that there are agree on the programs of a search.
func TestSearch(t *testing.T) {
	known := corpus(t, append(filepath.SplitList(os.Getenv("QPY_CORPUS")), ownCorpus...)...)
	peers := peers(t)
	seed, count := setting(t, "QPY_SEED", 1), uint64(40)
	var end time.Time
	if seconds := setting(t, "QPY_SECONDS", 0); seconds > 0 {
		end, count = time.Now().Add(time.Duration(seconds)*time.Second), 1<<62
	}
	var ran, raised, stopped, compared, undecided, differ int
	var slowest time.Duration
	for n := seed; n < seed+count && (end.IsZero() || time.Now().Before(end)); n++ {
		src := program(n, known)
		keep(t, "last.py", src) // for the case that it does not come back
		r := Run(src, DefaultLimits, nil)
		ran++
		if r.Err != "" {
			raised++
		}
		if r.Stopped {
			stopped++
		}
		if r.Gap > slowest {
			slowest = r.Gap
			keep(t, fmt.Sprintf("slow-%d-%v.py", n, slowest.Round(time.Millisecond)), src)
		}
		for _, p := range peers {
			same, decided := p.compare(t, src, r)
			switch {
			case !decided:
				undecided++
			case same:
				compared++
			default:
				compared++
				differ++
				report := fmt.Sprintf("# program %d\n%s", n, p.reduced(t, src))
				if !keep(t, fmt.Sprintf("differs-%d-%s.txt", n, p.name), report) {
					t.Error(report)
				}
			}
		}
	}
	t.Logf("%d programs ran, %d ended in an exception, %d were stopped; at most %v without a chance to stop it", ran, raised, stopped, slowest)
	t.Logf("%d compared, %d undecided, %d differ", compared, undecided, differ)
	assert.Zero(t, differ)
}

// keep writes a file to the folder of finds, if there is one.
func keep(t *testing.T, name, text string) bool {
	dir := os.Getenv("QPY_KEEP")
	if dir == "" {
		return false
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	return true
}
