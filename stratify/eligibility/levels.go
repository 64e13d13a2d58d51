package eligibility

import "fmt"

// Level is one level of a [Levels] rule.
type Level struct {
	Name  string
	Any   []Route // any of these; none: everybody
	Level int     // the source's number, the most intensive first asked
}

// Levels is a rule that gives a person one of several levels of care.
type Levels struct {
	ID, Row, Name, Source string
	Notes                 []string
	Levels                []Level // in the order in which they are asked
}

// Levelled is the answer: the level with its reasons. Where an input is missing that could
// decide for a level asked before, Level is 0 and Possible lists what it can be: never a
// lower level by silence.
type Levelled struct {
	System   string   `json:"system"`
	Level    int      `json:"level"` // 0: unknown
	Name     string   `json:"name"`
	Possible []int    `json:"possible"` // when unknown, in the order asked
	For      []Reason `json:"for"`
	Against  []Reason `json:"against"`
	Missing  []Reason `json:"missing"`
}

// KaiserLevels is Kaiser's three levels: 1 well managed and stable, 2 unstable or with a
// recent acute exacerbation, 3 not stable and in need of intensive case management rather
// than level 2. Asked 3, 2, 1; whose stability is not known is in no level. The programme
// was for acute myocardial infarction, asthma, diabetes, depression, heart failure and
// back pain; the source gives no cut-offs, so that the flags are the caller's.
func KaiserLevels() *Levels {
	not := func(i Input) Condition { return Condition{Input: i, Not: true} }
	is := func(i Input) Condition { return Condition{Input: i} }
	return &Levels{ID: "kaiser-levels", Row: "S1", Name: "Kaiser: three levels of care", Source: source("S1"),
		Notes: []string{"no cut-offs in the source: flags come from the caller's criteria", "missing stability is unknown, never level 1",
			"programmes for acute myocardial infarction, asthma, diabetes, depression, heart failure and back pain"},
		Levels: []Level{
			{"intensive case management", []Route{{"3", []Condition{not(Stable), is(NeedsIntensive)}}}, 3},
			{"care management", []Route{{"2 unstable", []Condition{not(Stable)}}, {"2 exacerbation", []Condition{is(AcuteExacerbation)}}}, 2},
			{"well managed and stable", []Route{{"1", []Condition{is(Stable), not(AcuteExacerbation)}}}, 1},
		}}
}

// BrentTiers is Brent's integrated diabetes care: very complex needs to specialists in
// secondary care, poorly controlled or recently discharged people to the intermediate
// specialist service, minor issues to the rapid access clinic, everybody else to general
// practice. What is recent is the caller's.
func BrentTiers() *Levels {
	is := func(i Input) []Condition { return []Condition{{Input: i}} }
	return &Levels{ID: "brent-tiers", Row: "S26", Name: "Brent integrated diabetes care", Source: source("S26"),
		Notes: []string{"what is recent, poor and complex is the caller's"},
		Levels: []Level{
			{"secondary care", []Route{{"complex", is(VeryComplex)}}, 4},
			{"intermediate specialist service", []Route{{"control", is(PoorlyControlled)}, {"discharge", is(RecentlyDischarged)}}, 3},
			{"rapid access clinic", []Route{{"minor", is(MinorIssue)}}, 2},
			{"general practice", nil, 1},
		}}
}

// Evaluate finds a person's level. It cannot fail: what is not known is listed.
func (l *Levels) Evaluate(in Inputs) Levelled {
	out := Levelled{System: l.ID}
	for _, level := range l.Levels {
		p := Programme{ID: level.Name, Routes: level.Any}
		if len(level.Any) == 0 {
			p.Routes = []Route{{Name: "otherwise"}}
		}
		e := p.Evaluate(in)
		out.For = append(out.For, e.For...)
		out.Against = append(out.Against, e.Against...)
		out.Missing = append(out.Missing, e.Missing...)
		switch e.Answer {
		case IsEligible:
			if len(out.Possible) == 0 {
				out.Level, out.Name = level.Level, level.Name
				return out
			}
			out.Possible = append(out.Possible, level.Level)
			return out
		case CannotTell:
			out.Possible = append(out.Possible, level.Level)
		}
	}
	return out
}

// String is the rule in words.
func (l *Levels) String() string {
	s := l.Name
	for _, level := range l.Levels {
		s += fmt.Sprintf("\n%d, %s:", level.Level, level.Name)
		for i, r := range level.Any {
			if i > 0 {
				s += " or"
			}
			for k, c := range r.All {
				if k > 0 {
					s += " and"
				}
				s += " " + c.String()
			}
		}
		if len(level.Any) == 0 {
			s += " everybody else"
		}
	}
	return s
}
