package python

import (
	"sync"

	"github.com/go-python/gpython/py"
)

// context is gpython's py.Context, as far as native modules need one: it holds
// their instances, and leads from a module to its interpreter. It compiles and
// runs nothing; the engine does.
type context struct {
	in        *Interp
	store     *py.ModuleStore
	closeOnce sync.Once
	done      chan struct{}
}

func newContext(in *Interp) *context {
	return &context{in: in, store: py.NewModuleStore(), done: make(chan struct{})}
}

// errNoCode answers for what only gpython's own evaluator can do.
func errNoCode() error {
	return py.ExceptionNewf(py.NotImplementedError, "gpython code objects do not run on this engine: register native modules without code")
}

// ModuleInit makes this interpreter's instance of a native module.
func (c *context) ModuleInit(impl *py.ModuleImpl) (*py.Module, error) {
	if impl.Code != nil || impl.CodeSrc != "" || impl.CodeBuf != nil {
		return nil, errNoCode()
	}
	return c.store.NewModule(c, impl)
}

// ResolveAndCompile is gpython's own evaluator's affair.
func (c *context) ResolveAndCompile(string, py.CompileOpts) (py.CompileOut, error) {
	return py.CompileOut{}, errNoCode()
}

// RunCode is gpython's own evaluator's affair.
func (c *context) RunCode(*py.Code, py.StringDict, py.StringDict, py.Tuple) (py.Object, error) {
	return nil, errNoCode()
}

// GetModule gives a native module that was imported already.
func (c *context) GetModule(name string) (*py.Module, error) { return c.store.GetModule(name) }

// Store gives the native modules of this interpreter.
func (c *context) Store() *py.ModuleStore { return c.store }

// Close lets every module release what it holds.
func (c *context) Close() error {
	c.closeOnce.Do(func() {
		c.store.OnContextClosed()
		close(c.done)
	})
	return nil
}

// Done is closed once Close has run.
func (c *context) Done() <-chan struct{} { return c.done }
