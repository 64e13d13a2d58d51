package registry_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	. "github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/registrytest"
	"pgregory.net/rapid"
)

var (
	setA  = Set{Name: "A", OID: "1.1"}
	setB  = Set{Name: "B", OID: "1.2"}
	codeA = Code{System: "urn:t", Value: "a"}
	codeB = Code{System: "urn:t", Value: "b"}
	codeC = Code{System: "urn:t", Value: "c"}
)

func testSets() []ValueSet {
	return []ValueSet{{OID: "1.1", Name: "A", Codes: []Code{codeA, codeC}}, {OID: "1.2", Name: "B", Codes: []Code{codeB, codeC}}}
}

func bind(t testing.TB, d Definition) (Criterion, *Lexicon) {
	t.Helper()
	b := NewBinder(testSets())
	b.In("test")
	c := d.Bind(b)
	l, err := b.Lexicon()
	if err != nil {
		t.Fatal(err)
	}
	return c, l
}

var year = CalendarYear(2025)

func obs(id string, when Span, v Value) Fact {
	return Fact{ID: id, Kind: Observation, Status: Final, Codes: []Code{codeA}, When: when, Value: v}
}

func TestCriteria(t *testing.T) {
	num := func(n int64) Value { return QuantityOf(Num(n, 0), "%") }
	in, before, after := On(Day(2025, 6, 1)), On(Day(2024, 12, 31)), On(Day(2026, 1, 1))
	a := Query{Kind: Observation, Sets: []Set{setA}}
	within := func(rel Relation, w Window) Definition { return Exists{Query: a.That(When(rel, w))} }
	compare := func(op Op, n int64) Definition {
		return Exists{Query: a.That(Compare{Op: op, Limit: Num(n, 0), Unit: "%"})}
	}
	quantity := func(n int64, c Comparator, unit string) Fact {
		f := obs("q", in, QuantityOf(Num(n, 0), unit))
		f.Value.Quantity.Comparator = c
		return f
	}
	latest := Pick{From: a, By: Latest, Last: true, Tie: TieLowest}
	enc := Fact{ID: "e", Kind: Encounter, Status: Finished, When: in, Codes: []Code{codeB}, Visit: &Visit{Class: "AMB"}}
	linked := obs("l", in, num(1))
	linked.EncounterID = "e"
	for name, c := range map[string]struct {
		def   Definition
		facts []Fact
		want  bool
	}{
		"in the period":                {within(During, ThePeriod()), []Fact{obs("1", in, num(1))}, true},
		"first day":                    {within(During, ThePeriod()), []Fact{obs("1", On(Day(2025, 1, 1)), num(1))}, true},
		"last day":                     {within(During, ThePeriod()), []Fact{obs("1", On(Day(2025, 12, 31)), num(1))}, true},
		"day before":                   {within(During, ThePeriod()), []Fact{obs("1", before, num(1))}, false},
		"day after":                    {within(During, ThePeriod()), []Fact{obs("1", after, num(1))}, false},
		"ongoing is not during":        {within(During, ThePeriod()), []Fact{obs("1", Since(Day(2025, 2, 1)), num(1))}, false},
		"ongoing overlaps":             {within(Overlaps, ThePeriod()), []Fact{obs("1", Since(Day(2020, 2, 1)), num(1))}, true},
		"ongoing from later":           {within(Overlaps, ThePeriod()), []Fact{obs("1", Since(Day(2026, 2, 1)), num(1))}, false},
		"end unknown, start before":    {within(Overlaps, ThePeriod()), []Fact{obs("1", Span{Start: At(Day(2020, 1, 1))}, num(1))}, false},
		"end unknown, start inside":    {within(Overlaps, ThePeriod()), []Fact{obs("1", Span{Start: At(Day(2025, 3, 1))}, num(1))}, true},
		"no start reaches back":        {within(Overlaps, ThePeriod()), []Fact{obs("1", Span{End: At(Day(2025, 3, 1))}, num(1))}, true},
		"overlaps before":              {within(OverlapsBefore, ThePeriod()), []Fact{obs("1", Between(Day(2024, 5, 1), Day(2025, 1, 1)), num(1))}, true},
		"overlaps, not before":         {within(OverlapsBefore, ThePeriod()), []Fact{obs("1", Between(Day(2025, 1, 1), Day(2025, 1, 2)), num(1))}, false},
		"overlaps after":               {within(OverlapsAfter, ThePeriod()), []Fact{obs("1", Between(Day(2025, 12, 1), Day(2026, 1, 1)), num(1))}, true},
		"excluded edge":                {within(Starts, FromTo(PeriodStart().Excluded(), PeriodEnd())), []Fact{obs("1", On(Day(2025, 1, 1)), num(1))}, false},
		"leap day look-back":           {Exists{Query: a.That(When(Starts, FromTo(YearDay(2, 29).AddYears(-1), PeriodStart())))}, []Fact{obs("1", On(Day(2024, 2, 28)), num(1))}, true},
		"above":                        {compare(Above, 9), []Fact{quantity(10, Exactly, "%")}, true},
		"not above itself":             {compare(Above, 9), []Fact{quantity(9, Exactly, "%")}, false},
		">9 is above 9":                {compare(Above, 9), []Fact{quantity(9, MoreThan, "%")}, true},
		">14 is not below 20":          {compare(Below, 20), []Fact{quantity(14, MoreThan, "%")}, false},
		"<5 is below 7":                {compare(Below, 7), []Fact{quantity(5, LessThan, "%")}, true},
		"<5 is not at least 5":         {compare(AtOrAbove, 5), []Fact{quantity(5, LessThan, "%")}, false},
		"other unit":                   {compare(Above, 9), []Fact{quantity(75, Exactly, "mmol/mol")}, false},
		"no unit":                      {compare(Above, 9), []Fact{quantity(10, Exactly, "")}, false},
		"lowest of the latest day":     {The{Pick: latest, Is: []Test{Compare{Op: Below, Limit: Num(8, 0), Unit: "%"}}}, []Fact{obs("1", in, num(9)), obs("2", in, num(7)), obs("3", before, num(12))}, true},
		"no result ranks lowest":       {The{Pick: latest, Is: []Test{WithoutValue()}}, []Fact{obs("1", in, num(9)), obs("2", in, Value{})}, true},
		"two days":                     {Count{Of: a, Min: 2, Distinct: DistinctDays}, []Fact{obs("1", in, num(1)), obs("2", in, num(1)), obs("3", before, num(1))}, true},
		"one day twice":                {Count{Of: a, Min: 2, Distinct: DistinctDays}, []Fact{obs("1", in, num(1)), obs("2", in, num(1))}, false},
		"two facts":                    {Count{Of: a, Min: 2}, []Fact{obs("1", in, num(1)), obs("2", in, num(1))}, true},
		"the same fact twice":          {Count{Of: a, Min: 2}, []Fact{obs("1", in, num(1)), obs("1", in, num(1))}, false},
		"at most":                      {Count{Of: a, Min: 0, Max: 1}, []Fact{obs("1", in, num(1)), obs("2", in, num(1))}, false},
		"a fact of two queries is one": {Count{Of: Union(a, a.That(HasValue())), Min: 2}, []Fact{obs("1", in, num(1))}, false},
		"entered in error":             {Exists{Query: a}, []Fact{{ID: "x", Kind: Observation, Status: EnteredInError, Codes: []Code{codeA}, When: in}}, false},
		"not done":                     {Exists{Query: a}, []Fact{{ID: "x", Kind: Observation, Status: Final, Negated: true, Codes: []Code{codeA}, When: in}}, false},
		"asked for not done":           {Exists{Query: Query{Kind: Observation, Sets: []Set{setA}, Negated: true}}, []Fact{{ID: "x", Kind: Observation, Negated: true, Codes: []Code{codeA}, When: in}}, true},
		"second coding":                {Exists{Query: a}, []Fact{{ID: "x", Kind: Observation, Codes: []Code{{System: "urn:other", Value: "z"}, codeA}, When: in}}, true},
		"other kind":                   {Exists{Query: a}, []Fact{{ID: "x", Kind: Procedure, Codes: []Code{codeA}, When: in}}, false},
		"of an encounter":              {Exists{Query: a.That(BelongsTo(ClassIn("AMB")))}, []Fact{linked, enc}, true},
		"encounter not in the record":  {Exists{Query: a.That(BelongsTo(ClassIn("AMB")))}, []Fact{linked}, false},
		"with another":                 {Exists{Query: a.Named("x").That(With(Query{Kind: Encounter, Sets: []Set{setB}, Tests: []Test{When(During, SpanOf("x"))}}))}, []Fact{obs("1", in, num(1)), enc}, true},
		"without another":              {Exists{Query: a.Named("x").That(Without(Query{Kind: Encounter, Sets: []Set{setB}, Tests: []Test{When(During, SpanOf("x"))}}))}, []Fact{obs("1", before, num(1)), enc}, true},
		"other than itself":            {Exists{Query: a.Named("x").That(With(a.That(OtherThan("x"))))}, []Fact{obs("1", in, num(1))}, false},
		"given the first":              {Given{Pick: Pick{From: a.Named("first"), By: Starts}, Then: Exists{Query: a.That(When(Starts, FromTo(StartOf("first").AddDays(10), StartOf("first").AddDays(20))))}}, []Fact{obs("1", On(Day(2025, 3, 1)), num(1)), obs("2", On(Day(2025, 3, 15)), num(1))}, true},
		"to the minute, time unknown":  {Exists{Query: a.That(When(Starts, FromTo(PeriodStart(), PeriodEnd())).Precisely())}, []Fact{obs("1", On(Day(2025, 1, 1)), num(1))}, false},
		"covered days":                 {CoverDays{Of: []Query{{Kind: MedicationDispense, Sets: []Set{setA}}}, Window: ThePeriod(), Min: 60}, []Fact{dispense("1", Day(2025, 1, 1), 30), dispense("2", Day(2025, 1, 16), 45)}, true},
		"overlap counts once":          {CoverDays{Of: []Query{{Kind: MedicationDispense, Sets: []Set{setA}}}, Window: ThePeriod(), Min: 61}, []Fact{dispense("1", Day(2025, 1, 1), 30), dispense("2", Day(2025, 1, 16), 45)}, false},
		"carried forward":              {CoverDays{Of: []Query{{Kind: MedicationDispense, Sets: []Set{setA}}}, Window: ThePeriod(), Min: 75, CarryForward: true}, []Fact{dispense("1", Day(2025, 1, 1), 30), dispense("2", Day(2025, 1, 16), 45)}, true},
		"supply in all":                {SupplyDays{Of: Query{Kind: MedicationDispense, Sets: []Set{setA}}, Min: 75}, []Fact{dispense("1", Day(2025, 1, 1), 30), dispense("2", Day(2025, 1, 16), 45)}, true},
		"any of nothing":               {Any{}, nil, false},
		"all of nothing":               {All{}, nil, true},
		"not":                          {Not{Of: Exists{Query: a}}, nil, true},
		"end before start is left out": {Exists{Query: a}, []Fact{obs("1", Between(Day(2025, 3, 2), Day(2025, 3, 1)), num(1))}, false},
		"codes with and without dot":   {Exists{Query: Query{Kind: Diagnosis, Codes: []Code{{System: ICD10CM, Value: "E11.9"}}}}, []Fact{{ID: "1", Kind: Diagnosis, Codes: []Code{{System: ICD10CM, Value: "E119"}}, When: in}}, true},
		"a rule": {Rule{Words: "two or more", Reads: []Query{a}, Ok: func(_ *Chart, _ Period, f []Found) bool {
			n := 0
			f[0].Each(func(*Fact) bool { n++; return true })
			return n > 1 && f[0].First().ID == "2"
		}}, []Fact{obs("1", in, num(1)), obs("2", before, num(1))}, true},
		"age at the end": {AgeAt{At: PeriodEnd(), Min: 65, Max: 65}, nil, true},
		"age in months":  {AgeAt{At: PeriodEnd(), Min: 791, Months: true}, nil, false},
		"died":           {DiedBy{By: PeriodEnd()}, nil, false},
	} {
		crit, l := bind(t, c.def)
		p := &Patient{ID: "p", Birth: Day(1960, 2, 29), Facts: c.facts}
		chart := l.Chart(p)
		got := crit.Holds(chart, year)
		if got != c.want {
			t.Errorf("%s: %v\n%s", name, got, c.def)
		}
		if f := crit.Explain(chart, year); f.Met != got {
			t.Errorf("%s: explained as %v:\n%s", name, f.Met, f.Text())
		}
		if crit.String() != c.def.String() || crit.String() == "" {
			t.Errorf("%s: words %q", name, crit)
		}
	}
}

