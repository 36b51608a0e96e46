package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// fetch downloads from URLs, and tells what came of each.
func fetch(urls ...string) string {
	var b strings.Builder
	b.WriteString("import fota\nu = fota(reset_disable=1)\n")
	for _, url := range urls {
		b.WriteString("print(u.httpDownload(url1=" + quote(url) + "))\n")
	}
	return b.String()
}

// urlAttack is a URL that leads to the server, if one follows it wrongly.
func urlAttack(name, url string) attack {
	return attack{name: "URL: " + name, script: fetch(url), want: "-1\n"}
}

// redirected is a server of the site that sends the device elsewhere.
func redirected(name, location string) attack {
	return attack{name: "redirect: " + name, plant: func(t *testing.T, w *world) {
		put(t, w.dir, "given/x.toml", w.fill("[[host]]\nname = 'evil.example'\n[[host.fault]]\nkind = 'redirect'\nlocation = '"+location+"'\n"))
	}, flags: []string{"--scenario", "{dir}/given/x.toml"}, script: fetch("http://evil.example/f"), want: "-1\n"}
}

// realRedirect is a server of the real network that the device may reach, and
// that sends it elsewhere.
func realRedirect(name, location string) attack {
	return attack{name: "real redirect: " + name, plant: func(t *testing.T, w *world) {
		server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("Location", w.fill(location))
			rw.WriteHeader(http.StatusFound)
		}))
		t.Cleanup(server.Close)
		w.other = strings.TrimPrefix(server.URL, "http://")
	}, flags: []string{"--net", "host", "--allow-host", "{other}"}, script: fetch("http://{other}/f"), want: "-1\n"}
}

// networkAttacks try to reach what the device may not.
var networkAttacks = []attack{
	urlAttack("loopback", "http://127.0.0.1:{port}/"),
	urlAttack("localhost", "http://localhost:{port}/"),
	urlAttack("https", "https://127.0.0.1:{port}/"),
	urlAttack("user information", "http://www.example.com@127.0.0.1:{port}/ok.bin"),
	urlAttack("user and password", "http://www.example.com:80@127.0.0.1:{port}/ok.bin"),
	urlAttack("decimal address", "http://2130706433:{port}/"),
	urlAttack("octal address", "http://0177.0.0.1:{port}/"),
	urlAttack("short address", "http://127.1:{port}/"),
	urlAttack("any address", "http://0.0.0.0:{port}/"),
	urlAttack("IPv6", "http://[::1]:{port}/"),
	urlAttack("mapped IPv6", "http://[::ffff:127.0.0.1]:{port}/"),
	urlAttack("with a zone", "http://[fe80::1%25lo]:{port}/"),
	urlAttack("name server's own", "http://127.0.0.1.nip.io:{port}/"),
	urlAttack("file", "file://{dir}/secret.txt"),
	urlAttack("file of a host", "file://localhost{dir}/secret.txt"),
	urlAttack("no scheme", "{dir}/secret.txt"),
	urlAttack("another scheme", "gopher://127.0.0.1:{port}/"),
	urlAttack("data", "data:text/plain,x"),
	urlAttack("script", "javascript:1"),
	urlAttack("header in the path", "http://www.example.com/ok.bin HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"),
	urlAttack("NUL", "http://www.example.com/\x00@127.0.0.1:{port}/"),
	urlAttack("newline in the host", "http://www.example.com\n.127.0.0.1:{port}/"),
	urlAttack("backslash in the host", `http://www.example.com\@127.0.0.1:{port}/`),
	urlAttack("fragment", "http://127.0.0.1:{port}#@www.example.com/ok.bin"),
	{name: "URL: FTP", flags: []string{"--device", "EC200A"}, script: fetch("ftp://user:password@127.0.0.1:{port}/f"), want: "-1\n"},

	redirected("to file:", "file://{dir}/secret.txt"),
	redirected("to a path of the PC", "{dir}/secret.txt"),
	redirected("to loopback", "http://127.0.0.1:{port}/"),
	redirected("without a scheme", "//127.0.0.1:{port}/"),
	redirected("to FTP", "ftp://127.0.0.1:{port}/f"),
	redirected("to another scheme", "gopher://127.0.0.1:{port}/f"),

	realRedirect("to the server", "http://127.0.0.1:{port}/"),
	realRedirect("to file:", "file://{dir}/secret.txt"),

	{name: "real: a host that is not named", flags: []string{"--net", "host", "--allow-host", "fota.example.com"},
		script: fetch("http://127.0.0.1:{port}/", "https://127.0.0.1:{port}/", "http://fota.example.com@127.0.0.1:{port}/", "http://localhost:{port}/"), want: "-1\n-1\n-1\n-1\n"},
	{name: "real: a port that is not named", flags: []string{"--net", "host", "--allow-host", "127.0.0.1:1"}, script: fetch("http://127.0.0.1:{port}/"), want: "host not allowed"},
	{name: "real: a host of the site's name", flags: []string{"--net", "host", "--allow-host", "127.0.0.1:1"},
		plant:  func(t *testing.T, w *world) { put(t, w.site, "127.0.0.1/f", "virtual") },
		script: fetch("http://127.0.0.1:{port}/f"), want: "-1\n"},
	{name: "socket: TCP", script: `
import usocket
n = 0
for host in ("127.0.0.1", "localhost", "0.0.0.0", "2130706433", "127.1"):
    s = usocket.socket(usocket.AF_INET, usocket.SOCK_STREAM)
    try:
        s.settimeout(5)
        s.connect((host, {port}))
        print("connected to", host)
    except OSError as e:
        n += 1
    s.close()
print("refused", n)
`, want: "refused 5"},
	{name: "socket: a host that is not named", flags: []string{"--net", "host", "--allow-host", "127.0.0.1:1"}, script: `
import usocket
s = usocket.socket(usocket.AF_INET, usocket.SOCK_STREAM)
try:
    s.connect(("127.0.0.1", {port}))
    print("connected")
except OSError as e:
    print("refused")
`, want: "refused"},
	{name: "socket: listening for the PC", script: `
import usocket
s = usocket.socket(usocket.AF_INET, usocket.SOCK_STREAM)
try:
    s.bind(("127.0.0.1", {port}))
    s.listen(1)
except OSError as e:
    pass
print("done")
`, want: "done"},
}

