package syntax

// token is a kind of token, as the scanner hands it to the parser.
type token uint8

const (
	tokEnd token = iota
	tokInvalid
	tokMismatch // a dedent to a column at which no block stands
	tokNewline
	tokIndent
	tokDedent

	tokName
	tokInteger
	tokFloat // or imaginary
	tokString
	tokBytes
	tokEllipsis

	tokFalse
	tokNone
	tokTrue
	tokAnd
	tokAs
	tokAssert
	tokAsync
	tokAwait
	tokBreak
	tokClass
	tokContinue
	tokDef
	tokDel
	tokElif
	tokElse
	tokExcept
	tokFinally
	tokFor
	tokFrom
	tokGlobal
	tokIf
	tokImport
	tokIn
	tokIs
	tokLambda
	tokNonlocal
	tokNot
	tokOr
	tokPass
	tokRaise
	tokReturn
	tokTry
	tokWhile
	tokWith
	tokYield

	tokLparen
	tokRparen
	tokLbrack
	tokRbrack
	tokLbrace
	tokRbrace
	tokComma
	tokSemi
	tokColon
	tokPeriod
	tokArrow
	tokWalrus // :=
	tokTilde

	// The comparisons that are one token.
	tokLess
	tokMore
	tokEqual
	tokLessEqual
	tokMoreEqual
	tokNotEqual

	// Binary operators and their assignments, in the same order.
	tokPipe
	tokCaret
	tokAmp
	tokLshift
	tokRshift
	tokPlus
	tokMinus
	tokStar
	tokAt
	tokSlash
	tokPercent
	tokDblSlash
	tokDblStar
	tokPipeAssign
	tokCaretAssign
	tokAmpAssign
	tokLshiftAssign
	tokRshiftAssign
	tokPlusAssign
	tokMinusAssign
	tokStarAssign
	tokAtAssign
	tokSlashAssign
	tokPercentAssign
	tokDblSlashAssign
	tokDblStarAssign

	tokAssign
	tokCount
)

// keyword returns the token of a name: a keyword's own, else tokName.
// __debug__ is True, as without optimisation.
func keyword(s string) token {
	if len(s) < 2 || len(s) > 9 {
		return tokName
	}
	switch s {
	case "False":
		return tokFalse
	case "None":
		return tokNone
	case "True", "__debug__":
		return tokTrue
	case "and":
		return tokAnd
	case "as":
		return tokAs
	case "assert":
		return tokAssert
	case "async":
		return tokAsync
	case "await":
		return tokAwait
	case "break":
		return tokBreak
	case "class":
		return tokClass
	case "continue":
		return tokContinue
	case "def":
		return tokDef
	case "del":
		return tokDel
	case "elif":
		return tokElif
	case "else":
		return tokElse
	case "except":
		return tokExcept
	case "finally":
		return tokFinally
	case "for":
		return tokFor
	case "from":
		return tokFrom
	case "global":
		return tokGlobal
	case "if":
		return tokIf
	case "import":
		return tokImport
	case "in":
		return tokIn
	case "is":
		return tokIs
	case "lambda":
		return tokLambda
	case "nonlocal":
		return tokNonlocal
	case "not":
		return tokNot
	case "or":
		return tokOr
	case "pass":
		return tokPass
	case "raise":
		return tokRaise
	case "return":
		return tokReturn
	case "try":
		return tokTry
	case "while":
		return tokWhile
	case "with":
		return tokWith
	case "yield":
		return tokYield
	}
	return tokName
}
