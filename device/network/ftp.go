package network

import (
	"context"
	"errors"
	"io"
	"net"
	"net/textproto"
	"net/url"

	"github.com/jlaffaye/ftp"
)

// openFTP asks a real FTP server for a file. Without a user in the URL the
// login is anonymous, as FTP clients do.
func openFTP(ctx context.Context, u *url.URL) (io.ReadCloser, int64, error) {
	// The library's own context covers only the first connection. Closing
	// every connection at the context's end covers all that may block.
	var dialer net.Dialer
	dial := func(network, address string) (net.Conn, error) {
		conn, err := dialer.DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		context.AfterFunc(ctx, func() { conn.Close() })
		return conn, nil
	}
	conn, err := ftp.Dial(net.JoinHostPort(u.Hostname(), port(u)), ftp.DialWithDialFunc(dial))
	if err != nil {
		return nil, 0, err
	}
	fail := func(err error) (io.ReadCloser, int64, error) {
		conn.Quit()
		var reply *textproto.Error
		if errors.As(err, &reply) {
			err = &StatusError{Code: reply.Code, Detail: reply.Msg}
		}
		return nil, 0, err
	}
	user, password := "anonymous", "anonymous"
	if u.User != nil {
		user = u.User.Username()
		password, _ = u.User.Password()
	}
	if err := conn.Login(user, password); err != nil {
		return fail(err)
	}
	size, err := conn.FileSize(u.Path)
	if err != nil {
		size = -1 // SIZE is an extension; RETR tells whether there is a file
	}
	data, err := conn.Retr(u.Path)
	if err != nil {
		return fail(err)
	}
	return &ftpBody{data, conn}, size, nil
}

// ftpBody is a file on its way over the data connection; with it ends the
// session.
type ftpBody struct {
	*ftp.Response
	conn *ftp.ServerConn
}

func (b *ftpBody) Close() error { return errors.Join(b.Response.Close(), b.conn.Quit()) }