// siteAttack is a name below a host of the site.
func siteAttack(name, path string) attack {
	return attack{name: "site: " + name, script: fetch("http://www.example.com/" + path), want: "-1\n"}
}

// siteAttacks try to get files from beside the site.
var siteAttacks = []attack{
	siteAttack("up", "../../../secret.txt"),
	siteAttack("up, escaped", "%2e%2e/%2e%2e/%2e%2e/secret.txt"),
	siteAttack("up, with its slash escaped", "..%2f..%2f..%2fsecret.txt"),
	siteAttack("up, twice escaped", "%252e%252e/%252e%252e/secret.txt"),
	siteAttack("up, with backslashes", `..\..\..\secret.txt`),
	siteAttack("absolute", "{dir}/secret.txt"),
	siteAttack("NUL, escaped", "ok.bin%00.txt"),
	{name: "site: host up", script: fetch("http://../secret.txt", "http://%2e%2e/secret.txt", "http://.../secret.txt"), want: "-1\n-1\n-1\n"},
	{name: "site: link to a file", links: true, plant: planting("{dir}/secret.txt", "given/site/www.example.com/link.bin"), script: fetch("http://www.example.com/link.bin"), want: "-1\n"},
	{name: "site: link to a folder", links: true, plant: planting("{dir}", "given/site/www.example.com/link"), script: fetch("http://www.example.com/link/secret.txt"), want: "-1\n"},
	{name: "site: link in the place of a host", links: true, plant: planting("{dir}", "given/site/linked.example"), script: fetch("http://linked.example/secret.txt"), want: "-1\n"},
	{name: "site: pipe", links: true, plant: func(t *testing.T, w *world) { makePipe(t, w.site+"/www.example.com/pipe") }, script: fetch("http://www.example.com/pipe"), want: "-1\n"},
}
