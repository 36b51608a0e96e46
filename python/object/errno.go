package object

// Errno is an error number with its name.
type Errno struct {
	Num  int64
	Name string
}

// Errnos are the error numbers that have a name (MICROPY_PY_UERRNO_LIST of
// py/moduerrno.c), in that file's order. Other numbers show as numbers.
var Errnos = [...]Errno{
	{1, "EPERM"}, {2, "ENOENT"}, {5, "EIO"}, {9, "EBADF"}, {11, "EAGAIN"}, {12, "ENOMEM"}, {13, "EACCES"},
	{17, "EEXIST"}, {19, "ENODEV"}, {21, "EISDIR"}, {22, "EINVAL"}, {95, "EOPNOTSUPP"}, {98, "EADDRINUSE"},
	{103, "ECONNABORTED"}, {104, "ECONNRESET"}, {105, "ENOBUFS"}, {107, "ENOTCONN"}, {110, "ETIMEDOUT"},
	{111, "ECONNREFUSED"}, {113, "EHOSTUNREACH"}, {114, "EALREADY"}, {115, "EINPROGRESS"},
}

// flashErrnos are further numbers that a module's flash raises, and that its
// users know by name (uos errors of Quectel's documents).
var flashErrnos = [...]Errno{{20, "ENOTDIR"}, {28, "ENOSPC"}, {36, "ENAMETOOLONG"}, {39, "ENOTEMPTY"}}

// ErrnoName returns the name of an error number as OSError shows it, or "".
func ErrnoName(n int64) string {
	for i := range flashErrnos {
		if flashErrnos[i].Num == n {
			return flashErrnos[i].Name
		}
	}
	for i := range Errnos {
		if Errnos[i].Num == n {
			return Errnos[i].Name
		}
	}
	return ""
}
