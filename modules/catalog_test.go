package modules_test

// entry is what the table of modules tells of one module beside what can be
// read off the module itself.
type entry struct {
	name   string
	source string // of the behaviour, file by file
	// objects are the classes that no name of the module leads to: the name
	// that stands in the table, and an expression that makes an object.
	objects [][2]string
	// other says that functions, by their name in the table, have another source.
	other map[string]string
	// python says that the module is written in Python and frozen in.
	python bool
	// goldens are the scripts in tests/ that call every function, by their
	// names; nil is the module's own.
	goldens []string
	// foreign are names that the module only passes on from another one, and
	// its inner parts.
	foreign []string
	lacking []lack
}

// lack is what the firmware or MicroPython 1.13 has in a module and qpy lacks.
type lack struct{ names, of, why string }

const (
	unix     = "MicroPython 1.13, unix port"
	firmware = "QuecPython's 2021 firmware"
	threads  = "Quectel's _thread document"

	notConfigured = "extmod/modure.c; left out of the 2021 firmware's configuration"
)

// catalog has the modules of MicroPython's own library, and machine and usocket.
var catalog = []entry{
	{name: "_thread", source: "modthread.c of the firmware", goldens: []string{"thread"},
		objects: [][2]string{{"semphore", "_thread.allocate_semphore(1)"}},
		other: map[string]string{
			"allocate_semphore": threads, "delete_semphore": threads, "semphore.acquire": threads,
			"semphore.release": threads, "semphore.getCnt": threads, "threadIsRunning": threads,
		}},
	{name: "cmath", source: "py/modcmath.c"},
	{name: "gc", source: "py/modgc.c"},
	{name: "machine", source: "modmachine.c and machine_*.c of the firmware", goldens: []string{"machine", "machine_unix"},
		objects: [][2]string{{"mem", "machine.mem8"}},
		other: map[string]string{
			"PinBase": "extmod/machine_pinbase.c (generic model only)", "Signal": "extmod/machine_signal.c (generic model only)",
			"Signal.on": "extmod/machine_signal.c", "Signal.off": "extmod/machine_signal.c", "Signal.value": "extmod/machine_signal.c",
			"time_pulse_us": "extmod/machine_pulse.c (generic model only)",
			"RTC":           "machine_rtc.c (not on BG95)", "WDT": "machine_wdt.c (not on BC25PA and BG95)",
		},
		lacking: []lack{
			{"UART, SPI, I2C, I2C_simulation", firmware, "nothing is connected to the buses of the virtual board"},
			{"LCD, KeyPad, NANDFLASH", firmware, "the virtual board has none"},
			{"idle", unix, "the firmware has none"},
		}},
	{name: "math", source: "py/modmath.c"},
	{name: "micropython", source: "py/modmicropython.c", goldens: []string{"micropython", "micropython_more", "micropython_device"}},
	{name: "queue", source: "queue.py of the firmware", python: true, foreign: []string{"_thread"}},
	{name: "uarray", source: "py/objarray.c"},
	{name: "uasyncio", source: "extmod/uasyncio, extmod/moduasyncio.c", python: true,
		goldens: []string{"uasyncio", "uasyncio_stream", "uasyncio_wrong"},
		objects: [][2]string{{"Stream", "uasyncio.StreamReader"}, {"Server", "uasyncio.stream.Server"}},
		foreign: []string{"IOQueue", "SingletonGenerator", "core", "event", "funcs", "lock", "stream", "select", "sys", "ticks", "ticks_add", "ticks_diff", "_attrs"}},
	{name: "ubinascii", source: "extmod/modubinascii.c"},
	{name: "ucollections", source: "py/modcollections.c, py/objdeque.c, py/objnamedtuple.c, py/objdict.c"},
	{name: "ucryptolib", source: "extmod/moducryptolib.c (not on BC25PA, nor in the standard unix build)"},
	{name: "uctypes", source: "extmod/moductypes.c"},
	{name: "uerrno", source: "py/moduerrno.c"},
	{name: "uhashlib", source: "extmod/moduhashlib.c (not on BC25PA)",
		other: map[string]string{"sha1": "extmod/moduhashlib.c; in the firmware, not in the standard unix build", "md5": "extmod/moduhashlib.c; in the firmware, not in the standard unix build"}},
	{name: "uheapq", source: "extmod/moduheapq.c"},
	{name: "uio", source: "py/modio.c, py/objstringio.c, vfs_lfsx_file.c", goldens: []string{"uio", "uio_writer"},
		other:   map[string]string{"BufferedWriter": "py/modio.c; left out of the 2021 firmware's configuration"},
		lacking: []lack{{"FileIO.fileno, TextIOWrapper.fileno", unix, "the files of the firmware have none (vfs_lfsx_file.c); on the generic model the streams of the console have"}}},
	{name: "ujson", source: "extmod/modujson.c"},
	{name: "urandom", source: "extmod/modurandom.c"},
	{name: "ure", source: "extmod/modure.c, extmod/re1.5",
		objects: [][2]string{{"ure", "ure.compile('a')"}, {"match", "ure.match('a', 'a')"}},
		other: map[string]string{
			"sub": notConfigured, "ure.sub": notConfigured, "match.groups": notConfigured,
			"match.span": notConfigured, "match.start": notConfigured, "match.end": notConfigured,
		}},
	{name: "uselect", source: "extmod/moduselect.c", objects: [][2]string{{"poll", "uselect.poll()"}}},
	{name: "usocket", source: "modsocket.c of the firmware, modusocket.c of the unix port", goldens: []string{"usocket", "usocket_device"},
		lacking: []lack{
			{"setsockopt(…, 20, callback)", firmware, "no document tells of it"},
			{"IP_ADD_MEMBERSHIP; datagrams beyond the device", firmware, "into the virtual and the real network only streams lead"},
			{"inet_pton, inet_ntop, sockaddr, AF_UNIX, MSG_*, SO_BROADCAST, SO_ERROR, SO_KEEPALIVE, SO_LINGER", unix, "the firmware has none"},
		}},
	{name: "ustruct", source: "py/modstruct.c"},
	{name: "usys", source: "py/modsys.c, sys_stdio_mphal.c", goldens: []string{"usys", "usys_more"}},
	{name: "utimeq", source: "extmod/modutimeq.c"},
	{name: "uwebsocket", source: "extmod/moduwebsocket.c (generic model only)"},
	{name: "uzlib", source: "extmod/moduzlib.c, extmod/uzlib"},
}