func dispense(id string, d Date, days int64) Fact {
	return Fact{ID: id, Kind: MedicationDispense, Status: Completed, Codes: []Code{codeA}, When: On(d), Supply: &Supply{Start: d, Days: Num(days, 0)}}
}

// Why a criterion is not met, with the nearest miss.
func TestReasons(t *testing.T) {
	a := Query{Kind: Observation, Sets: []Set{setA}, Tests: []Test{StatusIn(Final), When(During, ThePeriod()), Compare{Op: Below, Limit: Num(8, 0), Unit: "%"}}}
	for name, c := range map[string]struct {
		fact   Fact
		reason Reason
	}{
		"nothing":   {Fact{Kind: Procedure}, NotFound},
		"status":    {Fact{ID: "1", Kind: Observation, Status: Preliminary, Codes: []Code{codeA}, When: On(Day(2025, 5, 5))}, InvalidAttribute},
		"date":      {obs("1", On(Day(2024, 5, 5)), QuantityOf(Num(7, 0), "%")), DateOutOfRange},
		"value":     {obs("1", On(Day(2025, 5, 5)), QuantityOf(Num(9, 0), "%")), ValueOutOfRange},
		"all right": {obs("1", On(Day(2025, 5, 5)), QuantityOf(Num(7, 0), "%")), ValueInRange},
	} {
		crit, l := bind(t, Exists{Query: a})
		f := crit.Explain(l.Chart(&Patient{Facts: []Fact{c.fact}}), year)
		if f.Reason != c.reason {
			t.Errorf("%s: %v, want %v", name, f.Reason, c.reason)
		}
		if c.reason != NotFound && (len(f.Evidence) != 1 || f.Evidence[0].ValueSet != "A" || f.Met != (f.Evidence[0].Miss == "")) {
			t.Errorf("%s: evidence %+v", name, f.Evidence)
		}
	}
}

