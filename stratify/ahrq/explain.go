package ahrq

import (
	"slices"
	"strings"
)

// Term is what one measure adds to the two indices.
type Term struct {
	Measure, Label         string
	Readmission, Mortality int
}

// DiagnosisFinding says what a secondary diagnosis did.
type DiagnosisFinding struct {
	Position int // 2 is the first secondary diagnosis
	Code     string
	POA      string
	Sets     []string // measures, before the graver form removes the milder
	Why      string   // begins with the value of the code in AHRQ's table, which runs several measures together, such as CBVD_SQLAPARALYSIS
}

// Explanation is a result with its reasons.
type Explanation struct {
	Comorbidities
	Terms     []Term   // in the table's order; they add up to the indices
	Removed   []string // milder forms that a graver one removed
	Diagnoses []DiagnosisFinding
}

// Explain computes the comorbidities of a discharge as [Elixhauser.Of] does, and
// says what each diagnosis set and why.
func (e *Elixhauser) Explain(d *Discharge) Explanation {
	x := Explanation{Comorbidities: e.Of(d)}
	version, _ := e.version(d)
	var all uint64
	var scratch Comorbidities
	for i := 1; i < len(d.Diagnoses); i++ {
		f := DiagnosisFinding{Position: i + 1, Code: d.Diagnoses[i]}
		if i < len(d.POA) {
			f.POA = d.POA[i : i+1]
		}
		set := e.sets(d, i, version, &scratch)
		if d.POA == "" {
			set &^= e.needPOA
		}
		all |= set
		f.Sets = e.Names(Measures(set))
		for _, in := range []struct {
			bit  uint64
			name string
		}{{cbvdPOA, "CBVD_POA"}, {cbvdSequela, "CBVD_SQLA"}, {cbvdNotPOA, "CBVD_NPOA"}} {
			if set&in.bit != 0 {
				f.Sets = append(f.Sets, in.name)
			}
		}
		at, ok := e.trie.Match(f.Code)
		switch {
		case strings.TrimSpace(f.Code) == "":
			f.Why = "blank"
		case !ok:
			f.Why = "malformed"
		case at == 0:
			f.Why = "stands for no comorbidity"
		default:
			v := &e.values[at-1]
			switch {
			case v.ifPOA == 0:
				f.Why = v.name + ", whether or not present on admission"
			case d.POA == "":
				f.Why = v.name + " needs present-on-admission data"
			case v.exempt>>(version-33)&1 == 1:
				f.Why = v.name + ", exempt from present on admission"
			case set&v.ifPOA != 0:
				f.Why = v.name + ", present on admission"
			default:
				f.Why = v.name + ", not known to be present on admission"
			}
		}
		x.Diagnoses = append(x.Diagnoses, f)
	}
	for i := range e.measures {
		m := &e.measures[i]
		if uint64(x.Flags)&m.bit != 0 {
			x.Terms = append(x.Terms, Term{m.name, m.label, m.readmission, m.mortality})
		} else if all&m.bit != 0 {
			x.Removed = append(x.Removed, m.name)
		}
	}
	slices.Sort(x.Removed)
	return x
}
