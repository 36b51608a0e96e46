package page_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"qpy/cmd/qpy/internal/page"
)

const sample = "# m - a module\n\n**示例**：\n\n```python\n# first light\nimport m\nm()\n```\n\n" +
	"### m.go\n\n```python\nm.go(speed=)\n```\n\n**返回值描述：**\n\n- 0\n\n**示例**：\n\n```python\nm.go(1)\n```\n\n" +
	"### m.stop\n```python\nm.stop()\n```\n```sh\nls\n```\n**Example:**\n~~~\nm.stop()\n~~~\n"

func TestBlocks(t *testing.T) {
	blocks := page.Parse(sample)
	require.Len(t, blocks, 5)
	want := []page.Block{
		{Line: 5, Heading: "m - a module", Title: "first light", Kind: page.Example, Code: "# first light\nimport m\nm()\n"},
		{Line: 13, Heading: "m.go", Title: "m.go(speed=)", Kind: page.Signature, Code: "m.go(speed=)\n"},
		{Line: 23, Heading: "m.go", Title: "m.go", Kind: page.Example, Code: "m.go(1)\n"},
		{Line: 28, Heading: "m.stop", Title: "m.stop()", Kind: page.Signature, Code: "m.stop()\n"},
		{Line: 35, Heading: "m.stop", Title: "m.stop", Kind: page.Example, Code: "m.stop()\n"},
	}
	assert.Equal(t, want, blocks)
}

func TestSameInCRLFWithBOM(t *testing.T) {
	crlf := "\ufeff"
	for _, r := range sample {
		if r == '\n' {
			crlf += "\r"
		}
		crlf += string(r)
	}
	assert.Equal(t, page.Parse(sample), page.Parse(crlf))
}

func TestUnclosedFenceRunsToTheEnd(t *testing.T) {
	blocks := page.Parse("```python\nx = 1\n")
	require.Len(t, blocks, 1)
	assert.Equal(t, "x = 1\n\n", blocks[0].Code)
}

func FuzzParse(f *testing.F) {
	f.Add(sample)
	f.Add("```")
	f.Fuzz(func(t *testing.T, text string) {
		for _, b := range page.Parse(text) {
			if b.Line < 1 {
				t.Fatal("a block without a line")
			}
		}
	})
}

func TestModelsOfASection(t *testing.T) {
	text := "# m\n```python\na()\n```\n## m.go\n```python\nb()\n```\n该接口目前支持平台：BG95。\n" +
		"## m.stop\n```python\nc()\n```\n目前支持平台：EC600N/EC800N。\n"
	blocks := page.Parse(text)
	require.Len(t, blocks, 3)
	assert.Nil(t, blocks[0].Models)
	assert.Equal(t, []string{"BG95"}, blocks[1].Models)
	assert.Equal(t, []string{"EC600N", "EC800N"}, blocks[2].Models)
}
