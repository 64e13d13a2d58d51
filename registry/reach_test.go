package registry_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	. "github.com/chroniccare/chroniccare/registry"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// A query that reads only the days which its tests allow finds what reading the whole list
// finds, in the same order, and a pick is the one that going through all facts gives.
func TestReachLaw(t *testing.T) {
	seen := lawtest.Seen{}
	day := rapid.Custom(func(t *rapid.T) Date {
		if rapid.IntRange(0, 9).Draw(t, "odd") == 0 {
			return rapid.SampledFrom([]Date{0, 0, 0, -5, 1, MaxDate, math.MaxInt32, math.MinInt32}).Draw(t, "odd day")
		}
		return Day(2025, 6, 1).AddDays(rapid.IntRange(0, 25).Draw(t, "day"))
	})
	at := rapid.Custom(func(t *rapid.T) Moment {
		return Moment{Day: day.Draw(t, "day"), Time: rapid.SampledFrom([]Clock{0, 0, 1, 1000, 1001, DayEnd, -1, -1 << 30, 1 << 30}).Draw(t, "time")}
	})
	fact := rapid.Custom(func(t *rapid.T) Fact {
		f := obs("", Span{Start: at.Draw(t, "start"), End: at.Draw(t, "end")}, QuantityOf(Num(int64(rapid.IntRange(0, 2).Draw(t, "value")), 0), "1"))
		f.Kind = rapid.SampledFrom([]Kind{Observation, Diagnosis}).Draw(t, "kind")
		f.Codes = []Code{rapid.SampledFrom([]Code{codeA, codeB, codeC}).Draw(t, "code")}
		f.Status = rapid.SampledFrom([]Status{Final, Active, Preliminary}).Draw(t, "status")
		switch rapid.IntRange(0, 5).Draw(t, "end") {
		case 0:
			f.When.End = Moment{}
		case 1:
			f.When.End, f.When.Ongoing = Moment{}, true
		case 2, 3:
			f.When.End = f.When.Start
		}
		f.Authored, f.LastSeen = at.Draw(t, "authored"), at.Draw(t, "last seen")
		return f
	})
	bound := func(own string) *rapid.Generator[Bound] {
		return rapid.Custom(func(t *rapid.T) Bound {
			b := rapid.SampledFrom([]Bound{{}, PeriodStart(), PeriodEnd(), BirthDate(), YearDay(6, 12), StartOf("outer"), StartOf("outer"), EndOf("outer"), AuthoredOf("outer"), StartOf(own)}).Draw(t, "bound")
			if b.IsOpen() {
				return b
			}
			b = b.AddDays(rapid.SampledFrom([]int{0, 0, -3, 4}).Draw(t, "days")).AddYears(rapid.SampledFrom([]int{0, 0, 0, 0, -20000}).Draw(t, "years"))
			if rapid.Bool().Draw(t, "excluded") {
				b = b.Excluded()
			}
			if rapid.Bool().Draw(t, "date") {
				b = b.Date()
			}
			return b
		})
	}
	query := func(as string, most int) *rapid.Generator[Query] {
		one := rapid.Custom(func(t *rapid.T) Query {
			q := Query{As: as, Kind: rapid.SampledFrom([]Kind{Observation, Diagnosis}).Draw(t, "kind"), Sets: []Set{rapid.SampledFrom([]Set{setA, setB}).Draw(t, "set")}}
			for range rapid.IntRange(0, most).Draw(t, "tests") {
				w := When(Relation(rapid.IntRange(0, int(OverlapsAfter)).Draw(t, "relation")), FromTo(bound(as).Draw(t, "from"), bound(as).Draw(t, "to")))
				w.Of = rapid.SampledFrom([]Aspect{Happened, Happened, Happened, Authored, Persisting}).Draw(t, "aspect")
				w.Exact = rapid.Bool().Draw(t, "exact")
				q.Tests = append(q.Tests, w)
			}
			if rapid.Bool().Draw(t, "final") {
				q.Tests = append(q.Tests, StatusIn(Final))
			}
			return q
		})
		return rapid.Custom(func(t *rapid.T) Query {
			q := one.Draw(t, "query")
			if rapid.IntRange(0, 2).Draw(t, "or") == 0 {
				q = Union(q, one.Draw(t, "other"))
			}
			return q
		})
	}
	definition := rapid.Custom(func(t *rapid.T) Definition {
		inner := query("inner", 2).Draw(t, "inner")
		pick := Pick{From: inner, By: rapid.SampledFrom([]Relation{Starts, Earliest, Latest, Ends}).Draw(t, "by"), Last: rapid.Bool().Draw(t, "last"),
			Exact: rapid.Bool().Draw(t, "exact pick"), Tie: Tie(rapid.IntRange(0, 2).Draw(t, "tie")), Of: rapid.SampledFrom([]Aspect{Happened, Happened, Authored}).Draw(t, "of")}
		outer := Query{As: "outer", Kind: Observation, Sets: []Set{setA}}
		switch rapid.IntRange(0, 3).Draw(t, "form") {
		case 0:
			return Count{Of: outer.That(With(inner)), Min: 2}
		case 1:
			return Count{Of: outer.That(Without(inner)), Min: 2}
		case 2:
			return Given{Pick: Pick{From: outer, By: Starts, Last: true}, Then: The{Pick: pick}}
		}
		return Given{Pick: Pick{From: outer, By: Ends}, Then: Count{Of: inner, Min: 3, Distinct: DistinctDays}}
	})
	check := func(t *rapid.T, d Definition, crit Criterion, l *Lexicon, p *Patient) {
		for i := range p.Facts {
			p.Facts[i].ID = fmt.Sprint(i)
		}
		fast, slow := l.Chart(p), l.Chart(p)
		fast.Whole(0)
		slow.Whole(math.MaxInt32)
		holds := crit.Holds(fast, year)
		if holds != crit.Holds(slow, year) {
			t.Fatalf("%v\n%s", holds, d)
		}
		f, g := crit.Explain(fast, year), crit.Explain(slow, year)
		if diff := cmp.Diff(f.Text(), g.Text()); diff != "" || f.Met != holds {
			t.Fatalf("%s\n%s", d, diff)
		}
		seen[fmt.Sprintf("%T %v", d, holds)]++
		if x, ok := d.(Given); ok {
			if y, ok := x.Then.(The); ok && holds {
				want := picked(p, x.Pick, y.Pick)
				if got := f.Parts[1].Evidence[0].ID; got != want {
					t.Fatalf("picked %s, want %s\n%s", got, want, d)
				}
				seen["picked"]++
			}
		}
	}
	lawtest.Check(t, seen, func(t *rapid.T) {
		d := definition.Draw(t, "definition")
		b := NewBinder(testSets())
		crit := d.Bind(b)
		l, err := b.Lexicon()
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			check(t, d, crit, l, &Patient{Birth: day.Draw(t, "birth"), Facts: rapid.SliceOfN(fact, 0, 20).Draw(t, "facts")})
		}
	}, "registry.Count true", "registry.Count false", "registry.Given true", "registry.Given false", "picked")
}

