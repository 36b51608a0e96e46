package scenario

import (
	"os"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// everySection has each kind of table once.
const everySection = `
device = {}
network = {}
flash.worn = [{}]
file = [{}]
link.apns = [{}]
host = [{ fault = [{}] }]
battery.points = [{}]
event = [{ fault = {}, do = "host-fault" }, { do = "wear-out" }, { do = "pin" }]
`

// The document describes every key that is read, and every choice, under the
// head of its section.
func TestEveryKeyIsDocumented(t *testing.T) {
	page, err := os.ReadFile("../../docs/scenario.md")
	require.NoError(t, err)
	sections := map[string]string{}
	for part := range strings.SplitSeq(strings.ReplaceAll(string(page), "\r\n", "\n"), "\n#") {
		head, body, _ := strings.Cut(strings.TrimLeft(part, "# "), "\n")
		sections[strings.Trim(head, "`")] = body
	}
	items := map[string]any{}
	require.NoError(t, toml.Unmarshal([]byte(everySection), &items))
	doc := &document{file: "x", lines: index([]byte(everySection))}
	parse(&table{doc: doc, items: items}, doc)
	heads := map[string]string{
		"device": "[device]", "network": "[network]", "file[1]": "[[file]]", "link": "[link]", "link.apns[1]": "[link]", "host[1]": "[[host]]",
		"host[1].fault[1]": "[[host.fault]]", "battery": "[battery]", "battery.points[1]": "[battery]", "event[1]": "[[event]]",
		"event[1].fault": "[[host.fault]]", "event[2]": "[[event]]", "event[3]": "[[event]]", "flash": "[flash]", "flash.worn[1]": "[flash]",
	}
	keys := 0
	for _, table := range doc.closed {
		if table.path == "" {
			for _, name := range table.known {
				assert.Contains(t, string(page), "["+name+"]", "section %s", name)
			}
			continue
		}
		head, ok := heads[table.path]
		require.True(t, ok, table.path)
		body, ok := sections[head]
		require.True(t, ok, "docs/scenario.md has no section %s", head)
		for _, name := range table.known {
			keys++
			assert.Contains(t, body, "`"+name, "docs/scenario.md, %s", head)
		}
	}
	assert.Greater(t, keys, 45)
	for _, k := range ActionKinds {
		assert.Contains(t, sections["[[event]]"], "| `"+string(k)+"` |")
	}
	for _, part := range parts() {
		assert.Contains(t, sections["[flash]"], "`"+part+"`")
	}
	for _, k := range faultKinds {
		assert.Contains(t, sections["[[host.fault]]"], "| `"+string(k)+"` |")
	}
}
