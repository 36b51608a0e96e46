package flash

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The numbers of an EC600S with three small files on its /usr.
func TestStatVFS(t *testing.T) {
	everywhere(t, Options{}, func(t *testing.T, f *Flash) {
		for _, name := range []string{"main.py", "a.txt", "b.txt"} {
			require.NoError(t, f.WriteFile("/usr/"+name, []byte("x")))
		}
		s, err := f.StatVFS("/usr")
		require.NoError(t, err)
		assert.Equal(t, StatVFS{4096, 4096, 256, 249, 249, 0, 0, 0, 0, 255}, s)
		s, err = f.StatVFS("/usr/not/there")
		require.NoError(t, err)
		assert.Equal(t, 249, s.Free)
		s, err = f.StatVFS("/bak")
		require.NoError(t, err)
		assert.Equal(t, 64, s.Blocks)
		s, err = f.StatVFS("/")
		require.NoError(t, err)
		assert.Equal(t, StatVFS{NameMax: 512}, s)
	})
}

// littlefs copies on write: while a file is written anew it takes its space
// twice.
func TestRewritingTakesSpaceTwice(t *testing.T) {
	everywhere(t, Options{Partitions: []Geometry{{"usr", 512, 16}}}, func(t *testing.T, f *Flash) {
		require.NoError(t, f.WriteFile("/usr/a", pattern(7*512-40)))
		assert.Equal(t, 11, used(t, f, "/usr"))
		h, err := f.OpenFile("/usr/a", Write|Create|Truncate)
		require.NoError(t, err)
		n, err := h.Write(pattern(4000))
		assertErrno(t, ENOSPC, err)
		assert.Equal(t, 5*512-4*7, n)
		assert.Equal(t, 16, used(t, f, "/usr"))
		info, err := f.Stat("/usr/a")
		require.NoError(t, err)
		assert.EqualValues(t, 7*512-40, info.Size, "the old content is there until the close")
		require.NoError(t, h.Close())
		got, err := f.ReadFile("/usr/a")
		require.NoError(t, err)
		assert.Equal(t, pattern(4000)[:n], got, "what was written before stays")
		assert.Equal(t, 9, used(t, f, "/usr"))
	})
}

func TestFullAtTheRightByte(t *testing.T) {
	small := []Geometry{{"usr", 512, 16}}
	for _, chunk := range []int{1, 7, 64, 511, 512, 513, 5000, 100000} {
		everywhere(t, Options{Partitions: small}, func(t *testing.T, f *Flash) {
			require.NoError(t, f.WriteFile("/usr/before", []byte("stays")))
			h, err := f.OpenFile("/usr/big", Write|Create)
			require.NoError(t, err)
			// 16 blocks less 4 for littlefs and 1 for the other file: 11, with
			// 2·10 - 2 pointers in them.
			const room = 11*512 - 4*18
			data := pattern(100000)
			total := 0
			for {
				n, werr := h.Write(data[total : total+chunk])
				total += n
				assert.EqualValues(t, total, h.Size())
				if werr != nil {
					assertErrno(t, ENOSPC, werr)
					assert.EqualError(t, werr, "write /usr/big: [Errno 28] ENOSPC")
					break
				}
				assert.Equal(t, chunk, n)
			}
			assert.Equal(t, room, total)
			assert.Equal(t, 16, used(t, f, "/usr"))
			_, err = h.Write([]byte("x"))
			assertErrno(t, ENOSPC, err)
			_, err = h.Seek(0, io.SeekStart)
			require.NoError(t, err)
			_, err = h.Write([]byte("new"))
			assertErrno(t, ENOSPC, err, "littlefs overwrites nothing in place")
			require.NoError(t, h.Close())
			got, err := f.ReadFile("/usr/big")
			require.NoError(t, err)
			assert.Equal(t, data[:room], got)
			got, err = f.ReadFile("/usr/before")
			require.NoError(t, err)
			assert.Equal(t, "stays", string(got))
			assertErrno(t, ENOSPC, f.Mkdir("/usr/d"))
			assert.NoError(t, f.WriteFile("/usr/empty", nil), "a name fits into the directory")
			assertErrno(t, ENOSPC, f.WriteFile("/usr/other", []byte("x")))
			require.NoError(t, f.Remove("/usr/big"))
			assert.Equal(t, 5, used(t, f, "/usr"))
			assert.NoError(t, f.Mkdir("/usr/d"))
		})
	}
}

func TestHoleInAFullPartition(t *testing.T) {
	everywhere(t, Options{Partitions: []Geometry{{"usr", 512, 8}}}, func(t *testing.T, f *Flash) {
		h, err := f.OpenFile("/usr/a", Write|Create)
		require.NoError(t, err)
		defer h.Close()
		_, err = h.Seek(1<<20, io.SeekStart)
		require.NoError(t, err)
		n, err := h.Write([]byte("x"))
		assertErrno(t, ENOSPC, err)
		assert.Zero(t, n)
		assert.Zero(t, h.Size())
	})
}

func TestDirectoriesTakeSpace(t *testing.T) {
	everywhere(t, Options{Partitions: []Geometry{{"usr", 512, 16}}}, func(t *testing.T, f *Flash) {
		assert.Equal(t, 4, used(t, f, "/usr"))
		require.NoError(t, f.Mkdir("/usr/d"))
		assert.Equal(t, 6, used(t, f, "/usr"))
		name := strings.Repeat("n", 200) // two entries a pair
		for i := range 4 {
			require.NoError(t, f.WriteFile(fmt.Sprintf("/usr/d/%s%d", name, i), nil))
		}
		assert.Equal(t, 8, used(t, f, "/usr"))
		for i := range 8 {
			require.NoError(t, f.WriteFile(fmt.Sprintf("/usr/d/%s%d", name, i), nil))
		}
		assert.Equal(t, 12, used(t, f, "/usr"))
		require.NoError(t, f.WriteFile("/usr/big", pattern(4*512-40)))
		assert.Equal(t, 16, used(t, f, "/usr"))
		assertErrno(t, ENOSPC, f.WriteFile("/usr/d/"+name+"x", nil), "the directory cannot grow")
		assertErrno(t, ENOSPC, f.Rename("/usr/big", "/usr/d/"+name), "nor for a rename")
		for i := range 8 {
			require.NoError(t, f.Remove(fmt.Sprintf("/usr/d/%s%d", name, i)))
		}
		require.NoError(t, f.Rmdir("/usr/d"))
		assert.Equal(t, 8, used(t, f, "/usr"))
	})
}

func TestBadGeometry(t *testing.T) {
	for _, bad := range [][]Geometry{
		{{"", 4096, 256}}, {{".device", 4096, 256}}, {{"a/b", 4096, 256}}, {{"..", 4096, 256}}, {{"a\n", 4096, 256}},
		{{"usr", 0, 256}}, {{"usr", 512, 1 << 16}}, {{"usr", 4096, 0}}, {{"usr", 4096, -1}}, {{"usr", 1 << 20, 1 << 20}},
		{{"usr", 4096, 256}, {"usr", 4096, 256}},
	} {
		_, err := Open(Options{Partitions: bad})
		assert.ErrorContains(t, err, "flash partition", "%v", bad)
	}
}

func TestBlocksOfAFile(t *testing.T) {
	for _, size := range []int{512, 4096} {
		last := int64(-1)
		for n := range 2000 {
			c := capacity(n, size)
			require.Greater(t, c, last)
			require.Equal(t, n, fileBlocks(c, size))
			require.Equal(t, n+1, fileBlocks(c+1, size))
			last = c
		}
	}
}
