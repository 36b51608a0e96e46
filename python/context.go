package python

import (
	"sync"

	"github.com/go-python/gpython/compile"
	"github.com/go-python/gpython/py"
	_ "github.com/go-python/gpython/stdlib/builtin" // registers the builtins module
	"github.com/go-python/gpython/vm"
)

func init() {
	py.Compile = compile.Compile
}

// context is gpython's py.Context over the files and streams of one Interp.
// gpython's own context reads the host's file system, which no script may.
type context struct {
	in        *Interp
	store     *py.ModuleStore
	closeOnce sync.Once
	done      chan struct{}
}

func newContext(in *Interp) (*context, error) {
	c := &context{in: in, store: py.NewModuleStore(), done: make(chan struct{})}
	if _, err := c.ModuleInit(py.GetModuleImpl("builtins")); err != nil {
		return nil, err
	}
	c.installBuiltins(c.store.Builtins)
	return c, nil
}

// ModuleInit makes this context's instance of a module and runs its code.
func (c *context) ModuleInit(impl *py.ModuleImpl) (*py.Module, error) {
	code := impl.Code
	if code == nil && impl.CodeSrc != "" {
		var err error
		if code, err = py.Compile(impl.CodeSrc, impl.Info.FileDesc, py.ExecMode, 0, true); err != nil {
			return nil, err
		}
	}
	m, err := c.store.NewModule(c, impl)
	if err != nil {
		return nil, err
	}
	if code != nil {
		if _, err := c.RunCode(code, m.Globals, m.Globals, nil); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// ResolveAndCompile finds a script on Options.Files only.
func (c *context) ResolveAndCompile(pathname string, opts py.CompileOpts) (py.CompileOut, error) {
	src, err := c.readSource(pathname)
	if err != nil {
		return py.CompileOut{}, err
	}
	code, err := py.Compile(src, pathname, py.ExecMode, 0, true)
	if err != nil {
		return py.CompileOut{}, err
	}
	return py.CompileOut{SrcPathname: pathname, FileDesc: pathname, Code: code}, nil
}

// RunCode evaluates code in the given scopes.
func (c *context) RunCode(code *py.Code, globals, locals py.StringDict, closure py.Tuple) (py.Object, error) {
	return vm.EvalCode(c, code, globals, locals, nil, nil, nil, nil, closure)
}

// GetModule gives a module that was imported already.
func (c *context) GetModule(name string) (*py.Module, error) { return c.store.GetModule(name) }

// Store gives the modules of this context.
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

func (c *context) runMain(file string, src []byte) error {
	text, err := NormalizeSource(file, src)
	if err != nil {
		return err
	}
	code, err := py.Compile(text+"\n", file, py.ExecMode, 0, true)
	if err != nil {
		return err
	}
	m, err := c.store.GetModule(py.MainModuleName)
	if err != nil {
		m, err = c.store.NewModule(c, &py.ModuleImpl{Info: py.ModuleInfo{Name: py.MainModuleName, FileDesc: file}})
	}
	if err != nil {
		return err
	}
	_, err = c.RunCode(code, m.Globals, m.Globals, nil)
	return err
}
