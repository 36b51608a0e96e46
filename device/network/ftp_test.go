package network_test

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	ftpserver "goftp.io/server/v2"

	"qpy/device/network"
)

// ftpFiles is what a real FTP server serves: read only, from memory.
type ftpFiles struct {
	ftpserver.Driver // what is not below: writing, listing
	files            fstest.MapFS
	cutAfter         int      // bytes of a transfer that come before it breaks; 0 whole
	cuts             int      // transfers that break
	served           *counter // bytes sent
}

func (d *ftpFiles) Stat(_ *ftpserver.Context, path string) (os.FileInfo, error) {
	return fs.Stat(d.files, strings.TrimPrefix(path, "/"))
}

func (d *ftpFiles) GetFile(_ *ftpserver.Context, path string, from int64) (int64, io.ReadCloser, error) {
	file, ok := d.files[strings.TrimPrefix(path, "/")]
	if !ok {
		return 0, nil, fs.ErrNotExist
	}
	data := file.Data[from:]
	r := io.Reader(bytes.NewReader(data))
	if d.cuts > 0 {
		d.cuts--
		r = io.MultiReader(bytes.NewReader(data[:d.cutAfter]), iotest.ErrReader(errors.New("disk on fire")))
	}
	return int64(len(data)), io.NopCloser(io.TeeReader(r, d.served)), nil
}

// listed is a command that FEAT names. This server knows MDTM but keeps quiet
// about it, which RFC 3659 does not allow.
type listed struct{ ftpserver.Command }

func (listed) IsExtend() bool { return true }

// realFTP starts an FTP server for user "user" with password "secret".
func realFTP(t *testing.T, d *ftpFiles) (address string) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	d.served = &counter{}
	commands := maps.Clone(ftpserver.DefaultCommands())
	commands["MDTM"] = listed{commands["MDTM"]}
	server, err := ftpserver.NewServer(&ftpserver.Options{
		Driver: d, Auth: &ftpserver.SimpleAuth{Name: "user", Password: "secret"}, Perm: ftpserver.NewSimplePerm("o", "g"),
		Logger: &ftpserver.DiscardLogger{}, Hostname: "127.0.0.1", Commands: commands,
	})
	require.NoError(t, err)
	finished := make(chan struct{})
	go func() { defer close(finished); _ = server.Serve(listener) }()
	t.Cleanup(func() { assert.NoError(t, server.Shutdown()); <-finished })
	return listener.Addr().String()
}

func ftpContent() fstest.MapFS {
	return fstest.MapFS{"fota.bin": {Data: content, Mode: 0o644, ModTime: time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)}}
}

func TestRealFTP(t *testing.T) {
	d := &ftpFiles{files: ftpContent()}
	address := realFTP(t, d)
	o := network.Options{Real: true, Retries: -1}
	r := run(t, o, "ftp://user:secret@"+address+"/fota.bin", nil)
	require.NoError(t, r.err)
	assert.True(t, bytes.Equal(content, r.body.Bytes()))
	assert.Equal(t, int64(len(content)), r.size)

	for url, text := range map[string]string{
		"ftp://user:wrong@" + address + "/fota.bin":  "answers 530",
		"ftp://other:secret@" + address + "/f":       "answers 530",
		"ftp://" + address + "/fota.bin":             "answers 530",
		"ftp://user:secret@" + address + "/missing":  "answers 551",
		"ftp://user:secret@" + address + "/../f.bin": "answers 551",
	} {
		r = run(t, o, url, nil)
		assert.Equal(t, network.Status, kindOf(t, r.err), "%v", r.err)
		assert.ErrorContains(t, r.err, text)
		assert.NotContains(t, r.err.Error(), "secret")
		assert.Zero(t, r.body.Len())
	}
}

func TestRealFTPResumes(t *testing.T) {
	d := &ftpFiles{files: ftpContent(), cutAfter: 70_000, cuts: 2}
	address := realFTP(t, d)
	r, received, notes := counted(t, network.Options{Real: true, RetryWait: time.Millisecond}, "ftp://user:secret@"+address+"/fota.bin")
	require.NoError(t, r.err)
	assert.Equal(t, sha256.Sum256(content), sha256.Sum256(r.body.Bytes()))
	assert.Equal(t, int64(len(content)), received)
	assert.Equal(t, int64(len(content)), d.served.total(), "only what was missing was sent again")
	require.Len(t, notes, 2)
	assert.Contains(t, notes[0], "551")
}

