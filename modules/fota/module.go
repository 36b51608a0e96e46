// Package fota is the module `fota`: the firmware upgrade of the device
// (modfota.c, and Quectel's fota document, which wins).
package fota

import (
	"github.com/go-python/gpython/py"

	"qpy/device/firmware"
	"qpy/modules/board"
	"qpy/python"
)

// Module is the module `fota`.
var Module = python.Module{Name: "fota", Native: native}

func native() *py.ModuleImpl {
	return &py.ModuleImpl{
		Info:    py.ModuleInfo{Name: "fota"},
		Methods: []*py.Method{board.Func("__init__", 0, 0, setUp)},
	}
}

// upgrade is a fota object. All of a device's are the same upgrade.
type upgrade struct {
	b   *board.Board
	typ *py.Type
}

// Type of this object.
func (u *upgrade) Type() *py.Type { return u.typ }

// setUp makes the class fota of this board. On the firmware it is registered as
// the module itself, so `import fota` binds the class; methods that the model
// lacks are not there at all.
func setUp(b *board.Board, _ []py.Object) (py.Object, error) {
	class := python.NewClass("fota")
	class.New = func(_ *py.Type, args py.Tuple, kwargs py.StringDict) (py.Object, error) {
		return open(b, class, args, kwargs)
	}
	class.Dict["fota"] = class
	class.Dict["httpDownload"] = board.KeywordMethod("httpDownload", 0, []string{"url1", "url2", "callback"}, (*upgrade).httpDownload)
	model := b.Dev.Model.FOTA
	if model.LocalUpgrade {
		class.Dict["write"] = board.Method("write", 0, 2, (*upgrade).write)
		class.Dict["flush"] = board.Method("flush", 0, 0, result((*firmware.Service).Flush))
		class.Dict["verify"] = board.Method("verify", 0, 0, result((*firmware.Service).Verify))
	}
	if model.APNSet {
		class.Dict["apn_set"] = board.KeywordMethod("apn_set", 4, []string{"fota_apn", "ip_type", "fota_user", "fota_password"}, (*upgrade).apnSet)
	}
	if model.DownloadCancel {
		class.Dict["download_cancel"] = board.Method("download_cancel", 0, 0, result((*firmware.Service).Cancel))
	}
	b.Module("fota").Globals[python.SelfName] = class
	return py.None, nil
}

// open is fota(reset_disable=0).
func open(b *board.Board, class *py.Type, args py.Tuple, kwargs py.StringDict) (py.Object, error) {
	given, err := board.Keywords(args, kwargs, 1, "reset_disable")
	if err != nil {
		return nil, err
	}
	disable := int64(0)
	if given[0] != nil {
		if disable, err = board.Int(given[0]); err != nil {
			return nil, err
		}
	}
	b.Dev.Firmware().Open(disable != 0)
	return &upgrade{b: b, typ: class}, nil
}

// result is a method without arguments that answers 0 or -1.
func result(call func(*firmware.Service) int) func(*upgrade, []py.Object) (py.Object, error) {
	return func(u *upgrade, _ []py.Object) (py.Object, error) {
		return py.Int(call(u.b.Dev.Firmware())), nil
	}
}

// httpDownload(url1=, url2=, callback=): the callback gets one list, [status,
// progress], through the interpreter's queue.
func (u *upgrade) httpDownload(args []py.Object) (py.Object, error) {
	url1, err := optionalStr(args[0])
	if err != nil {
		return nil, err
	}
	url2, err := optionalStr(args[1])
	if err != nil {
		return nil, err
	}
	var progress firmware.Progress
	if fn := args[2]; fn != nil && fn != py.None {
		progress = func(status, progress int) {
			u.b.Callback(fn, py.NewListFromItems([]py.Object{py.Int(status), py.Int(progress)}))
		}
	}
	code, err := u.b.Dev.Firmware().Download(url1, url2, progress)
	return py.Int(code), u.b.Err(err)
}

// write(data, size): fewer than two arguments answer -1 (modfota.c).
func (u *upgrade) write(args []py.Object) (py.Object, error) {
	if len(args) < 2 {
		return py.Int(firmware.Error), nil
	}
	size, err := board.Int(args[1])
	if err != nil {
		return nil, err
	}
	data, err := python.Buffer(args[0])
	if err != nil {
		return nil, err
	}
	return py.Int(u.b.Dev.Firmware().Write(data, size)), nil
}

// apn_set(fota_apn=, ip_type=, fota_user=, fota_password=)
func (u *upgrade) apnSet(args []py.Object) (py.Object, error) {
	var apn firmware.APN
	for i, field := range []*string{0: &apn.Name, 2: &apn.User, 3: &apn.Password} {
		if field == nil {
			continue
		}
		var err error
		if *field, err = optionalStr(args[i]); err != nil {
			return nil, err
		}
	}
	if args[1] != nil && args[1] != py.None {
		n, err := board.Int(args[1])
		if err != nil {
			return nil, err
		}
		apn.IPType = int(n)
	}
	return py.Int(u.b.Dev.Firmware().SetAPN(apn)), nil
}

// optionalStr gives a str argument, "" when it is absent or None.
func optionalStr(o py.Object) (string, error) {
	if o == nil || o == py.None {
		return "", nil
	}
	return board.Str(o)
}
