package main

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/chroniccare/chroniccare/stratify"
	"github.com/chroniccare/chroniccare/stratify/hcc"
)

// Words that CMS-HCC takes.
const (
	orecWords    = "0, 1, 2, 3"
	dualWords    = "00 to 06, 08, 09, NA"
	segmentWords = "CNA, CND, CFA, CFD, CPA, CPD, INS, NE, SNPNE"
)

// paymentAsked is what a payment model asks for.
func paymentAsked() []field {
	return codesAsked(field{"birth", "day of birth as 1947-06-30; or age"}, ageAsked, field{"sex", sexWords},
		field{"orec", "original reason for entitlement: " + orecWords}, field{"dual", "dual status: " + dualWords},
		field{"medicaid", yesNoWords}, field{"institutional", yesNoWords}, field{"new_enrollee", yesNoWords},
		field{"chronic_snp", yesNoWords}, field{"esrd", yesNoWords}, field{"segment", segmentWords + "; where it is settled"})
}

func payment(m *hcc.Model) scorer {
	name, source := m.String(), "Centers for Medicare & Medicaid Services"
	return scorer{name: name, title: "raw risk score of Medicare Advantage", source: source, inputs: paymentAsked(), of: func(p *patient) stratify.Score {
		s := stratify.Score{Model: stratify.Reference{Name: name, Version: string(m.Version), Source: source}, Unit: "risk score"}
		if p.icd != 10 {
			s.Issues = []stratify.Issue{{Code: stratify.OutOfModel, Input: "icd", Detail: "the model is for ICD-10-CM"}}
			return s
		}
		who := &hcc.Person{Birth: p.birth, Sex: p.inputs["sex"].sex(), OREC: p.inputs["orec"].text, Dual: p.inputs["dual"].text, Diagnoses: p.diagnoses}
		who.Medicaid = p.yes("medicaid", &s.Issues)
		who.Institutional = p.yes("institutional", &s.Issues)
		who.NewEnrollee = p.yes("new_enrollee", &s.Issues)
		who.ChronicSNP = p.yes("chronic_snp", &s.Issues)
		who.ESRD = p.yes("esrd", &s.Issues)
		if v := p.inputs["segment"]; v.text != "" {
			var err error
			if who.Segment, err = hcc.ParseSegment(v.text); err != nil {
				s.Issues = append(s.Issues, stratify.Issue{Code: stratify.OutOfModel, Input: "segment", Detail: fmt.Sprintf("%q is none of %s", v, segmentWords)})
				return s
			}
		}
		age, why := p.age()
		who.Age, who.AgeKnown = age, why == ""
		x := m.Explain(who)
		for _, i := range x.Issues.List() {
			s.Issues = append(s.Issues, paymentIssue(stratify.IssueCode(i), p, x.Bad))
		}
		if p.diagnoses == nil && x.Segment != hcc.NE && x.Segment != hcc.SNPNE {
			s.Issues = append(s.Issues, noDiagnoses)
			return s
		}
		s.Scored, s.Value, s.Linear = x.Scored, x.Value(), x.Value()
		for _, t := range x.Terms {
			w := float64(t.Milli) / 1000
			var facts []string
			for _, c := range x.Codes {
				if slices.ContainsFunc(c.HCCs, func(n int) bool { return t.Name == "HCC"+strconv.Itoa(n) }) {
					facts = append(facts, c.Code)
				}
			}
			s.Terms = append(s.Terms, stratify.Term{Name: t.Name, Label: t.Label, Input: 1, Coef: w, Points: w, Facts: facts})
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
		return s
	}}
}

// paymentIssue adds to the model's issue which field it is about and what was read there.
func paymentIssue(code stratify.IssueCode, p *patient, bad int) stratify.Issue {
	i := stratify.Issue{Code: code}
	read := func(name, takes, then string) {
		i.Input, i.Detail = name, fmt.Sprintf("%q is none of %s%s", p.inputs[name], takes, then)
		if p.inputs[name].text == "" {
			i.Detail = "not given" + then
		}
	}
	switch code {
	case stratify.AgeMissing:
		_, why := p.age()
		i.Input, i.Detail = "age", why+", and no day of birth"
	case stratify.AgeNegative, stratify.OutOfRange:
		i.Input, i.Detail = "age", fmt.Sprintf("%q", p.inputs["age"])
		if p.birth != 0 {
			i.Input, i.Detail = "birth", p.birth.String()
		}
	case stratify.SexMissing:
		read("sex", sexWords, "")
	case stratify.ORECMissing:
		read("orec", orecWords, ": counted as 0")
	case stratify.DualMissing:
		read("dual", dualWords, ": counted as non-dual")
	case stratify.OutOfModel:
		i.Input, i.Detail = "esrd", "dialysis and transplant have models of their own"
	case stratify.SegmentConflict:
		i.Detail = "the segment or the flags contradict other facts"
	case stratify.AgeCell:
		i.Input, i.Detail = "age", "the segment has no factor for this age: scored without it"
	case stratify.CodeInvalid:
		return badCodes(bad)[0]
	}
	return i
}