// What a chart leaves out, and counts.
// A chart that was never loaded answers like that of a person without facts.
func TestNewChartIsEmpty(t *testing.T) {
	b := NewBinder([]ValueSet{{OID: "1", Name: "Diabetes", Codes: []Code{NewCode("ICD10CM", "E11.9")}}})
	q := Query{Kind: Diagnosis, Sets: []Set{{Name: "Diabetes", OID: "1"}}}
	all := []Criterion{Exists{Query: q}.Bind(b), Not{Of: Exists{Query: q}}.Bind(b), The{Pick: Pick{From: q, By: Starts}}.Bind(b), Exists{Query: Query{Kind: Encounter}}.Bind(b)}
	lex, err := b.Lexicon()
	if err != nil {
		t.Fatal(err)
	}
	year := CalendarYear(2024)
	for i, c := range all {
		if got, want := c.Holds(NewChart(lex), year), c.Holds(lex.Chart(&Patient{}), year); got != want || got != (i == 1) {
			t.Errorf("%d: %v, %v", i, got, want)
		}
		c.Explain(NewChart(lex), year)
	}
}

func TestLeftOut(t *testing.T) {
	_, l := bind(t, Exists{Query: Query{Kind: Observation, Sets: []Set{setA}}})
	in := On(Day(2025, 6, 1))
	p := &Patient{Facts: []Fact{
		obs("1", in, Value{}), obs("1", in, Value{}),
		{ID: "2", Kind: Observation, Status: EnteredInError, Codes: []Code{codeA}, When: in},
		{ID: "3", Kind: Diagnosis, Verification: Refuted, Codes: []Code{codeA}, When: in},
		{ID: "4", Kind: Observation, Codes: []Code{codeB}, When: in},
		{ID: "5", Kind: Observation, When: in},
		obs("6", Between(Day(2025, 3, 2), Day(2025, 3, 1)), Value{}),
		obs("7", On(Day(2025, 9, 1)), Value{}),
		{ID: "8", Kind: 200, Codes: []Code{codeA}, When: in},
	}}
	c := NewChart(l)
	c.LoadAsOf(p, Day(2025, 6, 30))
	want := LeftOut{EnteredInError: 2, Duplicate: 1, NotAskedFor: 2, NoCode: 1, Inverted: 1, Future: 1}
	if c.LeftOut != want || c.LeftOut.Total() != 8 || c.Facts() != 9 {
		t.Errorf("%+v, want %+v", c.LeftOut, want)
	}
	sum := LeftOut{TooMany: 3}
	sum.Add(want)
	sum.Add(LeftOut{EnteredInError: 1, Duplicate: 2, NotAskedFor: 3, NoCode: 4, Inverted: 5, Future: 6, TooMany: 7})
	if want := (LeftOut{3, 3, 5, 5, 6, 7, 10}); sum != want {
		t.Errorf("%+v, want %+v", sum, want)
	}
	if c.ByID(Observation, "1") == nil || c.ByID(Observation, "2") != nil {
		t.Error("ByID")
	}
}

