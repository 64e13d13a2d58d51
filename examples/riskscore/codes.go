package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/chroniccare/chroniccare/stratify"
	"github.com/chroniccare/chroniccare/stratify/ahrq"
	"github.com/chroniccare/chroniccare/stratify/comorbidity"
	"github.com/chroniccare/chroniccare/stratify/hcc"
	"github.com/chroniccare/chroniccare/stratify/pqi"
)

// codesAsked is what every model on codes asks for, and what it asks for besides.
func codesAsked(more ...field) []field {
	return append([]field{{"diagnoses", "ICD codes: a list, or in one text separated by semicolons; none is an empty list"}, {"icd", "9 or 10, default 10"}}, more...)
}

// What several models on codes ask for.
var (
	ageAsked     = field{"age", "in completed years"}
	yearAsked    = field{"year", "of discharge, four digits"}
	quarterAsked = field{"quarter", "of discharge, 1 to 4"}
)

// codeScorers makes the models on diagnosis codes.
func codeScorers() (out []scorer, err error) {
	if out, err = comorbidityScorers(); err != nil {
		return nil, err
	}
	h, err := comorbidity.NewHFRS()
	if err != nil {
		return nil, err
	}
	out = append(out, needDiagnoses(frailty(h)))
	for _, release := range ahrq.Releases() {
		e, err := ahrq.NewElixhauser(release)
		if err != nil {
			return nil, err
		}
		out = append(out, needDiagnoses(refined(e, release, true)), needDiagnoses(refined(e, release, false)))
	}
	for _, v := range []hcc.Version{hcc.V28, hcc.V24, hcc.V22} {
		for _, year := range hcc.Years(v) {
			m, err := hcc.New(v, year)
			if err != nil {
				return nil, err
			}
			out = append(out, payment(m))
		}
	}
	q, err := pqi.New()
	if err != nil {
		return nil, err
	}
	return append(out, needDiagnoses(avoidable(q))), nil
}

// noDiagnoses: that nothing was said is not that there is no disease.
var noDiagnoses = stratify.Issue{Code: stratify.InputMissing, Input: "diagnoses", Detail: "not given; none is an empty list"}

// needDiagnoses refuses to score a patient of whose diagnoses nothing was said.
func needDiagnoses(s scorer) scorer {
	of := s.of
	s.of = func(p *patient) stratify.Score {
		x := of(p)
		if p.diagnoses == nil {
			x = stratify.Score{Model: x.Model, Unit: x.Unit, Issues: append(x.Issues, noDiagnoses)}
		}
		return x
	}
	return s
}

func badCodes(n int) []stratify.Issue {
	if n == 0 {
		return nil
	}
	return []stratify.Issue{{Code: stratify.CodeInvalid, Detail: "codes that are empty or malformed add nothing: " + strconv.Itoa(n)}}
}

// weightsFrom are the papers of the indices.
var weightsFrom = map[string]string{
	comorbidity.Charlson1987:          "Charlson et al., J Chronic Dis 1987;40:373",
	comorbidity.Quan2011:              "Quan et al., Am J Epidemiol 2011;173:676",
	comorbidity.VanWalraven2009:       "van Walraven et al., Med Care 2009;47:626",
	comorbidity.Swiss2021:             "Sharma et al., BMC Health Serv Res 2021;21:13",
	comorbidity.AHRQ2017Readmission30: "Moore et al., Med Care 2017;55:698",
	comorbidity.AHRQ2017Mortality:     "Moore et al., Med Care 2017;55:698",
}

// comorbidityScorers makes each published map with each index that fits it; the patient's
// version of the ICD chooses between the two lists of a map.
func comorbidityScorers() (out []scorer, err error) {
	maps := map[string]map[int]*comorbidity.Map{}
	for _, p := range comorbidity.Maps() {
		if maps[p.Name] == nil {
			maps[p.Name] = map[int]*comorbidity.Map{}
		}
		if maps[p.Name][int(p.ICD)], err = comorbidity.NewMap(p.Name, p.ICD); err != nil {
			return nil, err
		}
	}
	done := map[string]bool{}
	for _, p := range comorbidity.Maps() {
		for _, index := range p.Indices {
			name := strings.ReplaceAll(p.Name+"@"+index, "_", "-")
			if done[name] {
				continue
			}
			done[name] = true
			s, err := comorbidityScorer(name, index, p.Source+"; "+weightsFrom[index], maps[p.Name])
			if err != nil {
				return nil, err
			}
			out = append(out, needDiagnoses(s))
		}
	}
	return out, nil
}

