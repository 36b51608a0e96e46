package tests

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"

	"qpy"
)

// manyThings has threads that wait for time, for a lock and for each other, a
// download with its callback, and random numbers.
const manyThings = `
import _thread, fota, log, uos, utime
lock = _thread.allocate_lock()
done = _thread.allocate_semphore(4)
for _ in range(4):
    done.acquire()
logger = log.getLogger("w")

def worker(n):
    for i in range(5):
        utime.sleep_ms(10 + uos.urandom(1)[0])
        with lock:
            print("worker", n, "round", i, utime.ticks_ms())
    logger.info("worker %d is done", n)
    done.release()

def progress(a):
    print("progress", a, utime.ticks_ms())

for n in range(4):
    _thread.start_new_thread(worker, (n,))
fota(reset_disable=1).httpDownload(url1="http://www.example.com/fota.bin", callback=progress)
for _ in range(4):
    done.acquire()
print(uos.urandom(8), utime.localtime())
`

func TestSameSeedSameTranscript(t *testing.T) {
	first, _ := run(t, qpy.Config{Seed: 7}, manyThings)
	assert.Equal(t, 20, strings.Count(first, "worker"+" ")-4, first)
	for range 99 {
		again, _ := run(t, qpy.Config{Seed: 7}, manyThings)
		if !assert.Equal(t, first, again) {
			return
		}
	}
	other, _ := run(t, qpy.Config{Seed: 8}, manyThings)
	assert.NotEqual(t, first, other, "the seed counts")
}

// TestBoardsShareNothing runs many boards at once, each with a script of its
// own: every one must print what it prints alone.
func TestBoardsShareNothing(t *testing.T) {
	const boards = 50
	source := func(n int) string {
		return fmt.Sprintf(`
import log, uos, utime
log.basicConfig(level=log.DEBUG if %d %% 2 else log.ERROR)
with open("/usr/n", "w") as f:
    f.write("board %d")
utime.sleep(%d)
log.getLogger("b").debug("debug")
print(open("/usr/n").read(), uos.listdir("/usr"), utime.localtime())
`, n, n, n)
	}
	got := make([]string, boards)
	var wg sync.WaitGroup
	for n := range boards {
		wg.Go(func() { got[n], _ = run(t, qpy.Config{}, source(n)) })
	}
	wg.Wait()
	for n := range boards {
		alone, _ := run(t, qpy.Config{}, source(n))
		assert.Equal(t, alone, got[n])
		assert.Contains(t, alone, fmt.Sprintf("board %d [", n))
	}
}