// An abatement before the onset is ignored: the diagnosis counts from its start, to this
// day when it is active, with an unknown end when nothing says so.
func TestAbatementBeforeOnset(t *testing.T) {
	born, start := Day(1960, 6, 1), Day(2025, 3, 2)
	dx := func(s Status) Fact {
		return Fact{ID: "1", Kind: Diagnosis, Status: s, Codes: []Code{codeA}, When: Between(start, Day(2020, 3, 1))}
	}
	q := Query{As: "x", Kind: Diagnosis, Sets: []Set{setA}}
	year, later := CalendarYear(2025), CalendarYear(2026)
	for name, c := range map[string]struct {
		test Test
		f    Fact
		p    Period
		want bool
	}{
		"starts":                    {When(Starts, ThePeriod()), dx(Resolved), year, true},
		"during, end not known":     {When(During, ThePeriod()), dx(Resolved), year, false},
		"not before its start":      {When(Overlaps, Window{To: PeriodEnd()}), dx(Active), CalendarYear(2024), false},
		"goes on when active":       {When(Overlaps, ThePeriod()), dx(Active), later, true},
		"and when it came back":     {When(Overlaps, ThePeriod()), dx(Relapse), later, true},
		"and when it recurred":      {When(Overlaps, ThePeriod()), dx(Recurrence), later, true},
		"not when it is resolved":   {When(Overlaps, ThePeriod()), dx(Resolved), later, false},
		"no end in the wrong place": {When(Ends, YearsBefore(9)), dx(Resolved), year, false},
		"the age is of the start":   {AgeAtFact{Min: 64, Max: 64}, dx(Active), year, true},
	} {
		d := Exists{Query: q.That(c.test)}
		x, l := bind(t, d)
		chart := l.Chart(&Patient{Birth: born, Facts: []Fact{c.f}})
		if got := x.Holds(chart, c.p); got != c.want || x.Explain(chart, c.p).Met != got {
			t.Errorf("%s: %v", name, got)
		}
		if chart.LeftOut.Inverted != 0 {
			t.Errorf("%s: %+v", name, chart.LeftOut)
		}
	}
}