func comorbidityScorer(name, index, source string, maps map[int]*comorbidity.Map) (scorer, error) {
	indices := map[int]*comorbidity.Index{}
	for icd, m := range maps {
		x, err := comorbidity.NewIndex(index, m)
		if err != nil {
			return scorer{}, err
		}
		indices[icd] = x
	}
	return scorer{name: name, title: "comorbidity by diagnosis codes", source: source, inputs: codesAsked(), of: func(p *patient) stratify.Score {
		m, x := maps[p.icd], indices[p.icd]
		if m == nil {
			return stratify.Score{Model: stratify.Reference{Name: name, Source: source}, Unit: "points", Issues: []stratify.Issue{{Code: stratify.OutOfModel, Input: "icd", Detail: fmt.Sprintf("the paper has no list of ICD-%d", p.icd)}}}
		}
		r := m.Flags(p.diagnoses)
		kept := m.Hierarchy(r.Flags)
		s := stratify.Score{Model: stratify.Reference{Name: name, Source: source}, Scored: true, Value: float64(x.Score(kept)), Unit: "points", Flags: m.Names(kept), Issues: badCodes(r.Bad)}
		s.Linear = s.Value
		for _, t := range x.Terms(kept) {
			var facts []string
			for _, code := range p.diagnoses {
				if f, _ := m.Code(code); m.Has(f, t.Condition) || t.Condition == "htn" && (m.Has(f, "hypunc") || m.Has(f, "hypc")) {
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
	return scorer{name: name, title: "Hospital Frailty Risk Score", source: source, inputs: codesAsked(ageAsked), of: func(p *patient) stratify.Score {
		age, why := p.age()
		if why != "" {
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
		if why != "" {
			s.Issues = append(s.Issues, stratify.Issue{Code: stratify.AgeMissing, Input: "age", Detail: why + "; the score is for 75 and older"})
		} else if r.OutOfRange || age < 0 {
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
	return scorer{name: name, title: title + " of one stay, the first diagnosis being principal", source: source, inputs: codesAsked(field{"poa", "present on admission: a letter a diagnosis, such as YNUW"}, yearAsked, quarterAsked), of: func(p *patient) stratify.Score {
		s := stratify.Score{Model: stratify.Reference{Name: name, Version: release, Source: source}, Unit: "points"}
		if p.icd != 10 {
			s.Issues = []stratify.Issue{{Code: stratify.OutOfModel, Input: "icd", Detail: "the index is for ICD-10-CM"}}
			return s
		}
		poa := p.inputs["poa"].text
		x := e.Explain(&ahrq.Discharge{Diagnoses: p.diagnoses, POA: poa, Year: p.whole("year", 1, 9999, &s.Issues), Quarter: p.whole("quarter", 1, 4, &s.Issues)})
		s.Scored, s.Value, s.Flags, s.Issues = true, float64(x.Readmission), e.Names(x.Flags), append(s.Issues, badCodes(x.Bad)...)
		if mortality {
			s.Value = float64(x.Mortality)
		}
		s.Linear = s.Value
		for _, t := range x.Terms {
			w := float64(t.Readmission)
			if mortality {
				w = float64(t.Mortality)
			}
			var facts []string
			for _, d := range x.Diagnoses {
				if slices.Contains(d.Sets, t.Measure) || t.Measure == "CBVD" && slices.ContainsFunc(d.Sets, func(m string) bool { return m == "CBVD_POA" || m == "CBVD_SQLA" }) {
					facts = append(facts, d.Code)
				}
			}
			s.Terms = append(s.Terms, stratify.Term{Name: t.Measure, Label: t.Label, Input: 1, Coef: w, Points: w, Facts: facts})
		}
		if x.OutOfRange {
			s.Issues = append(s.Issues, stratify.Issue{Code: stratify.TableRange, Input: "year", Detail: "outside the release: its last list of exempt codes was used"})
		}
		if x.BadPOA > 0 {
			s.Issues = append(s.Issues, stratify.Issue{Code: stratify.POAInvalid, Input: "poa", Detail: fmt.Sprintf("%d letters are none and count as blank", x.BadPOA)})
		}
		if poa == "" {
			s.Issues = append(s.Issues, stratify.Issue{Code: stratify.IndexWithoutPOA, Input: "poa", Detail: "measures that need present on admission are left out"})
		}
		return s
	}}
}

// avoidable is a flag: 1 when the admission is one that good ambulatory care avoids.
func avoidable(q *pqi.Software) scorer {
	const name, source = "pqi-90@v2024", "AHRQ Prevention Quality Indicators v2024"
	return scorer{name: name, title: "1 for an avoidable admission, the first diagnosis being principal", source: source, inputs: codesAsked(ageAsked, field{"sex", "as recorded"}, yearAsked, quarterAsked, field{"procedures", "ICD-10-PCS codes, as diagnoses"}), of: func(p *patient) stratify.Score {
		s := stratify.Score{Model: stratify.Reference{Name: name, Version: "2024", Source: source}, Unit: "flag"}
		d := &pqi.Discharge{Age: -1, Sex: p.inputs["sex"].text, Year: p.whole("year", 1, 9999, &s.Issues), Quarter: p.whole("quarter", 1, 4, &s.Issues), Diagnoses: p.diagnoses, Procedures: p.procedures}
		age, why := p.age()
		if why == "" {
			d.Age = age
		} else {
			s.Issues = append(s.Issues, stratify.Issue{Code: stratify.AgeMissing, Input: "age", Detail: why})
		}
		r, findings := q.Explain(d)
		s.Issues = append(s.Issues, badCodes(r.Bad)...)
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
