package network

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/textproto"

	"github.com/jlaffaye/ftp"
)

// askFTP asks a real FTP server for a file. Without a user in the URL the
// login is anonymous, as FTP clients do. The data connection goes to the server
// itself, whatever address it names.
func (c *realClient) askFTP(ctx context.Context, q question) (answer, io.ReadCloser, error) {
	// The library's own context covers only the first connection. Closing
	// every connection at the context's end covers all that may block.
	dial := func(network, address string) (net.Conn, error) {
		conn, err := c.dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		context.AfterFunc(ctx, func() { conn.Close() })
		return conn, nil
	}
	u := q.url
	conn, err := ftp.Dial(net.JoinHostPort(u.Hostname(), port(u)), ftp.DialWithDialFunc(dial), ftp.DialWithTrustPasvIP(false))
	if err != nil {
		return answer{}, nil, ftpError(err)
	}
	fail := func(err error) (answer, io.ReadCloser, error) {
		conn.Quit()
		return answer{}, nil, ftpError(err)
	}
	user, password := "anonymous", "anonymous"
	if u.User != nil {
		user = u.User.Username()
		password, _ = u.User.Password()
	}
	if err := conn.Login(user, password); err != nil {
		return fail(err)
	}
	a := answer{code: http.StatusOK, first: -1, total: -1}
	if a.length, err = conn.FileSize(u.Path); err != nil || a.length < 0 {
		a.length = -1 // SIZE is an extension; RETR tells whether there is a file
	}
	// Size and time of modification tell one version from another (RFC 3659).
	if modified, err := conn.GetTime(u.Path); err == nil && a.length >= 0 {
		a.validator = fmt.Sprintf("%d bytes of %s", a.length, modified.UTC().Format("2006-01-02 15:04:05"))
	}
	from := int64(0)
	if q.from > 0 && a.validator == q.validator && q.from <= a.length {
		from = q.from
	}
	data, err := conn.RetrFrom(u.Path, uint64(from))
	if err != nil && from > 0 { // REST is an extension too
		from = 0
		data, err = conn.Retr(u.Path)
	}
	if err != nil {
		return fail(err)
	}
	if from > 0 {
		a.code, a.first, a.total, a.length = http.StatusPartialContent, from, a.length, a.length-from
	}
	return a, &ftpBody{Response: data, conn: conn}, nil
}

// ftpError gives a server's reply its form.
func ftpError(err error) error {
	var reply *textproto.Error
	if errors.As(err, &reply) {
		return &StatusError{Code: reply.Code, Detail: reply.Msg}
	}
	return err
}

// ftpBody is a file on its way over the data connection; with it ends the
// session. The server's last word tells a whole file from a broken one.
type ftpBody struct {
	*ftp.Response
	conn *ftp.ServerConn
}

func (b *ftpBody) Read(p []byte) (int, error) {
	n, err := b.Response.Read(p)
	if err != io.EOF {
		return n, err
	}
	if closeErr := b.Response.Close(); closeErr != nil {
		return n, fmt.Errorf("%w: the server: %v", ErrReset, closeErr)
	}
	return n, io.EOF
}

func (b *ftpBody) Close() error { return errors.Join(b.Response.Close(), b.conn.Quit()) }