// more are the modules that stand in the table without being of this library:
// they have tests of their own.
var more = []entry{
	{name: "fota", source: "Quectel's fota document, modfota.c"},
	{name: "log", source: "log.py of the firmware, Quectel's log document"},
	{name: "misc", source: "Quectel's misc document, misc_power.c, misc_powerkey.c",
		lacking: []lack{{"ADC, PWM, USB, USBNET, Temperature, replEnable", firmware, "the virtual board has none of it"}}},
	{name: "osTimer", source: "modostimer.c"},
	{name: "uos", source: "Quectel's uos document, moduos.c, extmod/vfs.c",
		lacking: []lack{
			{"VfsFat, dupterm", firmware, "there is no FAT file system and no second console"},
			{"errno, getenv, putenv, unsetenv, system", unix, "the firmware has none"},
		}},
	{name: "utime", source: "Quectel's utime document, modutime.c, extmod/utime_mphal.c",
		lacking: []lack{{"clock", unix, "the firmware has none"}}},
}

// absent are modules that the firmware or MicroPython 1.13's unix port has and
// qpy lacks as a whole.
var absent = []lack{
	{"net, dial, dataCall, checkNet, modem, sim, sms, voiceCall, nb", firmware, "the SIM card, calls and the cellular stack are not simulated; the link and its APN are"},
	{"cellLocator, wifiScan, wifilocator, quecgnss, gnss", firmware, "there is nothing to locate"},
	{"pm", firmware, "the virtual device draws no power"},
	{"audio, camera, lvgl, qrcode, poc, librtmp, hls", firmware, "no sound, no camera, no display"},
	{"ble, ethernet, slip, sensor, bma250", firmware, "no such hardware"},
	{"SecureData, quecIot, aLiYun, TenCentYun, system, sys_bus, event_message", firmware, "services of a vendor's cloud and parts of one product"},
	{"request, umqtt, ntptime", firmware, "in Python, on top of usocket: put the files on the flash"},
	{"ql_fs, app_fota, app_fota_download, app_fota_updater, backup_restore, bak_util", firmware, "in Python, parts of the firmware's own start-up and of app upgrades"},
	{"base64, checksum, file_crc32, file_sha256, hashlib.py, hmac, unzip, utils, hmacSha1", firmware, "helpers in Python, or documented nowhere"},
	{"ussl", firmware, "sockets speak no TLS; https is fota's"},
	{"example", firmware, "a template for authors of modules"},
	{"webrepl, btree, ubluetooth, ffi, jni, termios, upip", unix, "the firmware has none"},
	{"framebuf, umachine", unix, "the standard build has no framebuf, and machine is its name here"},
}

func (e entry) scripts() []string {
	if e.goldens == nil {
		return []string{e.name}
	}
	return e.goldens
}
