package stratify

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Reference says which model gave a score, in which version, from which source.
type Reference struct {
	Name    string   `json:"name"`              // family-codes@weights or family-version@year; "+local" when changed
	Version string   `json:"version,omitempty"` // year or release
	Source  string   `json:"source,omitempty"`  // paper or agency, with year
	Changes []string `json:"changes,omitempty"` // what differs from the published model, in order
}

// Modified reports whether the model differs from the published one.
func (r Reference) Modified() bool { return len(r.Changes) > 0 }

// String is the name, and "modified" with the number of changes where there are any.
func (r Reference) String() string {
	if !r.Modified() {
		return r.Name
	}
	return fmt.Sprintf("%s (modified: %s)", r.Name, strings.Join(r.Changes, "; "))
}

// Term is one summand of a score.
type Term struct {
	Name   string   // name in the table
	Label  string   // in words
	Input  float64  // the product of the term's factors (1 for a flag that is set)
	Coef   float64  // weight in the table
	Points float64  // what the term adds
	Facts  []string // names of the inputs, or the codes, behind it
}

// Suppressed is a condition that a hierarchy removed, and the one that removed it.
type Suppressed struct {
	Condition string `json:"condition"`
	By        string `json:"by"`
}

// Used is an input as it entered the score: in the model's unit, after clamping.
type Used struct {
	Name  string
	Value float64
	Text  string // the chosen word of a category
	Unit  string
}

// Score is a model's answer for one person: the value, what it is made of, what it
// rests on and what is the matter with it. Order is fixed: terms in table order,
// inputs in the model's order. It is JSON with numbers at ten significant digits.
type Score struct {
	Model      Reference
	Scored     bool    // false: not computable, Issues say why; Value is then 0
	Value      float64 // unrounded
	Unit       string  // points, probability, share, or the unit of a measured quantity
	Linear     float64 // the sum of the terms, before the model's link
	Terms      []Term
	Inputs     []Used
	Flags      []string // conditions that are present, after the hierarchy
	Suppressed []Suppressed
	Band       Band // where the model has bands
	Issues     []Issue
}

// Has reports whether an issue with that code was raised.
func (s Score) Has(code IssueCode) bool {
	for _, i := range s.Issues {
		if i.Code == code {
			return true
		}
	}
	return false
}

// String is the model, the value and the band, or why there is none.
func (s Score) String() string {
	if !s.Scored {
		var why []string
		for _, i := range s.Issues {
			why = append(why, i.String())
		}
		return s.Model.String() + ": not computable (" + strings.Join(why, ", ") + ")"
	}
	unit := s.Unit
	if unit == "points" && s.Value == 1 {
		unit = "point"
	}
	t := s.Model.String() + ": " + digits(s.Value, 4) + " " + unit
	if s.Band.Name != "" {
		t += " (" + s.Band.Name + ")"
	}
	return t
}

func digits(x float64, n int) string { return strconv.FormatFloat(x, 'g', n, 64) }

// number prints ten significant digits, null where there is no number.
type number float64

func (n number) MarshalJSON() ([]byte, error) {
	if x := float64(n); !math.IsNaN(x) && !math.IsInf(x, 0) {
		return strconv.AppendFloat(nil, x, 'g', 10, 64), nil
	}
	return []byte("null"), nil
}

// MarshalJSON writes the score in a fixed order; the value is null when it is not computable.
func (s Score) MarshalJSON() ([]byte, error) {
	type term struct {
		Name   string   `json:"name"`
		Label  string   `json:"label,omitempty"`
		Input  number   `json:"input"`
		Coef   number   `json:"coef"`
		Points number   `json:"points"`
		Facts  []string `json:"facts,omitempty"`
	}
	type used struct {
		Name  string  `json:"name"`
		Value *number `json:"value,omitempty"`
		Text  string  `json:"text,omitempty"`
		Unit  string  `json:"unit,omitempty"`
	}
	out := struct {
		Model      Reference    `json:"model"`
		Modified   bool         `json:"modified,omitempty"`
		Value      *number      `json:"value"`
		Unit       string       `json:"unit"`
		Band       string       `json:"band,omitempty"`
		Percent    *number      `json:"bandPercent,omitempty"`
		Linear     *number      `json:"linear,omitempty"`
		Terms      []term       `json:"terms,omitempty"`
		Inputs     []used       `json:"inputs,omitempty"`
		Flags      []string     `json:"flags,omitempty"`
		Suppressed []Suppressed `json:"suppressed,omitempty"`
		Issues     []Issue      `json:"issues,omitempty"`
	}{Model: s.Model, Modified: s.Model.Modified(), Unit: s.Unit, Band: s.Band.Name, Flags: s.Flags, Suppressed: s.Suppressed, Issues: s.Issues}
	if s.Scored {
		v, l := number(s.Value), number(s.Linear)
		out.Value, out.Linear = &v, &l
		if s.Band.Percent != nil {
			p := number(*s.Band.Percent)
			out.Percent = &p
		}
	}
	for _, t := range s.Terms {
		out.Terms = append(out.Terms, term{t.Name, t.Label, number(t.Input), number(t.Coef), number(t.Points), t.Facts})
	}
	for _, u := range s.Inputs {
		w := used{Name: u.Name, Text: u.Text, Unit: u.Unit}
		if u.Text == "" {
			v := number(u.Value)
			w.Value = &v
		}
		out.Inputs = append(out.Inputs, w)
	}
	return json.Marshal(out)
}

// Band is a named interval of a score with, where published, the share of people with
// the outcome in it.
type Band struct {
	Name    string   `json:"name"`
	From    float64  `json:"from"`              // closed lower end, in the score's unit (deficits for a share)
	Percent *float64 `json:"percent,omitempty"` // published percentage, nil when there is none
}
