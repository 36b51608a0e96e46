package compile

import (
	"strings"

	"qpy/python/object"
)

// isKeyword reports whether a word is no name to MicroPython's string table.
func isKeyword(word string) bool {
	switch word {
	case "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif",
		"else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or",
		"pass", "raise", "return", "try", "while", "with", "yield":
		return true
	}
	return false
}

// internNames interns the names and the short strings of a source text in their
// order, as MicroPython does while it reads. The order shows in dir(). src must
// be free of syntax errors.
func internNames(in *object.Interp, src string, step func()) {
	for i := 0; i < len(src); {
		step()
		c := src[i]
		switch {
		case c == '#':
			n := strings.IndexByte(src[i:], '\n')
			if n < 0 {
				return
			}
			i += n
		case c == '\'' || c == '"':
			i = internString(in, src, i, false)
		case isDigit(c):
			for i < len(src) && (isLetter(src[i]) || isDigit(src[i]) || src[i] == '.') {
				i++
			}
		case isLetter(c):
			start := i
			for i < len(src) && (isLetter(src[i]) || isDigit(src[i])) {
				i++
			}
			word := src[start:i]
			if i < len(src) && (src[i] == '\'' || src[i] == '"') && len(word) <= 2 && strings.Trim(word, "rRbBuU") == "" {
				i = internString(in, src, i, strings.ContainsAny(word, "bB"))
			} else if !isKeyword(word) {
				in.Intern(word)
			}
		default:
			i++
		}
	}
}

// internString interns the string whose first quote is at src[i], unless it is
// a bytes object, long or has escapes, and returns where it ends.
func internString(in *object.Interp, src string, i int, isBytes bool) int {
	quote := src[i : i+1]
	if strings.HasPrefix(src[i:], strings.Repeat(quote, 3)) {
		quote = strings.Repeat(quote, 3)
	}
	start := i + len(quote)
	for i = start; i < len(src); i++ {
		switch {
		case src[i] == '\\':
			isBytes = true
			i++
		case strings.HasPrefix(src[i:], quote):
			if !isBytes && i-start <= internLen {
				in.Intern(src[start:i])
			}
			return i + len(quote)
		}
	}
	return len(src)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80
}
