package linkage

import (
	"cmp"
	"slices"
	"strings"
)

// Rule says which source's value of a field survives.
type Rule uint8

// Rules. What a rule leaves open the others decide in this order, then source and ID.
const (
	Newest       Rule = iota // of the latest record date
	MostComplete             // the longest text, the most precise date
	BySource                 // by [Survivorship.Priority]
)

// String gives the rule in words.
func (r Rule) String() string {
	return [...]string{"newest", "most complete", "by source"}[min(r, BySource)]
}

// Survivorship says which values survive when records are merged. The zero value takes
// the newest of each field. The earliest day of death survives always, and of
// identifiers all.
type Survivorship struct {
	Default  Rule
	Fields   []FieldRule
	Priority []string // sources, the best first; others come after
}

// FieldRule is the rule of one field.
type FieldRule struct {
	Field Field
	Rule  Rule
}

// Choice explains a field of a merged person.
type Choice struct {
	Field  Field    `json:"field"`
	Value  string   `json:"value"`
	From   string   `json:"from"` // source and ID
	Why    string   `json:"why"`
	Others []string `json:"others,omitempty"` // the values that did not survive, sorted
}

// Merge joins records of one person: who they are by survivorship, each choice
// explained, and their facts by [Dedup]. It is free of order, idempotent, and merging
// step by step under one policy gives what merging at once gives. Merge of nothing is the
// empty record.
func Merge(s Survivorship, records ...Record) (Record, []Choice) {
	var out Record
	for _, r := range records {
		if len(r.Parts) == 0 {
			r.Parts = []Person{r.Person}
		}
		out.Parts = append(out.Parts, r.Parts...)
		out.Facts = append(out.Facts, r.Facts...)
		out.Corrected = append(out.Corrected, r.Corrected...)
	}
	slices.SortFunc(out.Parts, Person.compare)
	out.Parts = slices.CompactFunc(out.Parts, func(a, b Person) bool { return a.compare(b) == 0 })
	var choices []Choice
	out.Person, choices = s.person(out.Parts)
	return Dedup(out), choices
}

func (s Survivorship) person(parts []Person) (Person, []Choice) {
	var out Person
	if len(parts) == 0 {
		return out, nil
	}
	var choices []Choice
	for f := range numFields {
		i, why := s.choose(parts, f)
		if i < 0 {
			continue
		}
		p := &parts[i]
		switch f {
		case FamilyName:
			out.Family = p.Family
		case GivenName:
			out.Given = p.Given
		case BirthDate:
			out.Birth = p.Birth
		case Gender:
			out.Sex = p.Sex
		case Area:
			out.Area = p.Area
		case Phone:
			out.Phone = p.Phone
		case Language:
			out.Language = p.Language
		case DeathDate:
			out.Death = p.Death
		}
		c := Choice{Field: f, Value: p.text(f), From: strings.TrimSpace(p.Source + " " + p.ID), Why: why}
		for k := range parts {
			if x := parts[k].text(f); x != "" && x != c.Value {
				c.Others = append(c.Others, x)
			}
		}
		slices.Sort(c.Others)
		c.Others = slices.Compact(c.Others)
		choices = append(choices, c)
	}
	first := 0
	for i := range parts {
		if parts[i].ID < parts[first].ID {
			first = i
		}
		out.Recorded = max(out.Recorded, parts[i].Recorded)
		for _, id := range parts[i].Identifiers {
			out.Identifiers = append(out.Identifiers, id.Normal())
		}
	}
	out.ID, out.Source = parts[first].ID, parts[first].Source
	slices.SortFunc(out.Identifiers, compareIdentifiers)
	out.Identifiers = slices.Compact(out.Identifiers)
	return out, choices
}

func (s Survivorship) rule(f Field) Rule {
	for _, x := range s.Fields {
		if x.Field == f {
			return x.Rule
		}
	}
	return s.Default
}

// choose is the part whose value of a field survives, -1 when none has one. Parts are
// sorted, so that the first of equals is by source and ID.
func (s Survivorship) choose(parts []Person, f Field) (best int, why string) {
	best = -1
	rule := s.rule(f)
	others := 0
	for i := range parts {
		if parts[i].text(f) == "" {
			continue
		}
		others++
		if best < 0 || s.better(&parts[i], &parts[best], f, rule) < 0 {
			best = i
		}
	}
	switch {
	case others == 1:
		why = "the only one"
	case f == DeathDate:
		why = "earliest"
	default:
		why = rule.String()
	}
	return best, why
}

// better orders two values, the better first.
func (s Survivorship) better(a, b *Person, f Field, rule Rule) int {
	if f == DeathDate {
		return cmp.Compare(a.Death, b.Death)
	}
	newest := cmp.Compare(b.Recorded, a.Recorded)
	complete := cmp.Compare(completeness(b, f), completeness(a, f))
	source := cmp.Compare(s.place(a.Source), s.place(b.Source))
	switch rule {
	case MostComplete:
		return cmp.Or(complete, newest, source)
	case BySource:
		return cmp.Or(source, newest, complete)
	}
	return cmp.Or(newest, complete, source)
}

func completeness(p *Person, f Field) int {
	if f == BirthDate {
		switch {
		case p.Birth.Day != 0:
			return 3
		case p.Birth.Month != 0:
			return 2
		}
		return 1
	}
	return len([]rune(p.text(f)))
}

func (s Survivorship) place(source string) int {
	if i := slices.Index(s.Priority, source); i >= 0 {
		return i
	}
	return len(s.Priority)
}
