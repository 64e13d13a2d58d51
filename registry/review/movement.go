package review

import (
	"iter"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// Member of a list of people, with the reason for being on it.
type Member struct {
	ID     string
	Reason string
}

// Moved is a person of a movement. Why is the reason on the later list for those who joined and
// stayed, and for those who left the reason given for leaving.
type Moved struct {
	ID  string `json:"id"`
	Why string `json:"why,omitempty"`
	Was string `json:"was,omitempty"` // the reason on the earlier list
}

// Moves is the movement between two lists, each by ID.
type Moves struct {
	Joined []Moved `json:"joined"`
	Stayed []Moved `json:"stayed"`
	Left   []Moved `json:"left"`
}

// Movement compares two lists of people, such as high-risk lists of two months. left gives the
// reasons for leaving where they are known; for others the reason is empty. Of people who are
// twice on a list the first counts.
func Movement(before, after, left []Member) Moves {
	index := func(ms []Member) ([]string, map[string]string) {
		var ids []string
		m := map[string]string{}
		for _, x := range ms {
			if _, ok := m[x.ID]; !ok {
				m[x.ID] = x.Reason
				ids = append(ids, x.ID)
			}
		}
		slices.Sort(ids)
		return ids, m
	}
	ids, was := index(before)
	ids2, is := index(after)
	_, gone := index(left)
	var out Moves
	for _, id := range ids {
		if _, ok := is[id]; !ok {
			out.Left = append(out.Left, Moved{id, gone[id], was[id]})
		} else {
			out.Stayed = append(out.Stayed, Moved{id, is[id], was[id]})
		}
	}
	for _, id := range ids2 {
		if _, ok := was[id]; !ok {
			out.Joined = append(out.Joined, Moved{id, is[id], ""})
		}
	}
	return out
}

// Changed is a person whom a new definition treats otherwise.
type Changed struct {
	ID string `json:"id"`
	// Because are the criteria behind it, in words: those that decided the "no" of one definition,
	// and those behind the "yes" of the other that the first does not have.
	Because []string `json:"because"`
	Facts   []string `json:"facts,omitempty"` // IDs behind the new answer
}

// Change is what a change of a definition does to a population. People come in the order in
// which they were given.
type Change struct {
	Entered []Changed `json:"entered"`
	Left    []Changed `json:"left"`
	Both    int64     `json:"both"`
	Neither int64     `json:"neither"`
}

// Compare applies a definition and its successor, bound with one lexicon, to a population. The
// chart must be of that lexicon; facts after the end of the period are not looked at.
func Compare(before, after registry.Criterion, chart *registry.Chart, people iter.Seq[*registry.Patient], p registry.Period) Change {
	var out Change
	for x := range people {
		chart.LoadAsOf(x, p.End)
		a, b := before.Holds(chart, p), after.Holds(chart, p)
		switch {
		case a && b:
			out.Both++
		case !a && !b:
			out.Neither++
		default:
			f, g := before.Explain(chart, p), after.Explain(chart, p)
			c := Changed{ID: x.ID}
			if b {
				c.Because = append(deciders("before", &f, ""), deciders("now", &g, before.String())...)
			} else {
				c.Because = append(deciders("before", &f, after.String()), deciders("now", &g, "")...)
			}
			for _, fact := range g.Facts() {
				c.Facts = append(c.Facts, fact.ID)
			}
			if b {
				out.Entered = append(out.Entered, c)
			} else {
				out.Left = append(out.Left, c)
			}
		}
	}
	return out
}

// deciders are the leaves that decided a finding, in words, save those that stand in the text
// of the other definition.
func deciders(when string, f *registry.Finding, other string) (out []string) {
	if len(f.Parts) == 0 {
		label, _, _ := strings.Cut(f.Label, "\n")
		if other != "" && strings.Contains(other, label) {
			return nil
		}
		if f.Met {
			return []string{when + " met: " + label}
		}
		return []string{when + " not met: " + label}
	}
	same := slices.ContainsFunc(f.Parts, func(p registry.Finding) bool { return p.Met == f.Met })
	for i := range f.Parts {
		if same && f.Parts[i].Met != f.Met { // it did not decide; a negation has only such parts
			continue
		}
		for _, d := range deciders(when, &f.Parts[i], other) {
			if !slices.Contains(out, d) {
				out = append(out, d)
			}
		}
	}
	return out
}