// One ID twice: repeated facts are counted once, facts of different times are two,
// whatever stands between them and in whatever order they come.
func TestRepeatedIDs(t *testing.T) {
	_, l := bind(t, Exists{Query: Query{Kind: Observation, Sets: []Set{setA}}})
	day := func(d int) Span { return On(Day(2025, 6, d)) }
	odd := obs("1", day(1), Value{})
	odd.Codes = []Code{codeB}
	facts := []Fact{obs("1", day(1), Value{}), odd, obs("2", day(1), Value{}), obs("1", day(3), Value{}), obs("1", day(1), Value{})}
	var stays string
	for i := range facts {
		rotated := append(slices.Clone(facts[i:]), facts[:i]...)
		c := l.Chart(&Patient{Facts: rotated})
		if c.LeftOut.Duplicate != 2 || c.LeftOut.Total() != 2 {
			t.Errorf("%+v", c.LeftOut)
		}
		if code := c.ByID(Observation, "1").Codes[0].Value; stays == "" {
			stays = code
		} else if code != stays {
			t.Error("which of two facts of one ID and time stays depends on their order")
		}
	}
}

// Every fault of a definition, together.
func TestBindingErrors(t *testing.T) {
	b := NewBinder([]ValueSet{{OID: "1.9", Name: "Empty"}, {OID: "1.5", Codes: []Code{codeA}}, {OID: "1.5", Codes: []Code{codeB}}})
	b.In("m numerator")
	All{
		Exists{Query: Query{Kind: Observation, Sets: []Set{{"Zulu", "3.3"}, {"Alpha", "3.1"}, {"Empty", "1.9"}}}},
		Exists{Query: Query{Sets: []Set{{"Alpha", "3.1"}}}},
		AgeAt{At: StartOf("nobody"), Min: 70, Max: 60},
		Count{Of: Query{Kind: Observation}, Min: 3, Max: 2},
		Given{Pick: Pick{From: Query{Kind: Observation}}},
		Rule{Words: "nothing"},
		CoverDays{},
		nil,
		Exists{Query: Query{Kind: Observation, Tests: []Test{nil, When(Starts, FromTo(YearDay(13, 1), PeriodEnd()))}}},
	}.Bind(b)
	_, err := b.Lexicon()
	var m *MissingSets
	if !errors.As(err, &m) || !errors.Is(err, ErrValueSet) || !errors.Is(err, ErrDefinition) {
		t.Fatal(err)
	}
	if len(m.Missing) != 2 || m.Missing[0].Name != "Alpha" || m.Missing[1].OID != "3.3" || len(m.Empty) != 1 {
		t.Errorf("%+v", m)
	}
	for _, want := range []string{"Alpha (3.1)", "Zulu (3.3)", "Empty (1.9)", "m numerator", `"nobody"`, "ages 70 to 60", "a count of 3 to 2", "Given needs a name", "no function", "closed window", "is nil", "13/1", "twice with different codes", "without a kind"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error does not say %q:\n%v", want, err)
		}
	}
}

