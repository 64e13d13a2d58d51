package hedis2001

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

// deliveries are live births, as procedure or on an encounter.
func deliveries(w Window) Query {
	return Union(Query{Kind: Procedure, Sets: []Set{setLiveBirthDelivery}, Tests: []Test{When(Starts, w), done()}},
		Query{Kind: Diagnosis, Sets: []Set{setLiveBirthDelivery}, Tests: []Test{When(Starts, w), in(inpatientClasses)}})
}

// itself passes the fact that is bound to the name.
func itself(name string) Test { return NoneOf(OtherThan(name)) }

func (p Params) ppc() []hedis.Indicator {
	at := StartOf(hedis.Episode)
	window := FromTo(YearDay(11, 6).AddYears(-1), YearDay(11, 5))
	// twins are one delivery, and of births less than 180 days apart the first counts
	near := deliveries(FromTo(at.AddDays(-179), at))
	firstBirth := Rule{Words: "the first delivery of 180 days", Reads: []Query{deliveries(Window{}).That(itself(hedis.Episode)), near}, Ok: func(_ *Chart, _ Period, found []Found) bool {
		me, ok := found[0].First(), true
		found[1].Each(func(f *Fact) bool {
			d, m := f.When.Start.Day, me.When.Start.Day
			ok = f == me || d == m && (f.Kind > me.Kind || f.Kind == me.Kind && f.ID > me.ID)
			return ok
		})
		return ok
	}}
	episodes := deliveries(window).Named(hedis.Episode).That(If(firstBirth))
	ip := p.withoutGap(FromTo(at.AddDays(-43), at.AddDays(56)), Medical, withoutOld)
	lines := p.linesOf(withoutOld)
	care := func(w Window, s Set) Query {
		return Union(Query{Kind: Encounter, Sets: []Set{s}, Tests: []Test{When(Starts, w), ClassIn(outpatientClasses...), done(), notBy(ProviderLaboratory, ProviderImaging)}},
			Query{Kind: Diagnosis, Sets: []Set{s}, Tests: []Test{When(Starts, w), in(outpatientClasses), notBy(ProviderLaboratory, ProviderImaging)}})
	}
	prenatal := Rule{
		Words: "a prenatal visit in the first trimester, or within 42 days of enrolment for those enrolled less than 219 days before delivery",
		Reads: []Query{deliveries(Window{}).That(itself(hedis.Episode)), care(FromTo(at.AddDays(-330), at), setPrenatalVisit),
			{Kind: Observation, Codes: []Code{{System: LOINC, Value: "11778-8"}}, Tests: []Test{When(Latest, FromTo(at.AddDays(-300), at)), done()}}},
		Ok: func(c *Chart, _ Period, found []Found) bool {
			d := found[0].First().When.Start.Day
			due := d
			found[2].Each(func(f *Fact) bool {
				if f.Value.Kind == TimeValue && f.Value.Moment.Recorded() {
					due = f.Value.Moment.Day
				}
				return true
			})
			from, since := due.AddDays(-280), Date(MinDate)
			to := due.AddDays(-176)
			var cover Cover
			if !p.AssumeEnrolled {
				since = 0
				for _, l := range lines {
					cv := Cover{Product: l, Benefits: Medical}
					if s := cv.Since(c.Patient.Enrolments, d); s != 0 && (since == 0 || s < since) {
						since, cover = s, cv
					}
				}
				if since == 0 {
					return false
				}
				if int(d-since) < 219 {
					from, to = since, since.AddDays(42)
				}
			}
			ok := false
			found[1].Each(func(f *Fact) bool {
				at := f.When.Start.Day
				ok = at >= from && at <= to && (p.AssumeEnrolled || cover.On(c.Patient.Enrolments, at))
				return !ok
			})
			return ok
		}}
	notes := []string{"Windows of care as published for later editions; delivery dates, enrolment and the limit of 219 days inferred."}
	return []hedis.Indicator{
		{ID: "ppc-prenatal", Question: "Did prenatal care start in time?", Episodes: &episodes, Rates: []hedis.RateDef{{InitialPopulation: ip, Numerator: prenatal}}, Notes: notes},
		{ID: "ppc-postpartum", Question: "Was there a visit 21 to 56 days after delivery?", Episodes: &episodes,
			Rates: []hedis.RateDef{{InitialPopulation: ip, Numerator: exists(care(FromTo(at.AddDays(21), at.AddDays(56)), setPostpartumVisit))}}, Notes: notes},
	}
}
