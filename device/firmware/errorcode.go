package firmware

import (
	"errors"

	"qpy/device/firmware/delta"
	"qpy/device/network"
)

// Error codes that args[1] of the callback carries on the models where it is
// an error code. Quectel's fota document does not list the codes; qpy numbers
// them after the result codes of HTTP(S) downloads in Quectel's AT command
// manuals, and continues these for what can be wrong with a package.
const (
	CodeUnknown     = 701 // any failure that has no code of its own
	CodeTimeout     = 702
	CodeNoBearer    = 709 // no coverage, or a wrong APN
	CodeTLS         = 710
	CodeBadURL      = 711
	CodeUnknownHost = 714
	CodeRefused     = 716 // the connection was refused
	CodeCut         = 719 // the connection broke, or the body was short
	CodeStatus      = 723 // the server answered without the file
	CodeCancelled   = 730
	CodeEmpty       = 801
	CodeTooLarge    = 802 // larger than the upgrade slot
	CodeDamaged     = 803
	CodeMismatch    = 804 // for another model, another version, or another kind of upgrade
	CodeForeign     = 805 // not in qpy's format, refused by --strict
	CodeSignature   = 806 // not signed, or not by whom the device trusts
)

var networkCodes = [...]int{
	network.BadURL:      CodeBadURL,
	network.NoBearer:    CodeNoBearer,
	network.NotAllowed:  CodeUnknownHost,
	network.UnknownHost: CodeUnknownHost,
	network.Refused:     CodeRefused,
	network.TLS:         CodeTLS,
	network.Status:      CodeStatus,
	network.Redirect:    CodeStatus,
	network.Changed:     CodeStatus,
	network.Timeout:     CodeTimeout,
	network.Cut:         CodeCut,
	network.Short:       CodeCut,
	network.Cancelled:   CodeCancelled,
}

// ErrorCode is the code of why a download failed.
func ErrorCode(err error) int {
	var (
		net       *network.Error
		large     *TooLargeError
		damage    *DamageError
		mismatch  *MismatchError
		signature *SignatureError
		patch     *delta.FormatError
		image     *delta.TooLargeError
	)
	switch {
	case errors.As(err, &net):
		if k := net.Kind; k >= 0 && int(k) < len(networkCodes) && networkCodes[k] != 0 {
			return networkCodes[k]
		}
	case errors.Is(err, ErrEmpty):
		return CodeEmpty
	case errors.As(err, &large), errors.As(err, &image):
		return CodeTooLarge
	case errors.As(err, &damage), errors.As(err, &patch):
		return CodeDamaged
	case errors.As(err, &mismatch):
		return CodeMismatch
	case errors.As(err, &signature), errors.Is(err, ErrUnsigned):
		return CodeSignature
	case errors.Is(err, ErrForeign):
		return CodeForeign
	}
	return CodeUnknown
}
