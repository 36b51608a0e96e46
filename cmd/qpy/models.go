package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"qpy/device/model"
)

func modelsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "models [MODEL…]",
		Short: "Print the table of models",
		Long: `Print the table of the models that qpy can be (qpy run --device MODEL): what
each one's firmware supports and how large and fast it is.

With names, print all of each model with the source of every fact: Quectel's
document and its section, a source file of the published firmware, or qpy's
choice where neither says anything.`,
		Example: "  qpy models\n  qpy models EC600N BG95",
		RunE: func(cmd *cobra.Command, names []string) error {
			if len(names) == 0 {
				return printModels(cmd.OutOrStdout())
			}
			var chosen []*model.Model
			for _, name := range names {
				m, err := model.Lookup(name)
				if err != nil || name == "" {
					return usage("models: %w", orUnknown(err))
				}
				chosen = append(chosen, m)
			}
			for i, m := range chosen {
				if i > 0 {
					fmt.Fprintln(cmd.OutOrStdout())
				}
				if err := printModel(cmd.OutOrStdout(), m); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// orUnknown is the error of a name that Lookup does not take, or takes for the
// default model though nobody asked for it.
func orUnknown(err error) error {
	if err == nil {
		return fmt.Errorf("an empty name; leave it out to see all models")
	}
	return err
}

// sections say which groups of facts stand side by side.
var sections = []struct {
	title  string
	groups []string
}{
	{"Upgrade (module fota)", []string{"fota"}},
	{"Hardware", []string{"device", "link", "flash", "power", "machine"}},
	{"Identity (uos.uname) and language", []string{"uname", "language"}},
}

// printModels prints the table, a section below the other: each model a line,
// and what is the same for all of them once.
func printModels(w io.Writer) error {
	models := model.All()
	facts := make([][]model.Fact, len(models))
	for i, m := range models {
		facts[i] = m.Facts()
	}
	for i, s := range sections {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintln(w, s.title)
		var columns []int
		var same []string
		for c, fact := range facts[0] {
			group, _, _ := strings.Cut(fact.Name, ":")
			if !slices.Contains(s.groups, group) {
				continue
			}
			if slices.ContainsFunc(facts, func(f []model.Fact) bool { return f[c].Value != fact.Value }) {
				columns = append(columns, c)
			} else {
				same = append(same, fact.Short+" "+fact.Value)
			}
		}
		table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		head := []string{"model"}
		for _, c := range columns {
			head = append(head, facts[0][c].Short)
		}
		fmt.Fprintln(table, strings.Join(head, "\t"))
		for i, m := range models {
			line := []string{m.Name}
			for _, c := range columns {
				line = append(line, mark(facts[i][c].Value))
			}
			fmt.Fprintln(table, strings.Join(line, "\t"))
		}
		if err := table.Flush(); err != nil {
			return err
		}
		if len(same) > 0 {
			fmt.Fprintf(w, "all: %s\n", strings.Join(same, ", "))
		}
	}
	return nil
}

// mark makes a no easy to tell from a yes in a full table.
func mark(value string) string {
	if value == "no" {
		return "-"
	}
	return value
}

// printModel prints one model with the source of each fact.
func printModel(w io.Writer, m *model.Model) error {
	fmt.Fprintln(w, m)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, f := range m.Facts() {
		fmt.Fprintf(table, "  %s\t%s\t[%s]\n", f.Name, f.Value, f.Source)
	}
	return table.Flush()
}