// picked goes through all facts that pass and keeps the best, by the pick's definition.
func picked(p *Patient, outer, inner Pick) string {
	b := NewBinder(testSets())
	var in *Selector
	out := b.Select(outer.From, func() { in = b.Select(inner.From, func() {}) })
	l, err := b.Lexicon()
	if err != nil {
		return err.Error()
	}
	c := l.Chart(p)
	c.Whole(math.MaxInt32)
	best := func(s *Selector, pick Pick) (id string) {
		var when Moment
		var best *Fact
		for w := s.Walk(c); ; {
			f := w.Next(c, year)
			if f == nil {
				return id
			}
			span := f.When
			if f.Kind == Diagnosis && span.End.Recorded() && span.End.Day < span.Start.Day {
				span.End = Moment{}
				span.Ongoing = f.Status == Active
			}
			if pick.Of == Authored {
				span = Instant(f.Authored)
			}
			m := span.Start
			switch pick.By {
			case Ends:
				m = span.End
			case Latest:
				m = span.Latest()
			case Earliest:
				m = span.Earliest()
			}
			if !m.Recorded() {
				continue
			}
			if !pick.Exact {
				m.Time = 0
			}
			take := best == nil
			if !take {
				later := m.Day > when.Day || m.Day == when.Day && m.Time > when.Time
				switch v, w := f.Value.Quantity.Value, best.Value.Quantity.Value; {
				case m != when:
					take = later == pick.Last
				case pick.Tie == TieLowest:
					take = v.Cmp(w) < 0
				case pick.Tie == TieHighest:
					take = v.Cmp(w) > 0
				default: // canonical order: start, end, kind, ID
					take = before(f, best) != pick.Last
				}
			}
			if take {
				best, when, id = f, m, f.ID
			}
		}
	}
	// the outer fact is bound again by walking to it
	want := best(out, outer)
	for w := out.Walk(c); ; {
		f := w.Next(c, year)
		if f == nil {
			return ""
		}
		if f.ID == want {
			return best(in, inner)
		}
	}
}

