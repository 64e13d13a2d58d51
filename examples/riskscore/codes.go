package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify"
	"github.com/chroniccare/chroniccare/stratify/ahrq"
	"github.com/chroniccare/chroniccare/stratify/comorbidity"
	"github.com/chroniccare/chroniccare/stratify/hcc"
	"github.com/chroniccare/chroniccare/stratify/pqi"
)

const codesAsked = "diagnoses (a list of codes), icd (9 or 10)"

// codeScorers makes the models on diagnosis codes.
func codeScorers() (out []scorer, err error) {
	for _, x := range []struct{ name, codes, index, source string }{
		{"charlson-quan2005@charlson1987", comorbidity.CharlsonQuan2005, comorbidity.Charlson1987, "Quan et al., Med Care 2005;43:1130; Charlson et al., J Chronic Dis 1987;40:373"},
		{"charlson-quan2005@quan2011", comorbidity.CharlsonQuan2005, comorbidity.Quan2011, "Quan et al., Med Care 2005;43:1130; Am J Epidemiol 2011;173:676"},
		{"elixhauser-quan2005@vanwalraven2009", comorbidity.ElixhauserQuan2005, comorbidity.VanWalraven2009, "Quan et al., Med Care 2005;43:1130; van Walraven et al., Med Care 2009;47:626"},
		{"elixhauser-quan2005@swiss2021", comorbidity.ElixhauserQuan2005, comorbidity.Swiss2021, "Quan et al., Med Care 2005;43:1130; Sharma et al., BMC Health Serv Res 2021;21:13"},
	} {
		s, err := comorbidityScorer(x.name, x.codes, x.index, x.source)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	h, err := comorbidity.NewHFRS()
	if err != nil {
		return nil, err
	}
	out = append(out, frailty(h))
	for _, release := range ahrq.Releases() {
		e, err := ahrq.NewElixhauser(release)
		if err != nil {
			return nil, err
		}
		out = append(out, refined(e, release, true), refined(e, release, false))
	}
	for _, v := range []hcc.Version{hcc.V28, hcc.V24, hcc.V22} {
		for _, year := range hcc.Years(v) {
			m, err := hcc.New(v, year)
			if err != nil {
				return nil, err
			}
			out = append(out, payment(m, v, year))
		}
	}
	q, err := pqi.New()
	if err != nil {
		return nil, err
	}
	return append(out, avoidable(q)), nil
}

func badCodes(n int) []stratify.Issue {
	if n == 0 {
		return nil
	}
	return []stratify.Issue{{Code: stratify.CodeInvalid, Detail: fmt.Sprintf("%d codes are empty or malformed and add nothing", n)}}
}

func comorbidityScorer(name, codes, index, source string) (scorer, error) {
	maps, indices := map[int]*comorbidity.Map{}, map[int]*comorbidity.Index{}
	for _, icd := range []comorbidity.ICD{comorbidity.ICD9, comorbidity.ICD10} {
		m, err := comorbidity.NewMap(codes, icd)
		if err != nil {
			return scorer{}, err
		}
		if indices[int(icd)], err = comorbidity.NewIndex(index, m); err != nil {
			return scorer{}, err
		}
		maps[int(icd)] = m
	}
	return scorer{name: name, title: "comorbidity by diagnosis codes", source: source, inputs: []string{codesAsked}, of: func(p *patient) stratify.Score {
		m, x := maps[p.icd], indices[p.icd]
		r := m.Flags(p.diagnoses)
		kept := m.Hierarchy(r.Flags)
		s := stratify.Score{Model: stratify.Reference{Name: name, Source: source}, Scored: true, Value: float64(x.Score(kept)), Unit: "points", Flags: m.Names(kept), Issues: badCodes(r.Bad)}
		s.Linear = s.Value
		for _, t := range x.Terms(kept) {
			var facts []string
			for _, code := range p.diagnoses {
				if f, _ := m.Code(code); m.Has(f, t.Condition) {
					facts = append(facts, code)
				}
			}
			s.Terms = append(s.Terms, stratify.Term{Name: t.Condition, Input: 1, Coef: float64(t.Weight), Points: float64(t.Weight), Facts: facts})
		}
		for _, h := range m.Suppressed(r.Flags) {
			s.Suppressed = append(s.Suppressed, stratify.Suppressed{Condition: h.Milder, By: h.Graver})
		}
		return s
	}}, nil
}

func frailty(h *comorbidity.HFRS) scorer {
	const name, source = "hfrs@2018", "Gilbert et al., Lancet 2018;391:1775"
	return scorer{name: name, title: "Hospital Frailty Risk Score", source: source, inputs: []string{codesAsked, "age"}, of: func(p *patient) stratify.Score {
		age, known := p.age()
		if !known {
			age = -1
		}
		s := stratify.Score{Model: stratify.Reference{Name: name, Version: "2018", Source: source}, Unit: "points"}
		if p.icd != 10 {
			s.Issues = []stratify.Issue{{Code: stratify.OutOfModel, Input: "icd", Detail: "the score is for ICD-10"}}
			return s
		}
		r := h.Score(p.diagnoses, age)
		s.Scored, s.Value, s.Linear, s.Band = true, float64(r.Tenths)/10, float64(r.Tenths)/10, stratify.Band{Name: string(r.Band)}
		s.Issues = badCodes(r.Bad)
		for _, t := range r.Terms {
			var facts []string
			for _, code := range p.diagnoses {
				if one := h.Score([]string{code}, -1).Terms; len(one) > 0 && one[0] == t {
					facts = append(facts, code)
				}
			}
			w := float64(t.Weight) / 10
			s.Terms = append(s.Terms, stratify.Term{Name: t.Condition, Input: 1, Coef: w, Points: w, Facts: facts})
		}
		if !known {
			s.Issues = append(s.Issues, stratify.Issue{Code: stratify.AgeMissing, Input: "age", Detail: "the score is for 75 and older"})
		} else if r.OutOfRange {
			s.Issues = append(s.Issues, stratify.Issue{Code: stratify.AgeOutOfModel, Input: "age", Detail: "the score is for 75 and older"})
		}
		return s
	}}
}

func refined(e *ahrq.Elixhauser, release string, mortality bool) scorer {
	name, title, source := "elixhauser-refined-readmission@"+release, "30-day readmission index", "AHRQ HCUP, Elixhauser Comorbidity Software Refined"
	if mortality {
		name, title = "elixhauser-refined-mortality@"+release, "in-hospital mortality index"
	}
	return scorer{name: name, title: title + " of one stay, the first diagnosis being principal", source: source, inputs: []string{codesAsked, "poa (a letter a diagnosis)"}, of: func(p *patient) stratify.Score {
		s := stratify.Score{Model: stratify.Reference{Name: name, Version: release, Source: source}, Unit: "points"}
		if p.icd != 10 {
			s.Issues = []stratify.Issue{{Code: stratify.OutOfModel, Input: "icd", Detail: "the index is for ICD-10-CM"}}
			return s
		}
		x := e.Explain(&ahrq.Discharge{Diagnoses: p.diagnoses, POA: p.poa})
		s.Scored, s.Value, s.Flags, s.Issues = true, float64(x.Readmission), e.Names(x.Flags), badCodes(x.Bad)
		if mortality {
			s.Value = float64(x.Mortality)
		}
		s.Linear = s.Value
		for _, t := range x.Terms {
			w := float64(t.Readmission)
			if mortality {
				w = float64(t.Mortality)
			}
			s.Terms = append(s.Terms, stratify.Term{Name: t.Measure, Label: t.Label, Input: 1, Coef: w, Points: w})
		}
		if p.poa == "" {
			s.Issues = append(s.Issues, stratify.Issue{Code: stratify.IndexWithoutPOA, Input: "poa", Detail: "measures that need present on admission are left out"})
		}
		return s
	}}
}

func payment(m *hcc.Model, v hcc.Version, year int) scorer {
	name, source := fmt.Sprintf("cms-hcc-%s@py%d", strings.ToLower(string(v)), year), "Centers for Medicare & Medicaid Services"
	return scorer{name: name, title: "raw risk score of Medicare Advantage", source: source, inputs: []string{codesAsked, "birth or age", "sex", "orec", "dual"}, of: func(p *patient) stratify.Score {
		s := stratify.Score{Model: stratify.Reference{Name: name, Version: string(v), Source: source}, Unit: "risk score"}
		if p.icd != 10 {
			s.Issues = []stratify.Issue{{Code: stratify.OutOfModel, Input: "icd", Detail: "the model is for ICD-10-CM"}}
			return s
		}
		who := &hcc.Person{Birth: p.birth, OREC: p.orec, Dual: p.dual, Diagnoses: p.diagnoses}
		who.Age, who.AgeKnown = p.age()
		switch p.inputs["sex"].Text {
		case "female":
			who.Sex = registry.Female
		case "male":
			who.Sex = registry.Male
		}
		x := m.Explain(who)
		s.Scored, s.Value, s.Linear = x.Scored, x.Value(), x.Value()
		for _, t := range x.Terms {
			w := float64(t.Milli) / 1000
			s.Terms = append(s.Terms, stratify.Term{Name: t.Name, Label: t.Label, Input: 1, Coef: w, Points: w})
		}
		for _, h := range x.HCCs {
			s.Flags = append(s.Flags, "HCC"+strconv.Itoa(h))
		}
		for _, d := range x.Suppressed {
			by := d.Why
			if d.By != 0 {
				by = "HCC" + strconv.Itoa(d.By)
			}
			s.Suppressed = append(s.Suppressed, stratify.Suppressed{Condition: "HCC" + strconv.Itoa(d.HCC), By: by})
		}
		for _, i := range x.Issues.List() {
			s.Issues = append(s.Issues, stratify.Issue{Code: stratify.IssueCode(i)})
		}
		return s
	}}
}

// avoidable is a flag: 1 when the admission is one that good ambulatory care avoids.
func avoidable(q *pqi.Software) scorer {
	const name, source = "pqi-90@v2024", "AHRQ Prevention Quality Indicators v2024"
	return scorer{name: name, title: "1 for an avoidable admission, the first diagnosis being principal", source: source, inputs: []string{codesAsked, "age", "sex", "year and quarter of discharge", "procedures (a list of codes)"}, of: func(p *patient) stratify.Score {
		s := stratify.Score{Model: stratify.Reference{Name: name, Version: "2024", Source: source}, Unit: "flag"}
		d := &pqi.Discharge{Age: -1, Sex: p.inputs["sex"].Text, Year: int(p.inputs["year"].Value), Quarter: int(p.inputs["quarter"].Value), Diagnoses: p.diagnoses, Procedures: p.procedures}
		if age, ok := p.age(); ok {
			d.Age = age
		}
		r, findings := q.Explain(d)
		s.Issues = badCodes(r.Bad)
		if p.icd != 10 || r.Dropped != "" {
			s.Issues = append(s.Issues, stratify.Issue{Code: stratify.OutOfModel, Detail: r.Dropped})
			return s
		}
		s.Scored = true
		for _, i := range r.Flags.List() {
			s.Flags = append(s.Flags, i.String())
		}
		var facts []string
		for _, f := range findings {
			if f.Met {
				facts = append(facts, f.Codes...)
			}
		}
		if r.Flags.Has(pqi.Overall) {
			s.Value, s.Linear = 1, 1
			s.Terms = []stratify.Term{{Name: pqi.Overall.String(), Label: strings.Join(s.Flags, ", ") + " by " + strings.Join(facts, ", "), Input: 1, Coef: 1, Points: 1, Facts: facts}}
		}
		return s
	}}
}
