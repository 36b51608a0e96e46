package model

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/agnivade/levenshtein"
)

// UnknownError says that no model has a name, and which names come near.
type UnknownError struct {
	Name    string
	Nearest []string // nearest first, never empty
}

func (e *UnknownError) Error() string {
	return fmt.Sprintf("unknown device %q; did you mean %s? All: %s",
		e.Name, strings.Join(e.Nearest, ", "), strings.Join(Names(), " "))
}

// made are the models of the rows, made when they are first asked for and only read
// after that. They are no part of the rows, so that no page of these is written to.
var made [len(rows)]struct {
	once sync.Once
	*Model
}

func modelOf(i int) *Model {
	m := &made[i]
	m.once.Do(func() { m.Model = rows[i].build() })
	return m.Model
}

func (r *row) build() *Model {
	node := r.nodename
	if node == "" {
		node = r.name
	}
	fota := r.fota
	fota.RestartDelay = restartDelay
	return &Model{
		Name:     r.name,
		Platform: r.family.platform,
		Identity: Identity{
			Sysname:  r.sysname,
			Nodename: node,
			Release:  release,
			Version:  modelBuildDate,
			Machine:  node + " with QUECTEL",
			QpyVer:   factoryVersion,
		},
		FOTA:     fota,
		Power:    Power{DownReason: !r.noDownReason, KeyReleaseOnly: r.keyRelease, Battery: batteryNominal},
		Machine:  r.family.machine(),
		Language: r.family.language,
		Flash: Flash{
			EraseBlock: eraseBlock,
			UsrBlocks:  usrBlocks,
			BakBlocks:  bakBlocks,
			SlotSize:   r.family.slot,
			RAMBuffer:  ramBuffer,
		},
		Link: r.network.link,
		Rate: r.family.rate,
		row:  r,
	}
}

// All returns the models in the table's order, the generic one first.
func All() []*Model {
	models := make([]*Model, len(rows))
	for i := range rows {
		models[i] = modelOf(i)
	}
	return models
}

// Names returns the models' names in the table's order.
func Names() []string {
	names := make([]string, len(rows))
	for i := range rows {
		names[i] = rows[i].name
	}
	return names
}

// With returns the names of the models for which has is true: for a note
// that tells a user which models have what his lacks.
func With(has func(*Model) bool) []string {
	var names []string
	for _, m := range All() {
		if has(m) {
			names = append(names, m.Name)
		}
	}
	return names
}

// Lookup returns the model of a name; case does not matter, and a dash is
// read over, so "ec600n-cnlc" is EC600NCNLC. "" is the generic model. The
// error is an *UnknownError.
func Lookup(name string) (*Model, error) {
	if name == "" {
		name = Generic
	}
	key := fold(name)
	for i := range rows {
		if fold(rows[i].name) == key {
			return modelOf(i), nil
		}
	}
	return nil, &UnknownError{Name: name, Nearest: nearest(key)}
}

func fold(name string) string {
	return strings.ToUpper(strings.ReplaceAll(strings.TrimSpace(name), "-", ""))
}

// nearest returns up to three names, the ones with the fewest edits first.
func nearest(key string) []string {
	const most = 3
	names := Names()
	distance := func(name string) int { return levenshtein.ComputeDistance(key, fold(name)) }
	slices.SortStableFunc(names, func(a, b string) int { return distance(a) - distance(b) })
	best := distance(names[0])
	near := names[:0]
	for _, name := range names {
		if len(near) < most && distance(name) <= best+1 {
			near = append(near, name)
		}
	}
	return near
}
