// Package text turns values into text and text into values exactly as
// MicroPython 1.13 does: numbers, quoted strings, the two formatting languages
// (the % operator and str.format), UTF-8 indexing, and the hash functions that
// fix the iteration order of its dicts.
//
// It knows nothing of interpreter values. Callers hand in Go numbers, strings
// and byte slices, or an [Args] that answers questions about the arguments of
// a format string. All Append functions write to the end of dst and return
// the extended slice.
//
// The reference is the unix port of MicroPython 1.13: 64-bit words, float
// as double, long integers by MPZ, detailed error texts, unicode strings.
// The last digits of its float text come from its own chain of double
// operations and differ from a correctly rounded printer, so that chain is
// re-created operation by operation.
package text
