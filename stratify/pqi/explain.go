package pqi

import (
	"math/bits"
	"strings"
)

// Finding says how a discharge stands to one indicator.
type Finding struct {
	Indicator Indicator
	Met       bool
	Why       string
	Codes     []string // codes that decide it, with the set they are in
}

// Explain judges a discharge by every indicator whose diagnoses or procedures it
// has, and says why each is met or not; composites follow from their parts. A
// dropped record or a transfer gives none: see [Result].
func (s *Software) Explain(d *Discharge) (Result, []Finding) {
	r := s.Of(d)
	if r.Dropped != "" || r.Transfer {
		return r, nil
	}
	var scratch Result
	c := s.read(d, &scratch)
	var out []Finding
	for i := range rules {
		verdict, met := s.judge(i, d, c)
		if verdict == notIncluded {
			continue
		}
		k := &s.rules[i]
		f := Finding{Indicator: rules[i].of, Met: met}
		switch verdict {
		case age:
			f.Why = "outside the ages of the indicator"
		case excluded:
			f.Why = "an exclusion code"
		default:
			f.Why = "a potentially avoidable admission"
		}
		f.Codes = s.cite(f.Codes, d.Diagnoses[:1], k.principal|k.notPrincipal)
		f.Codes = s.cite(f.Codes, d.Diagnoses, k.diagnosis|k.notDiagnosis|k.notBothDiagnosis)
		f.Codes = s.cite(f.Codes, d.Procedures, k.procedure|k.notProcedure|k.notBothProcedure)
		out = append(out, f)
	}
	for _, x := range composites {
		if parts := r.Flags & x.parts; parts != 0 {
			f := Finding{Indicator: x.of, Met: true, Why: "by its parts"}
			for _, p := range parts.List() {
				f.Codes = append(f.Codes, p.String())
			}
			out = append(out, f)
		}
	}
	return r, out
}

func (s *Software) cite(out, codes []string, sets uint64) []string {
	for _, code := range codes {
		b, _ := s.trie.Match(code)
		for b &= sets; b != 0; b &= b - 1 {
			out = append(out, strings.TrimSpace(code)+" ("+s.sets[bits.TrailingZeros64(b)]+")")
		}
	}
	return out
}