func TestRealFTPFileThatChanges(t *testing.T) {
	d := &ftpFiles{files: ftpContent(), cutAfter: 70_000, cuts: 1}
	address := realFTP(t, d)
	o := network.Options{Real: true, RetryWait: time.Millisecond}
	o.Note = func(string) {
		d.files = fstest.MapFS{"fota.bin": {Data: bytes.ToUpper(content), ModTime: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)}}
	}
	r := run(t, o, "ftp://user:secret@"+address+"/fota.bin", nil)
	assert.Equal(t, network.Changed, kindOf(t, r.err), "%v", r.err)
	assert.Equal(t, content[:70_000], r.body.Bytes())
}

// talkFTP is a server that says what a test wants, with a place for one data
// connection. Control lines that answers does not know get 502.
func talkFTP(t *testing.T, answers map[string]string) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			fmt.Fprint(conn, answers[""])
			for lines := bufio.NewScanner(conn); lines.Scan(); {
				verb, _, _ := strings.Cut(lines.Text(), " ")
				answer, ok := answers[verb]
				if !ok {
					answer = "502 what?\r\n"
				}
				fmt.Fprint(conn, answer)
				if verb == "QUIT" {
					break
				}
			}
			conn.Close()
		}
	}()
	t.Cleanup(func() { listener.Close(); <-finished })
	return listener.Addr().String()
}

// A server that names another address for the data must not send the download
// there (an old trick to reach what only this PC can).
func TestFTPServerCannotSendElsewhere(t *testing.T) {
	victim, err := net.Listen("tcp", "127.0.0.2:0")
	if err != nil {
		t.Skip("this system has no second loopback address")
	}
	defer victim.Close()
	reached := make(chan struct{}, 1)
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		if conn, err := victim.Accept(); err == nil {
			reached <- struct{}{}
			conn.Close()
		}
	}()
	port := victim.Addr().(*net.TCPAddr).Port
	address := talkFTP(t, map[string]string{
		"": "220 hello\r\n", "USER": "331 go on\r\n", "PASS": "230 in\r\n", "TYPE": "200 ok\r\n", "SIZE": "213 10\r\n",
		"PASV": fmt.Sprintf("227 here (127,0,0,2,%d,%d)\r\n", port/256, port%256), "RETR": "150 it comes\r\n", "QUIT": "221 bye\r\n",
	})
	r := run(t, network.Options{Real: true, Retries: -1, Timeout: time.Second}, "ftp://u:p@"+address+"/f", nil)
	assert.Error(t, r.err)
	victim.Close()
	<-finished
	assert.Empty(t, reached)
}

func TestHostileFTPServers(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	for name, answers := range map[string]map[string]string{
		"nothing":        {"": "\r\n"},
		"not FTP":        {"": "HTTP/1.1 200 OK\r\n\r\n"},
		"long greeting":  {"": "220 " + long + "\r\n"},
		"many lines":     {"": "220-" + strings.Repeat("a\r\n", 100_000) + "220 end\r\n"},
		"escapes":        {"": "530 \x1b[2J\x07\r\n"},
		"size of a lie":  {"": "220 x\r\n", "USER": "230 x\r\n", "TYPE": "200 x\r\n", "SIZE": "213 99999999999999999999\r\n"},
		"negative size":  {"": "220 x\r\n", "USER": "230 x\r\n", "TYPE": "200 x\r\n", "SIZE": "213 -5\r\n"},
		"port of a lie":  {"": "220 x\r\n", "USER": "230 x\r\n", "TYPE": "200 x\r\n", "EPSV": "229 (|||99999|)\r\n"},
		"PASV of a lie":  {"": "220 x\r\n", "USER": "230 x\r\n", "TYPE": "200 x\r\n", "PASV": "227 (1,2)\r\n"},
		"EPSV of no end": {"": "220 x\r\n", "USER": "230 x\r\n", "TYPE": "200 x\r\n", "EPSV": "229 (\r\n"},
	} {
		r := run(t, network.Options{Real: true, Retries: -1, Timeout: time.Second}, "ftp://u:p@"+talkFTP(t, answers)+"/f", nil)
		require.Error(t, r.err, name)
		assert.NotContains(t, r.err.Error(), "\x1b")
		assert.Less(t, len(r.err.Error()), 1000, name)
		assert.Zero(t, r.body.Len())
	}
}
