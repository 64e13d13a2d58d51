package main

import (
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/chroniccare/chroniccare/stratify"
	"github.com/chroniccare/chroniccare/stratify/cvd"
	"github.com/chroniccare/chroniccare/stratify/points"
	"github.com/chroniccare/chroniccare/stratify/readmission"
)

// scorer is a model that the program offers.
type scorer struct {
	name, title, source string
	status              string // how the figures were confirmed
	inputs              []field
	of                  func(*patient) stratify.Score
}

// scorers makes all models on offer, the user's own first.
func scorers(c config) (out []scorer, err error) {
	if c.definition != "" {
		m, err := define(c.definition)
		if err != nil {
			return nil, err
		}
		out = append(out, equation(m))
	}
	codes, err := codeScorers()
	if err != nil {
		return nil, err
	}
	out = append(out, codes...)
	for _, load := range []func() ([]*stratify.Model, error){readmission.Models, points.Models, cvd.Models} {
		models, err := load()
		if err != nil {
			return nil, err
		}
		for _, m := range models {
			out = append(out, equation(m))
		}
	}
	if c.unconfirmed {
		for _, name := range readmission.UnconfirmedNames() {
			m, err := readmission.NewUnconfirmed(name)
			if err != nil {
				return nil, err
			}
			out = append(out, equation(m))
		}
	}
	return out, nil
}

// equation is a model on named inputs; what else the patient's line holds is for others.
func equation(m *stratify.Model) scorer {
	d := m.Definition()
	s := scorer{name: d.Name, title: d.Title, source: d.Source, status: d.Status}
	if d.Licence != "" {
		s.status += "; " + d.Licence
	}
	if d.Outcome != "" {
		s.title += ": " + d.Outcome
	}
	for _, in := range d.Inputs {
		s.inputs = append(s.inputs, field{in.Name, describe(in)})
	}
	s.of = func(p *patient) stratify.Score {
		mine, refused := stratify.Inputs{}, map[string]string{}
		for _, in := range d.Inputs {
			v := p.inputs[in.Name]
			if v.text == "" {
				continue
			}
			x, ok := v.datum(in)
			if mine[in.Name] = x; !ok {
				refused[in.Name] = v.refused(in)
			}
		}
		x := m.Score(mine)
		for i := range x.Issues {
			if why, ok := refused[x.Issues[i].Input]; ok {
				x.Issues[i].Detail = why
			}
		}
		return x
	}
	return s
}

func describe(in stratify.Input) string {
	s := fmt.Sprintf("%-8s", in.Kind)
	units := []string{in.Unit}
	for _, u := range in.Units {
		units = append(units, u.Name)
	}
	if in.Unit != "" {
		s += " " + strings.Join(units, " or ")
	}
	if in.Kind == stratify.Flag || in.Kind == stratify.Category {
		s += " " + words(in)
	}
	if in.Low != nil {
		s += fmt.Sprintf(", from %v", *in.Low)
	}
	if in.High != nil {
		s += fmt.Sprintf(", to %v", *in.High)
	}
	if in.Optional {
		s += ", optional"
	}
	if in.Label != "" {
		s += " (" + in.Label + ")"
	}
	return s
}

// pick chooses models by names and patterns, in the order asked for.
func pick(all []scorer, patterns string) (out []scorer, err error) {
	have := map[string]bool{}
	for _, p := range strings.Split(patterns, ",") {
		p = strings.TrimSpace(p)
		for _, s := range all {
			if ok, err := path.Match(p, s.name); err != nil {
				return nil, fmt.Errorf("%w: %q: %w", errUsage, p, err)
			} else if ok && !have[s.name] {
				out, have[s.name] = append(out, s), true
			}
		}
		if !anyMatch(all, p) {
			return nil, fmt.Errorf("%w: no model %q: see -model list", errUsage, p)
		}
	}
	return out, nil
}

func anyMatch(all []scorer, p string) bool {
	for _, s := range all {
		if ok, _ := path.Match(p, s.name); ok {
			return true
		}
	}
	return false
}

func list(all []scorer, w io.Writer) error {
	for _, s := range all {
		if _, err := fmt.Fprintf(w, "%-44s %s [%s]\n", s.name, s.title, s.source); err != nil {
			return err
		}
	}
	return nil
}

func inputs(all []scorer, name string, w io.Writer) error {
	for _, s := range all {
		if s.name == name {
			fmt.Fprintf(w, "%s: %s\n%s\n", s.name, s.title, s.source)
			if s.status != "" {
				fmt.Fprintln(w, s.status)
			}
			for _, f := range s.inputs {
				fmt.Fprintf(w, "  %-28s %s\n", f.name, f.takes)
			}
			_, err := fmt.Fprintln(w, "and id; what is not given is left out or null")
			return err
		}
	}
	return fmt.Errorf("%w: no model %q: see -model list", errUsage, name)
}

// duplicate says that a person was scored before.
func duplicate(s scorer) stratify.Score {
	return stratify.Score{Model: stratify.Reference{Name: s.name, Source: s.source}, Issues: []stratify.Issue{{Code: stratify.DuplicatePerson, Detail: "the first line of this person counts"}}}
}
