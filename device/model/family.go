package model

import "time"

// family is what the models of one platform share.
type family struct {
	platform   Platform
	rate       int64
	rateSource string
	language   Language
	langSource string
	slot       int64
}

// machine is what module machine has on the models of a platform: what the
// #if of modmachine.c leave of it.
func (f *family) machine() Machine {
	return Machine{
		RTC:      f.platform != Qualcomm,
		Watchdog: f.platform != Qualcomm && f.platform != RDA,
		Unix:     f.platform == NoPlatform,
	}
}

// network is what the models on one kind of network share.
type network struct {
	link   Link
	source string
}

const (
	sourceIIC       = "loops a microsecond in machine_iic_simulation.c, at 20 loops an instruction"
	sourceConfig    = "mpconfigport.h"
	sourceUnix      = "MicroPython 1.13's standard unix build"
	sourceFacts     = "QuecPython's published 2021 firmware"
	sourceFOTA      = "Quectel's fota document"
	sourceChoice    = "qpy's choice"
	modelBuildDate  = "v1.13 on 2020-06-23"
	factoryVersion  = "V0001"
	release         = "1.13.0"
	batteryNominal  = 3800 // mV: the typical supply of Quectel's hardware designs
	eraseBlock      = 4096
	usrBlocks       = 256
	bakBlocks       = 64
	ramBuffer       = 4096
	restartDelay    = time.Second
	kibi, mebi      = 1 << 10, 1 << 20
	smallSlot       = 2 * mebi
	kilobitInBytes  = 1000 / 8
	megabitInBytes  = 1000 * kilobitInBytes
	loopsPerInstr   = 20
	microsPerSecond = 1_000_000
)

// loopsAMicro turns the firmware's own measurement, empty C loops a
// microsecond, into MicroPython instructions a second. 20 loops an
// instruction is qpy's estimate; the ratio between platforms is measured.
const loopsAMicro = microsPerSecond / loopsPerInstr

var (
	moduleLanguage = Language{HashBytes: 1, Extras: true, FixedNames: true, MaxSize: 1<<31 - 1}
	unixLanguage   = Language{HashBytes: 2, Frozenset: true, Reversed: true, DictFromKeys: true, Extras: true, MaxSize: 1<<63 - 1}
)

var (
	none = family{NoPlatform, 76 * loopsAMicro, sourceChoice + ": the speed of an EC600U", unixLanguage, sourceUnix, 32 * mebi}
	asr  = family{ASR, 43 * loopsAMicro, sourceIIC + " (EC600N)", moduleLanguage, sourceConfig, smallSlot}
	// The newer chips have no measurement in the source; they take their nearest relative's.
	asr1803s = family{ASR1803S, 76 * loopsAMicro, sourceChoice + ": the speed of an EC600U", moduleLanguage, sourceConfig, 8 * mebi}
	unisoc   = family{Unisoc, 76 * loopsAMicro, sourceIIC + " (EC600U)", moduleLanguage, sourceConfig, smallSlot}
	eigen    = family{Eigen, 43 * loopsAMicro, sourceChoice + ": the speed of an EC600N", moduleLanguage, sourceConfig, smallSlot}
	rda      = family{RDA, 6 * loopsAMicro, sourceIIC + " (BC25PA)", moduleLanguage, sourceConfig, mebi}
	qualcomm = family{Qualcomm, 122 * loopsAMicro, sourceIIC + " (BG95, there called unreliable)", moduleLanguage, sourceConfig, smallSlot}
)

var (
	cat1 = network{Link{[]Network{LTECat1}, 10 * megabitInBytes, 60 * time.Millisecond},
		"LTE Cat 1 peak downlink 10 Mbit/s (3GPP TS 36.306); the round trip is qpy's choice"}
	cat4 = network{Link{[]Network{LTECat4}, 150 * megabitInBytes, 40 * time.Millisecond},
		"LTE Cat 4 peak downlink 150 Mbit/s (3GPP TS 36.306); the round trip is qpy's choice"}
	nb = network{Link{[]Network{NBIoT}, 127 * kilobitInBytes, 800 * time.Millisecond},
		"LTE Cat NB2 peak downlink 127 kbit/s (BC25 and BG95 specifications); the round trip is qpy's choice"}
	lpwa = network{Link{[]Network{NBIoT, LTECatM, GSM}, 127 * kilobitInBytes, 800 * time.Millisecond},
		"BG95 specification: 127 kbit/s downlink on LTE Cat NB2 (588 kbit/s on Cat M1); the round trip is qpy's choice"}
)
