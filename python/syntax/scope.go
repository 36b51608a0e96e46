package syntax

import "github.com/go-python/gpython/ast"

// scopeKind is the kind of a block of names, in the order of py/scope.h.
type scopeKind uint8

const (
	scopeModule scopeKind = iota
	scopeClass
	scopeLambda
	scopeListComp
	scopeDictComp
	scopeSetComp
	scopeGenExpr
	scopeFunction
)

// funcLike tells whether names that are assigned in the scope are local to it.
func (k scopeKind) funcLike() bool { return k >= scopeLambda }

// compLike tells whether the scope is that of a comprehension.
func (k scopeKind) compLike() bool { return scopeListComp <= k && k <= scopeGenExpr }

var scopeNames = [...]string{
	scopeModule:   "<module>",
	scopeLambda:   "<lambda>",
	scopeListComp: "<listcomp>",
	scopeDictComp: "<dictcomp>",
	scopeSetComp:  "<setcomp>",
	scopeGenExpr:  "<genexpr>",
}

// identKind is what an identifier is to its scope.
type identKind uint8

const (
	identUndecided identKind = iota
	identGlobalImplicit
	identGlobalExplicit
	identLocal
	identCell
	identFree
)

// ident is an identifier of a scope.
type ident struct {
	name string
	kind identKind
	use  identUse
}

type identUse uint8

const (
	useParam  identUse = 1 << iota
	useLoad            // read, or deleted
	useStore           // bound
	useUpdate          // bound by an augmented assignment
)

// scope is a block of names: its table follows scope_t of py/scope.c.
type scope struct {
	kind   scopeKind
	parent *scope
	node   ast.Ast
	name   string
	line   int // of the errors that have no line of their own

	idents []ident
	index  map[string]int // of idents, once there are many
}

// manyIdents is the number of identifiers from which on they are indexed.
const manyIdents = 12

func (s *scope) find(name string) *ident {
	if s.index != nil {
		if i, ok := s.index[name]; ok {
			return &s.idents[i]
		}
		return nil
	}
	for i := range s.idents {
		if s.idents[i].name == name {
			return &s.idents[i]
		}
	}
	return nil
}

// findOrAdd returns the identifier, which is of the given kind if it is new.
// The pointer holds until the next call.
func (s *scope) findOrAdd(name string, kind identKind) *ident {
	if id := s.find(name); id != nil {
		return id
	}
	s.idents = append(s.idents, ident{name: name, kind: kind})
	n := len(s.idents)
	if s.index != nil {
		s.index[name] = n - 1
	} else if n > manyIdents {
		s.index = make(map[string]int, 2*n)
		for i := range s.idents {
			s.index[s.idents[i].name] = i
		}
	}
	return &s.idents[n-1]
}

func (s *scope) load(name string) {
	s.findOrAdd(name, identGlobalImplicit).use |= useLoad
}

func (s *scope) store(name string, use identUse) {
	id := s.findOrAdd(name, identGlobalImplicit)
	id.use |= use
	if s.kind.funcLike() && id.kind == identGlobalImplicit {
		id.kind = identLocal
	}
}

// closeOver makes id a free variable if a function around s has it.
func (s *scope) closeOver(id *ident) {
	if s.parent == nil {
		return
	}
	for p := s.parent; p.parent != nil; p = p.parent {
		outer := p.find(id.name)
		if outer == nil {
			continue
		}
		switch outer.kind {
		case identLocal, identCell, identFree:
			id.kind = identFree
			s.closeOverInParents(id.name)
		}
		return
	}
}

func (s *scope) closeOverInParents(name string) {
	for p := s.parent; p.parent != nil; p = p.parent {
		id := p.findOrAdd(name, identUndecided)
		if id.kind != identUndecided {
			if id.kind == identLocal {
				id.kind = identCell
			}
			return
		}
		id.kind = identFree
	}
}

// close is done when the body of the scope was gone through.
func (s *scope) close() {
	for i := range s.idents {
		if s.idents[i].kind == identGlobalImplicit {
			s.closeOver(&s.idents[i])
		}
	}
}
