package syntax

import "github.com/go-python/gpython/ast"

// Names tells which names the code of a tree that Parse returned binds at
// module level, and which it takes from elsewhere; both in the order in which
// the code mentions them, functions after the module.
//
// Binds are the targets of assignments, loops, with and except, imports,
// definitions, and the names that a function declares global and assigns. "*"
// stands for what "from m import *" binds.
//
// Uses are the names, built-in ones as well, that the module or any function,
// class, lambda or comprehension in it reads or deletes and that no code around
// binds. A name that the module binds by augmented assignment only (n += 1) is
// in both.
//
// Code that never runs ("if 0:") counts as well. Annotations do not: MicroPython
// does not evaluate them.
func Names(mod ast.Mod) (binds, uses []string) {
	c := checker{everything: true}
	var scopes []*scope
	c.queue = []*scope{{kind: scopeModule, node: mod}}
	for len(c.queue) > 0 {
		c.cur = c.queue[0]
		c.queue = c.queue[1:]
		c.scopeBody()
		c.cur.close()
		scopes = append(scopes, c.cur)
	}
	module := scopes[0]
	bound := map[string]identUse{}
	bind := func(id *ident) {
		if id.use&(useStore|useUpdate) == 0 {
			return
		}
		if bound[id.name] == 0 {
			binds = append(binds, id.name)
		}
		bound[id.name] |= id.use & (useStore | useUpdate)
	}
	for _, s := range scopes {
		for i := range s.idents {
			if id := &s.idents[i]; s == module || id.kind == identGlobalExplicit {
				bind(id)
			}
		}
	}
	seen := map[string]bool{}
	for _, s := range scopes {
		for i := range s.idents {
			id := &s.idents[i]
			switch {
			case id.kind != identGlobalImplicit && id.kind != identGlobalExplicit:
				continue // it belongs to a function
			case s.kind == scopeClass && id.kind == identGlobalImplicit && id.use&useStore != 0:
				continue // it belongs to the class
			case id.use&useLoad == 0 || bound[id.name]&useStore != 0 || seen[id.name]:
				continue
			}
			seen[id.name] = true
			uses = append(uses, id.name)
		}
	}
	return binds, uses
}
