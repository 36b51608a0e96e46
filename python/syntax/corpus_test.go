package syntax

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-python/gpython/ast"
	gparser "github.com/go-python/gpython/parser"
	"github.com/go-python/gpython/py"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func corpus(t testing.TB) []string {
	files, err := filepath.Glob("testdata/corpus/*.py")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(files), 40)
	return files
}

// On programs that both accept, the tree is that of gpython's parser.
func TestTreeEqualsGpython(t *testing.T) {
	for _, file := range corpus(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".py"), func(t *testing.T) {
			src, err := os.ReadFile(file)
			require.NoError(t, err)
			want, err := gparser.Parse(bytes.NewReader(src), file, py.ExecMode)
			require.NoError(t, err)
			got, err := Parse(src, file, Exec)
			require.NoError(t, err)
			wantBody, gotBody := want.(*ast.Module).Body, got.(*ast.Module).Body
			for i := range min(len(wantBody), len(gotBody)) {
				if !assert.Equal(t, ast.Dump(wantBody[i]), ast.Dump(gotBody[i])) {
					return
				}
				assert.Equal(t, wantBody[i].GetLineno(), gotBody[i].GetLineno(), ast.Dump(gotBody[i]))
			}
			assert.Equal(t, len(wantBody), len(gotBody))
		})
	}
}