// Explain is Holds, on any definition and any record.
func TestExplainLaw(t *testing.T) {
	test := rapid.Custom(func(t *rapid.T) Test {
		return rapid.SampledFrom([]Test{StatusIn(Final, Active), When(During, ThePeriod()), When(Overlaps, YearsBefore(1)), HasValue(), When(Starts, UpToPeriodEnd()),
			Compare{Op: Above, Limit: Num(9, 0), Unit: "%"}, ValueIn(setB), NoneOf(When(Ends, ThePeriod())), AnyOf(IsOrdered(), InCategory(Laboratory)),
			With(Query{Kind: Encounter, Tests: []Test{When(During, Within(30, StartOf("f")))}}), Without(Query{As: "g", Kind: Observation, Tests: []Test{OtherThan("f")}}),
			WhenOf(Covered, Overlaps, ThePeriod()), WhenOf(Authored, Starts, ThePeriod()).Precisely(), AgeAtFact{Min: 40}, BelongsTo(StatusIn(Finished))}).Draw(t, "test")
	})
	query := rapid.Custom(func(t *rapid.T) Query {
		q := Query{As: "f", Kind: Kind(rapid.IntRange(1, 16).Draw(t, "kind")), Tests: rapid.SliceOfN(test, 0, 3).Draw(t, "tests")}
		switch rapid.IntRange(0, 3).Draw(t, "codes") {
		case 0:
			q.Sets = []Set{setA}
		case 1:
			q.Sets = []Set{setA, setB}
		case 2:
			q.Codes = []Code{codeB}
		}
		return q
	})
	var tree func(depth int) *rapid.Generator[Definition]
	tree = func(depth int) *rapid.Generator[Definition] {
		return rapid.Custom(func(t *rapid.T) Definition {
			n := 7
			if depth > 0 {
				n = 10
			}
			q := query.Draw(t, "query")
			switch rapid.IntRange(0, n).Draw(t, "node") {
			case 0, 1:
				return Exists{Query: q}
			case 2:
				return Count{Of: Union(q, query.Draw(t, "or")), Min: rapid.IntRange(1, 3).Draw(t, "min"), Distinct: Distinct(rapid.IntRange(0, 1).Draw(t, "distinct"))}
			case 3:
				return The{Pick: Pick{From: q, By: Latest, Last: true, Tie: Tie(rapid.IntRange(0, 2).Draw(t, "tie"))}, Is: []Test{test.Draw(t, "is")}}
			case 4:
				return AgeAt{At: PeriodEnd(), Min: 18, Max: rapid.SampledFrom([]int{0, 75}).Draw(t, "max")}
			case 5:
				return Given{Pick: Pick{From: q, By: Starts}, Then: Exists{Query: Query{Kind: Observation, Tests: []Test{When(Starts, Within(60, StartOf("f")))}}}}
			case 6:
				return CoverDays{Of: []Query{q}, Window: ThePeriod(), Min: 10, CarryForward: true}
			case 7:
				return SupplyDays{Of: q, Min: 30}
			case 8:
				return Not{Of: tree(depth-1).Draw(t, "not")}
			case 9:
				return All(rapid.SliceOfN(tree(depth-1), 0, 3).Draw(t, "all"))
			}
			return Any(rapid.SliceOfN(tree(depth-1), 0, 3).Draw(t, "any"))
		})
	}
	met := 0
	lawtest.Until(t, func(t *rapid.T) {
		d := tree(2).Draw(t, "definition")
		b := NewBinder(testSets())
		crit := d.Bind(b)
		l, err := b.Lexicon()
		if err != nil {
			t.Fatal(err)
		}
		p := registrytest.Patients(year, []Code{codeA, codeB, codeC}).Draw(t, "patient")
		chart := l.Chart(&p)
		holds := crit.Holds(chart, year)
		f := crit.Explain(chart, year)
		if f.Met != holds || crit.Holds(chart, year) != holds {
			t.Fatalf("holds %v, explained %v\n%s\n%s", holds, f.Met, d, f.Text())
		}
		if q := registrytest.Shuffled(&p, 7); crit.Holds(l.Chart(q), year) != holds {
			t.Fatalf("order of facts matters to\n%s", d)
		}
		if holds {
			met++
		}
	}, func() bool { return met > 0 })
}

