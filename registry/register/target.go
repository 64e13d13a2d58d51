package register

import "github.com/chroniccare/chroniccare/registry"

// HbA1cTarget is an indicator of the England QOF of 2021/22 as a cascade: HbA1c of
// 58 mmol/mol or less in the last twelve months among people with diabetes without
// frailty. Those selected have done well; those rejected leave the denominator; of
// those whom the last step selects the target was missed. The success rule stands
// before the exclusions: good evidence beats a decline. The value sets are the
// caller's, under [SetSpace] + "hba1c-target:".
func HbA1cTarget() Cascade {
	x := rowOf{id: "hba1c-target", title: "HbA1c target"}
	upTo := registry.When(registry.Starts, registry.UpToPeriodEnd())
	year := registry.When(registry.Starts, lastMonths(12))
	has := func(what string, t registry.Test) registry.Definition {
		return registry.Exists{Query: coded(x.set(what), t)}
	}
	const frailty, result, invitation, earlier, diagnosis = "latest frailty", "HbA1c", "invitation", "earlier invitation", "diagnosis"
	frail := coded(x.set("frailty"), upTo).Named(frailty)
	hba1c := registry.Query{As: result, Kind: registry.Observation, Sets: []registry.Set{x.set("HbA1c")}, Tests: []registry.Test{year, registry.HasQuantity()}}
	good := registry.Compare{Op: registry.AtOrBelow, Limit: registry.Num(58, 0), Unit: "mmol/mol"}
	latest := registry.Pick{From: hba1c, By: registry.Starts, Last: true}
	goodAfter := registry.Query{Kind: registry.Observation, Sets: []registry.Set{x.set("HbA1c")}, Tests: []registry.Test{good,
		registry.When(registry.Starts, registry.FromTo(registry.StartOf(invitation), registry.PeriodEnd()))}}
	second := registry.Query{As: invitation, Kind: registry.Communication, Sets: []registry.Set{x.set("invitation")}, Tests: []registry.Test{year,
		registry.With(registry.Query{As: earlier, Kind: registry.Communication, Sets: []registry.Set{x.set("invitation")}, Tests: []registry.Test{year,
			registry.When(registry.Starts, registry.FromTo(registry.Bound{}, registry.StartOf(invitation).AddDays(-7)))}}),
		registry.Without(goodAfter)}}
	recent := func(pick registry.Pick, name string) registry.Definition {
		return registry.Given{Pick: pick, Then: registry.Is{Name: name, Tests: []registry.Test{registry.When(registry.Starts, lastMonths(9))}}}
	}
	first := registry.Pick{From: Ever(diagnosis, x.set("diabetes"), Clinical{}), By: registry.Starts}
	registered := registry.Pick{From: registry.Query{As: "registration", Kind: registry.Coverage, Sets: []registry.Set{x.set("registration")}, Tests: []registry.Test{upTo}}, By: registry.Starts, Last: true}
	return Cascade{
		{"moderate or severe frailty", registry.Given{Pick: registry.Pick{From: frail, By: registry.Starts, Last: true},
			Then: registry.Is{Name: frailty, Tests: []registry.Test{registry.CodeIn(x.set("moderate or severe frailty"))}}}, Reject, Pass},
		{"target met", registry.The{Pick: latest, Is: []registry.Test{good}}, Select, Pass},
		{"fructosamine instead", has("fructosamine", year), Reject, Pass},
		{"maximum treatment", has("maximum treatment", year), Reject, Pass},
		{"unsuitable", has("unsuitable", year), Reject, Pass},
		{"blood test declined", has("blood test declined", year), Reject, Pass},
		{"care declined", has("care declined", year), Reject, Pass},
		{"two invitations without a good result", registry.Exists{Query: second}, Reject, Pass},
		{"diagnosed less than nine months ago", recent(first, diagnosis), Reject, Pass},
		{"registered less than nine months ago", recent(registered, "registration"), Reject, Pass},
		{"target missed", nil, Select, Pass},
	}
}