func before(a, b *Fact) bool {
	less := func(x, y Moment) bool { return x.Day < y.Day || x.Day == y.Day && x.Time < y.Time }
	switch x, y := a.When.Earliest(), b.When.Earliest(); {
	case x != y:
		return less(x, y)
	case a.When.End != b.When.End:
		return less(a.When.End, b.When.End)
	case a.Kind != b.Kind:
		return a.Kind < b.Kind
	}
	return a.ID < b.ID
}

// A fact is found by its ID among many as among few: the first of several in canonical order.
// A second coding of a fact does not list it twice.
func TestManyFacts(t *testing.T) {
	crit, l := bind(t, Count{Of: Query{Kind: Encounter, Sets: []Set{setA}}, Min: 31})
	for _, n := range []int{10, 30} {
		p := &Patient{}
		for i := range n {
			f := Fact{ID: fmt.Sprint(i % 7), Kind: Encounter, Codes: []Code{codeA, codeC}, When: On(Day(2025, 3, 1).AddDays(-i))}
			p.Facts = append(p.Facts, f)
		}
		c := l.Chart(p)
		for id := range 8 {
			var want *Fact
			if id < 7 {
				last := id
				for last+7 < n {
					last += 7
				}
				want = &p.Facts[last]
			}
			if got := c.ByID(Encounter, fmt.Sprint(id)); got != want {
				t.Errorf("%d facts, ID %d: %v, want %v", n, id, got, want)
			}
		}
		if c.ByID(Diagnosis, "1") != nil || c.EncounterOf(&Fact{EncounterID: "3"}) == nil || c.EncounterOf(&Fact{}) != nil {
			t.Error("a fact is taken for another")
		}
		if crit.Holds(c, year) {
			t.Error("facts count twice")
		}
	}
}

// Ten times the visits cost about ten times as much, not a hundred times, when a visit asks
// for what lies on its days, for what lasts over them and for its own facts.
func TestJoinsAreLinear(t *testing.T) {
	visit := Query{As: "visit", Kind: Encounter, Sets: []Set{setA}}
	on := SpanOf("visit")
	crit, l := bind(t, Count{Min: 1, Of: visit.That(
		With(Query{Kind: Observation, Sets: []Set{setA}, Tests: []Test{When(Starts, on)}}),
		With(Query{Kind: Diagnosis, Sets: []Set{setA}, Tests: []Test{When(Overlaps, on), BelongsTo()}}),
		If(The{Pick: Pick{From: Query{Kind: Observation, Sets: []Set{setA}, Tests: []Test{When(Starts, Window{To: on.To})}}, By: Starts, Last: true}}),
		Without(Query{Kind: Observation, Sets: []Set{setA}, Tests: []Test{When(During, on)}}))})
	cost := func(n int) time.Duration {
		p := &Patient{}
		for i := range n {
			d := On(Day(1990, 1, 1).AddDays(2 * i))
			id := fmt.Sprint(i)
			p.Facts = append(p.Facts, Fact{ID: id, Kind: Encounter, Codes: []Code{codeA}, When: d}, obs("o"+id, d, Value{}),
				Fact{ID: "d" + id, Kind: Diagnosis, Codes: []Code{codeA}, When: d, EncounterID: id})
		}
		c := l.Chart(p)
		best := time.Hour
		for range 9 {
			start := time.Now()
			if crit.Holds(c, year) {
				t.Fatal("no visit is without")
			}
			best = min(best, time.Since(start))
		}
		return best
	}
	if few, many := cost(400), cost(4000); many > 40*few {
		t.Errorf("400 visits take %v, 4,000 take %v", few, many)
	}
}