func TestCodeLaws(t *testing.T) {
	systems := []System{ICD10CM, ICD9CM, ICD10, LOINC, HCPCS, CPT, SNOMEDCT, RxNorm, ICD9PCS, ICD10PCS, NDC, "urn:local"}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SampledFrom(systems).Draw(t, "system")
		v := rapid.StringMatching(`[ A-Za-z0-9.\-\x{00a0}\x{200b}]{0,9}`).Draw(t, "value")
		n := NormalizeCode(s, v)
		if NormalizeCode(s, n) != n {
			t.Fatal("normalising is idempotent")
		}
		c := Code{System: s, Value: n}
		if NewCode(string(s), c.Display()) != c {
			t.Fatalf("display of %v normalises to %v", c, NewCode(string(s), c.Display()))
		}
		if CanonicalSystem(string(CanonicalSystem(string(s)))) != CanonicalSystem(string(s)) {
			t.Fatal("canonical systems stay")
		}
	})
	for in, want := range map[string]System{"urn:oid:2.16.840.1.113883.6.96": SNOMEDCT, "2.16.840.1.113883.6.90": ICD10CM, "LOINC": LOINC, "http://terminology.hl7.org/CodeSystem/HCPCS": HCPCS, "x": "x"} {
		if CanonicalSystem(in) != want {
			t.Errorf("%s: %s", in, CanonicalSystem(in))
		}
	}
	for _, c := range []struct {
		system   System
		in, want string
	}{
		{ICD10CM, "E11.9", "E119"}, {ICD10CM, "E11.", "E11"}, {ICD10CM, "E119.", "E119"}, {ICD10, "\u00a0i50.1\u200b", "I501"},
		{ICD10CM, "K7.04", "K7.04"}, {ICD10CM, "E11..9", "E11..9"}, {ICD10CM, "E.11.9", "E.11.9"}, {ICD10CM, "E1 19", "E1 19"}, {ICD10CM, "I.50.9.", "I.50.9."},
		{ICD9CM, "250.00", "25000"}, {ICD9CM, "E812.0", "E8120"}, {ICD9CM, "E81.20", "E81.20"}, {ICD9CM, "V10.1", "V101"}, {ICD9PCS, "45.23", "4523"}, {ICD9PCS, "452.3", "452.3"},
		{NDC, "0002-7597-01", "00002759701"}, {NDC, "50242-040-62", "50242004062"}, {NDC, "60575-4112-1", "60575411201"}, {NDC, "00002-7597-01", "00002759701"},
		{NDC, "00002759701", "00002759701"}, {NDC, "0002759701", "0002759701"}, {NDC, "0002-7597-1", "0002-7597-1"}, {NDC, "1-2-3-4", "1-2-3-4"},
	} {
		if got := NormalizeCode(c.system, c.in); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.system, c.in, got, c.want)
		}
	}
	if c := NewCode("ICD10CM", " e11.65 "); c.Value != "E1165" || c.Display() != "E11.65" {
		t.Error(c)
	}
}

func TestTallyLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := []string{"a", "b"}
		draw := func(label string) Tally {
			x := NewTally(names...)
			for range rapid.IntRange(0, 5).Draw(t, label) {
				x.Add(rapid.IntRange(0, 1).Draw(t, "i"))
				x.People++
			}
			return x
		}
		merge := func(a, b Tally) Tally {
			var r Tally
			for _, x := range []Tally{a, b} {
				if err := r.Merge(x); err != nil {
					t.Fatal(err)
				}
			}
			return r
		}
		same := func(a, b Tally) bool { return slices.Equal(a.Counts, b.Counts) && a.People == b.People }
		a, b, c := draw("a"), draw("b"), draw("c")
		if !same(merge(a, b), merge(b, a)) || !same(merge(merge(a, b), c), merge(a, merge(b, c))) || !same(merge(a, Tally{}), a) {
			t.Fatal("merging is commutative and associative, and zero is empty")
		}
	})
	x, y := NewTally("a"), NewTally("b")
	if err := x.Merge(y); !errors.Is(err, ErrTally) {
		t.Error(err)
	}
}
