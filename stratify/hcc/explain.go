package hcc

import (
	"fmt"
	"strconv"
	"strings"
)

// Term is one factor of a score.
type Term struct {
	Name  string // as CMS names the variable, such as F75_79, HCC37, DIABETES_HF, D3
	Label string
	Milli int // thousandths
}

// CodeFinding says what a diagnosis did.
type CodeFinding struct {
	Code string
	HCCs []int // before the hierarchy
	Why  string
}

// Suppressed is an HCC that did not count.
type Suppressed struct {
	HCC int
	By  int    // the HCC above it; 0 when no hierarchy was at work
	Why string // the rule
}

// Explanation is a score with all that made it. The terms add up to the score.
type Explanation struct {
	Score
	HCCs       []int
	Terms      []Term
	Codes      []CodeFinding
	Suppressed []Suppressed
	Notes      []string // rules on age, entitlement and segment that were at work
}

// Explain computes the score as [Model.Score] does, with every term, every code and
// every HCC that a rule took away.
func (m *Model) Explain(p *Person) Explanation {
	x := Explanation{Score: m.Score(p)}
	f, _ := m.profileOf(p)
	x.codes(m, p, &f)
	mapped, _ := m.mapped(p, &f)
	if m.lone223(mapped) {
		mapped = mapped.without(m.hcc223)
		x.Suppressed = append(x.Suppressed, Suppressed{HCC: 223, Why: "counts only beside HCC 221, 222, 224, 225 or 226; dropped before the hierarchy, so it suppresses nothing"})
	}
	current := mapped
	for _, h := range m.hierarchy {
		if !current.has(h.hcc) {
			continue
		}
		current.each(func(i int) {
			if h.drops.has(i) {
				x.Suppressed = append(x.Suppressed, Suppressed{m.hccs[i], m.hccs[h.hcc], fmt.Sprintf("the hierarchy of HCC %d", m.hccs[h.hcc])})
			}
		})
		current = current.without(h.drops)
	}
	if !x.Scored {
		return x
	}
	x.HCCs = m.HCCs(x.Score)
	x.demographic(m, &f)
	if f.segment.newEnrollee() {
		x.Notes = append(x.Notes, "new enrollees are scored without diagnoses")
		return x
	}
	m.terms(&f, current, func(name string, hcc int, milli int32) {
		t := Term{Name: name, Milli: int(milli)}
		if hcc >= 0 {
			t.Name, t.Label = "HCC"+strconv.Itoa(m.hccs[hcc]), m.labels[hcc]
		} else {
			t.Label = label(name)
		}
		x.Terms = append(x.Terms, t)
	})
	return x
}

func (x *Explanation) demographic(m *Model, f *profile) {
	d, c := m.demographic(f)
	t := Term{Name: sexes[f.sex] + continuingCells[min(c, len(continuingCells)-1)], Milli: int(d.milli[f.segment])}
	if f.segment.newEnrollee() {
		t.Name = newName(index(f.medicaid), index(f.origDisabled), f.sex, c)
	}
	t.Label = fmt.Sprintf("%s, age %d", [2]string{"woman", "man"}[f.sex], f.age)
	if d.known[f.segment] {
		x.Terms = append(x.Terms, t)
	}
	switch f.orec {
	case '1':
	case '2', '3':
		x.Notes = append(x.Notes, "original entitlement "+string(f.orec)+" (ESRD) does not count as originally disabled")
	}
	if f.segment.newEnrollee() && f.age == 64 {
		x.Notes = append(x.Notes, "a new enrollee of 64 counts as 65 unless entitled by disability")
	}
}

func (x *Explanation) codes(m *Model, p *Person, f *profile) {
	for _, code := range p.Diagnoses {
		g := CodeFinding{Code: code}
		at, ok := m.trie.Match(code)
		switch {
		case !ok:
			g.Why = "malformed"
		case at == 0:
			g.Why = "not a payment diagnosis"
		default:
			e := &m.entries[at-1]
			to, by := e.to(f)
			to.each(func(i int) { g.HCCs = append(g.HCCs, m.hccs[i]) })
			switch {
			case by != nil && to == (set{}):
				g.Why = "ignored by the edit for " + by.name()
			case by != nil:
				g.Why = "by the edit for " + by.name()
			case to == (set{}) && e.years == "":
				g.Why = "not a payment diagnosis"
			case to == (set{}):
				g.Why = fmt.Sprintf("not in the table of payment year %d; mapped in %s", m.Year, e.years)
			default:
				g.Why = fmt.Sprintf("the table of payment year %d", m.Year)
			}
		}
		x.Codes = append(x.Codes, g)
	}
}

// label puts the other terms in words.
func label(name string) string {
	switch {
	case name == "D10P":
		return "ten or more payment HCCs"
	case len(name) == 2 && name[0] == 'D':
		return name[1:] + " payment HCCs"
	case strings.HasPrefix(name, "OriginallyDisabled"), name == "ORIGDS":
		return "originally entitled by disability"
	case name == "LTIMCAID":
		return "institutional with Medicaid"
	case strings.HasPrefix(name, "DISABLED_"):
		return "interaction of disability with " + strings.TrimPrefix(name, "DISABLED_")
	}
	return "interaction " + name
}
