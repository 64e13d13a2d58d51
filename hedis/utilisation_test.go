package hedis_test

import (
	"errors"
	"fmt"
	"math/big"
	"testing"

	. "github.com/chroniccare/chroniccare/hedis"
	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func day(y, m, d int) registry.Date { return registry.Day(y, m, d) }

func TestUtilisationCases(t *testing.T) {
	var f struct {
		BedDays []struct {
			Stays      [][2]registry.Date
			Start, End registry.Date
			SameDay    bool  `json:"count_same_day"`
			Days       int64 `json:"bed_days"`
		} `json:"bed_days"`
		Readmissions []struct {
			Stays      [][3]string
			Window     int
			DataEnd    registry.Date `json:"data_end"`
			Num        int64         `json:"numerator"`
			Den        int64         `json:"denominator"`
			Incomplete int64         `json:"incomplete_follow_up"`
		}
		Returns []struct {
			First, Later registry.Date
			Returns      bool
		} `json:"er_return_10_days"`
	}
	load(t, "score_cases.json", &f)
	if len(f.BedDays) != 8 || len(f.Readmissions) != 4 || len(f.Returns) != 4 {
		t.Fatal("cases are missing")
	}
	for i, c := range f.BedDays {
		var in []Stay
		for _, s := range c.Stays {
			in = append(in, Stay{Patient: "a", Admitted: s[0], Discharged: s[1]})
		}
		if got := NewStays(in).BedDays(registry.Period{Start: c.Start, End: c.End}, c.SameDay); got != c.Days {
			t.Errorf("bed days %d: %d, want %d", i, got, c.Days)
		}
	}
	for _, c := range f.Readmissions {
		var in []Stay
		for _, s := range c.Stays {
			var x Stay
			if err := errors.Join(x.Admitted.UnmarshalText([]byte(s[0])), x.Discharged.UnmarshalText([]byte(s[1]))); err != nil {
				t.Fatal(err)
			}
			x.Patient, x.Died = "a", s[2] == "died"
			in = append(in, x)
		}
		got, err := NewStays(in).Readmissions(Readmission{Days: c.Window, DataEnd: c.DataEnd})
		if err != nil || got.Rate != rate(c.Num, c.Den) || got.Incomplete != c.Incomplete {
			t.Errorf("readmissions within %d: %+v, want %d/%d, %d incomplete (%v)", c.Window, got, c.Num, c.Den, c.Incomplete, err)
		}
	}
	for _, c := range f.Returns {
		got, err := ReturnWithin([]Contact{{Patient: "a", At: registry.At(c.First)}}, []Contact{{Patient: "a", At: registry.At(c.Later)}}, 10)
		if err != nil || (got.Num == 1) != c.Returns {
			t.Errorf("%v to %v: %v (%v)", c.First, c.Later, got, err)
		}
	}
}

// The figures that the source documents print, with the line of the document.
func TestGoldenNumbers(t *testing.T) {
	is := func(what string, got *big.Rat, err error, places int, want string) {
		t.Helper()
		if err != nil || got == nil || got.FloatString(places) != want {
			t.Errorf("%s: %v (%v), want %s", what, got, err, want)
		}
	}
	effect := func(treated, control string) Effect { return Effect{ByPercent(rat(treated)), ByPercent(rat(control))} }
	v, err := effect("-19", "-4.6").NetChange()
	is("admissions, net", v, err, 1, "-14.4")
	v, err = effect("-19", "-4.6").RatioOfRatios()
	is("admissions, ratio of ratios", v, err, 6, "0.849057")
	v, err = effect("-29", "-4").NetChange()
	is("readmissions, net", v, err, 0, "-25")
	v, err = effect("-29", "-4").RatioOfRatios()
	is("readmissions, ratio of ratios", v, err, 6, "0.739583")
	v, err = Change{rat("750"), rat("528")}.Relative()
	is("beds of Torbay", v, err, 3, "-0.296")
	v, err = Change{rat("2778"), rat("2025")}.Ratio()
	is("emergency bed days", v, err, 6, "0.728942")
	is("emergency bed days, difference", Change{rat("2025"), rat("2778")}.Absolute(), nil, 0, "753")
	v, err = BenchmarkIndex(rat("2025"), rat("2778"))
	is("index", v, err, 2, "72.89")
	v, err = Change{rat("3.5"), rat("1")}.Ratio()
	is("a third", v, err, 6, "0.285714")
	v, err = Change{rat("10"), rat("8.4")}.Relative()
	is("length of stay", v, err, 2, "-0.16")
	for fall, left := range map[string]string{"-26.2": "73.8", "-25.3": "74.7", "-21.5": "78.5"} {
		is("contacts", ByPercent(rat(fall)).After, nil, 1, left)
	}
	is("eight times", new(big.Rat).Mul(rat("100"), rat("8")), nil, 0, "800")
	a, b := rate(93, 100), rate(74, 100)
	c, err := ChangeOf(b, a)
	is("ambulatory use", new(big.Rat).Mul(c.Absolute(), rat("100")), err, 0, "19")
	is("avoidable admissions", ByPercent(rat("-8")).After, nil, 0, "92")
	for _, x := range []string{"83", "64", "73", "90"} {
		v, err = BenchmarkIndex(rat(x), rat("100"))
		is("end of life", v, err, 0, x)
	}
	saved, ratio, err := Saving(decimal.NewFromInt(1600), decimal.NewFromInt(13121), 1)
	is("cost per patient", ratio, err, 6, "0.121942")
	if !saved.Equal(decimal.NewFromInt(11521)) {
		t.Error(saved)
	}
	saved, ratio, err = Saving(decimal.NewFromInt(1600), decimal.NewFromInt(77000), 1)
	is("cost per patient", ratio, err, 6, "0.020779")
	if !saved.Equal(decimal.NewFromInt(75400)) {
		t.Error(saved)
	}
	for _, x := range [][3]int64{{43, 37, 6}, {72, 55, 17}} {
		c, err := ChangeOf(rate(x[1], 100), rate(x[0], 100))
		is("satisfaction", new(big.Rat).Mul(c.Absolute(), rat("100")), err, 0, fmt.Sprint(x[2]))
	}
	lines, wins, err := CompareDomains(
		[]DomainResult{{"overall quality", 0, rate(67, 100)}, {"chronic care", 0, rate(72, 100)}, {"prevention", 0, rate(64, 100)}},
		[]DomainResult{{"overall quality", 0, rate(51, 100)}, {"chronic care", 0, rate(59, 100)}, {"prevention", 0, rate(44, 100)}})
	if err != nil || wins != 3 || len(lines) != 4 {
		t.Fatal(lines, wins, err)
	}
	for i, want := range [][2]string{{"16", "1.313725"}, {"13", "1.220339"}, {"20", "1.454545"}} {
		is("quality", lines[i].Difference, nil, 0, want[0])
		is("quality", lines[i].Ratio, nil, 6, want[1])
	}
	is("percentile", Change{rat("45"), rat("78")}.Absolute(), nil, 0, "33")
	v, err = PerUnit(rat("0.32"), rat("0.75"))
	is("budget per member", v, err, 6, "0.754286")
	v, err = Change{rat("92000"), rat("53000")}.Relative()
	is("beds", v, err, 4, "-0.4239")
	studies := make([]StudyResult, 27)
	for i := range studies {
		studies[i].Favours = i < 18
		if i < 8 {
			studies[i].Component = "cost"
			studies[i].Favours = i < 7
		}
		if i == 18 {
			studies[i].Favours = true
		}
	}
	if r := EvidenceTally(studies, ""); r.Cmp(rate(2, 3)) != 0 {
		t.Error(r)
	}
	if r := EvidenceTally(studies, "cost"); r != rate(7, 8) {
		t.Error(r)
	}
	if s := Among(make([]int, 200), "x", func(int) bool { return false }, func(int) bool { return true }); s.Among.Defined() {
		t.Error(s)
	}
}

func TestUtilisationBadInput(t *testing.T) {
	s := NewStays([]Stay{{Patient: "a"}, {Patient: "a", Admitted: 10}, {Patient: "a", Admitted: 10, Discharged: 9}, {Patient: "a", Admitted: 10, Discharged: 10}})
	if s.LeftOut != (StaysLeftOut{Reversed: 1, Open: 1, Undated: 1}) || s.Len() != 1 {
		t.Error(s)
	}
	for _, err := range []error{
		second(s.Readmissions(Readmission{})), second(s.Readmissions(Readmission{Days: 30})), second(ReturnWithin(nil, nil, -1)), second(Exposure{People: 1, MemberMonths: 1}.PerThousand(1)),
		second(Exposure{People: -1}.PerThousand(1)), second(FunctionalDecline(nil, nil)), second(Turnover(-1, 0, 0)), second(CostPerPatient(nil, -1)),
	} {
		if !errors.Is(err, ErrInput) {
			t.Error(err)
		}
	}
	_, _, e1 := MeanChange(nil)
	_, _, e2 := Saving(decimal.Zero, decimal.Zero, 1)
	for _, err := range []error{
		second(Exposure{}.PerThousand(1)), second(OccupiedBeds(1, registry.Period{})), second(Adherence(nil, registry.Period{}, false)), second(Turnover(0, 0, 0)),
		second(MeanTenure(nil, 10)), second(DataLag(nil)), second(CostPerPatient(nil, 0)), e1, e2, second(Change{rat("0"), rat("1")}.Relative()),
		second(Effect{Change{rat("0"), rat("1")}, Change{rat("1"), rat("1")}}.NetChange()), second(Effect{ByPercent(rat("0")), ByPercent(rat("-100"))}.RatioOfRatios()), second(PerUnit(rat("1"), rat("-1"))), second(ChangeOf(rate(1, 0), rate(1, 1))),
	} {
		if !errors.Is(err, ErrUndefined) {
			t.Error(err)
		}
	}
	if _, _, err := CompareDomains([]DomainResult{{Domain: "a", Rate: rate(1, 2)}}, []DomainResult{{Domain: "b", Rate: rate(1, 2)}}); !errors.Is(err, ErrInput) {
		t.Error(err)
	}
	if mean, median := s.LengthOfStay(registry.CalendarYear(2001)); mean != nil || median != nil {
		t.Error("no stays, no mean")
	}
}

func second[T any](_ T, err error) error { return err }

func genStays(t *rapid.T) []Stay {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Stay {
		a := day(2001, 1, 1).AddDays(rapid.OneOf(rapid.IntRange(-40, 400), rapid.SampledFrom([]int{60, 60, 61, 65, 100})).Draw(t, "in"))
		s := Stay{Patient: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "who"), Admitted: a, Discharged: a.AddDays(rapid.SampledFrom([]int{0, 0, 1, 5, 40}).Draw(t, "nights")),
			Died: rapid.IntRange(0, 9).Draw(t, "died") == 0, Transferred: rapid.IntRange(0, 2).Draw(t, "transferred") == 0}
		return s
	}), 0, 14).Draw(t, "stays")
}

func TestUtilisationLaws(t *testing.T) {
	back, chained, same := 0, 0, 0
	lawtest.Until(t, func(t *rapid.T) {
		in := genStays(t)
		s := NewStays(in)
		turned := NewStays(rapid.Permutation(in).Draw(t, "turned"))
		year := registry.CalendarYear(2001)
		cut := year.Start.AddDays(rapid.IntRange(0, 363).Draw(t, "cut"))
		first, rest := registry.Period{Start: year.Start, End: cut}, registry.Period{Start: cut + 1, End: year.End}
		for _, d := range []bool{false, true} {
			whole := s.BedDays(year, d)
			if whole != s.BedDays(first, d)+s.BedDays(rest, d) {
				t.Fatal("bed days of the pieces do not add up")
			}
			if whole != turned.BedDays(year, d) {
				t.Fatal("order matters")
			}
		}
		if s.BedDays(year, true) != s.BedDays(year, false) {
			same++
		}
		if s.Admissions(year, false) != s.Admissions(first, false)+s.Admissions(rest, false) || s.Admissions(year, false) != turned.Admissions(year, false) {
			t.Fatal("admissions of the pieces do not add up")
		}
		if int64(s.Where(func(x *Stay) bool { return year.Contains(x.Admitted) }).Len()) > s.Admissions(year, false) {
			chained++
		}
		// on a fixed set of index stays the count never falls as the window grows
		last := int64(-1)
		for w := 1; w <= 60; w++ {
			r, err := s.Readmissions(Readmission{Days: w, Within: year, DataEnd: day(2010, 1, 1)})
			if err != nil || r.Rate.Num < last || r.Rate.Num > r.Rate.Den || r.Incomplete != 0 {
				t.Fatalf("window %d: %v after %d (%v)", w, r, last, err)
			}
			last = r.Rate.Num
		}
		if last > 0 {
			back++
		}
	}, func() bool { return back > 0 && chained > 0 && same > 0 })
}

func TestEffectLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := func(name string) *big.Rat { return big.NewRat(rapid.Int64Range(1, 500).Draw(t, name), 7) }
		e := Effect{Change{g("a"), g("b")}, Change{g("c"), g("d")}}
		swapped := Effect{e.Control, e.Treated}
		x, _ := e.RatioOfRatios()
		y, _ := swapped.RatioOfRatios()
		if new(big.Rat).Mul(x, y).Cmp(rat("1")) != 0 || new(big.Rat).Add(e.DifferenceInDifferences(), swapped.DifferenceInDifferences()).Sign() != 0 {
			t.Fatal("groups do not mirror")
		}
		k := g("k")
		scaled := Effect{Change{new(big.Rat).Mul(e.Treated.Before, k), new(big.Rat).Mul(e.Treated.After, k)}, e.Control}
		if z, _ := scaled.RatioOfRatios(); z.Cmp(x) != 0 {
			t.Fatal("the unit of a group matters")
		}
		n1, _ := e.NetChange()
		n2, _ := scaled.NetChange()
		if n1.Cmp(n2) != 0 {
			t.Fatal("the unit of a group matters to the net change")
		}
	})
}

func ExampleNewStays() {
	s := NewStays([]Stay{{Patient: "a", Admitted: day(2001, 3, 1), Discharged: day(2001, 2, 1)}})
	fmt.Println(s.Len(), s.LeftOut.Reversed)
	// Output: 0 1
}

func ExampleStay() {
	s := NewStays([]Stay{{Patient: "a", Admitted: day(2000, 12, 30), Discharged: day(2001, 1, 2)}})
	fmt.Println(s.BedDays(registry.CalendarYear(2000), false), s.BedDays(registry.CalendarYear(2001), false))
	// Output: 2 1
}

func ExampleStays() {
	s := NewStays([]Stay{
		{Patient: "a", Admitted: day(2001, 3, 1), Discharged: day(2001, 3, 5), Type: Emergency, FitOn: day(2001, 3, 3), Destination: "home", PlanBegan: day(2001, 3, 2)},
		{Patient: "a", Admitted: day(2001, 3, 20), Discharged: day(2001, 3, 22), Type: Elective, Destination: "residential home"},
	})
	year := registry.CalendarYear(2001)
	mean, median := s.LengthOfStay(year)
	delayed, days := s.DelayedTransfers(year)
	fmt.Println(s.Admissions(year, false), s.OfType(Emergency).Admissions(year, false), mean.RatString(), median.RatString())
	fmt.Println(delayed, days, s.DischargedTo("residential home", year), s.Planned(year))
	// Output:
	// 2 1 3 3
	// 1/1 (100.0 %) 2/4 (50.0 %) 1/2 (50.0 %) 1/2 (50.0 %)
}

func ExampleStaysLeftOut() {
	s := NewStays([]Stay{{Patient: "a", Admitted: day(2001, 3, 1)}, {Patient: "b", Admitted: day(2001, 3, 9), Discharged: day(2001, 3, 2)}, {Patient: "c", Discharged: day(2001, 3, 2)}})
	fmt.Printf("%d counted, left out %+v\n", s.Len(), s.LeftOut)
	// Output: 0 counted, left out {Reversed:1 Open:1 Undated:1 Duplicate:0}
}

func ExampleAdmissionType() {
	// A rate of emergencies alone.
	s := NewStays([]Stay{
		{Patient: "a", Admitted: day(2001, 3, 1), Discharged: day(2001, 3, 5), Type: Emergency},
		{Patient: "a", Admitted: day(2001, 9, 1), Discharged: day(2001, 9, 5), Type: Emergency},
		{Patient: "b", Admitted: day(2001, 4, 1), Discharged: day(2001, 4, 2), Type: Elective},
		{Patient: "c", Admitted: day(2001, 5, 1), Discharged: day(2001, 5, 2)}, // not recorded
	})
	for _, t := range []AdmissionType{Emergency, Elective, AdmissionUnknown} {
		n := s.OfType(t).Admissions(registry.CalendarYear(2001), false)
		rate, _ := Exposure{People: 500}.PerThousand(n)
		fmt.Println(t, rate.RatString(), "per 1,000")
	}
	// Output:
	// emergency 4 per 1,000
	// elective 2 per 1,000
	// not recorded 2 per 1,000
}

func ExampleOccupiedBeds() {
	b, _ := OccupiedBeds(192_720, registry.CalendarYear(2001))
	fmt.Println(b.RatString())
	// Output: 528
}

func ExampleReadmission() {
	s := NewStays([]Stay{{Patient: "a", Admitted: day(2001, 1, 1), Discharged: day(2001, 1, 10)}, {Patient: "a", Admitted: day(2001, 2, 9), Discharged: day(2001, 2, 12)}})
	r, _ := s.Readmissions(Readmission{Days: 30, Within: registry.CalendarYear(2001), DataEnd: day(2001, 12, 31)})
	fmt.Println(r.Rate)
	// Output: 1/2 (50.0 %)
}

func ExampleReadmissionRate() {
	s := NewStays([]Stay{{Patient: "a", Admitted: day(2001, 12, 1), Discharged: day(2001, 12, 20)}})
	r, _ := s.Readmissions(Readmission{Days: 30, DataEnd: day(2001, 12, 31)})
	fmt.Println(r.Rate, r.Incomplete)
	// Output: 0/0 (undefined) 1
}

func ExampleAdmissionReview() {
	s := NewStays([]Stay{{Patient: "a", Admitted: day(2001, 3, 1), Discharged: day(2001, 3, 5), Type: Emergency}})
	r := s.ReviewUnplanned(registry.CalendarYear(2001), []Contact{{Patient: "a", At: registry.At(day(2001, 2, 1))}}, func(string, registry.Date) []string { return []string{"HbA1c"} })
	fmt.Println(r[0].LastContact, r[0].OpenGaps)
	// Output: 2001-02-01 [HbA1c]
}

func ExampleExposure() {
	a, _ := Exposure{People: 2000}.PerThousand(150)
	b, _ := Exposure{MemberMonths: 24_000}.PerThousand(150)
	fmt.Println(a.RatString(), b.RatString())
	// Output: 75 75
}

func ExampleContact() {
	r, _ := ReturnWithin([]Contact{{Patient: "a", At: registry.At(day(2001, 5, 1)), Channel: "emergency"}}, []Contact{{Patient: "a", At: registry.At(day(2001, 5, 11)), Channel: "emergency"}}, 10)
	fmt.Println(r)
	// Output: 1/1 (100.0 %)
}

func ExampleReturnWithin() {
	r, _ := ReturnWithin([]Contact{{Patient: "a", At: registry.At(day(2001, 5, 1))}}, []Contact{{Patient: "a", At: registry.At(day(2001, 5, 12))}}, 10)
	fmt.Println(r)
	// Output: 0/1 (0.0 %)
}

func ExampleContactMix() {
	at := registry.At(day(2001, 5, 1))
	mix, _ := ContactMix([]Contact{{"a", at, "office"}, {"a", at, "telephone"}, {"b", at, "office"}}, registry.CalendarYear(2001), Exposure{People: 100})
	for _, u := range mix {
		fmt.Println(u.Channel, u.Contacts, u.PerThousand.RatString(), u.Share)
	}
	// Output:
	// office 2 20 2/3
	// telephone 1 10 1/3
}

func ExampleChannelUse() {
	at := registry.At(day(2001, 5, 1))
	mix, _ := ContactMix([]Contact{{"a", at, "message"}, {"a", at, "office"}, {"b", at, "message"}, {"c", at, "message"}}, registry.CalendarYear(2001), Exposure{People: 10})
	for _, u := range mix {
		fmt.Println(u.Channel, u.Contacts, u.Share.FloatString(2))
	}
	// Output:
	// message 3 0.75
	// office 1 0.25
}

func ExampleUsedBy() {
	fmt.Println(UsedBy([]string{"a", "b"}, []Contact{{"a", registry.At(day(2001, 5, 1)), "office"}}, "office", registry.CalendarYear(2001)))
	// Output: 1/2 (50.0 %)
}

func ExampleFunctionalDecline() {
	d, _ := FunctionalDecline([]FollowUp{{Died: true}, {Institutionalised: true}, {Before: rat("10"), After: rat("15")}, {Before: rat("10"), After: rat("14")}, {}}, rat("5"))
	fmt.Println(d.Rate, d.Kinds, d.Lost)
	// Output: 3/4 (75.0 %) [1 1 1] 1
}

func ExampleFollowUp() {
	mean, n, _ := MeanChange([]FollowUp{{Before: rat("10"), After: rat("7")}, {Before: rat("4"), After: rat("6")}})
	fmt.Println(mean, n)
	// Output: -1/2 2
}

func ExampleDeclineRate() {
	d, _ := FunctionalDecline([]FollowUp{{Died: true}, {Before: rat("4"), After: rat("4")}, {Before: rat("4")}}, rat("1"))
	fmt.Println(d.Rate, "died, moved, more disabled:", d.Kinds, "lost:", d.Lost)
	// Output: 1/2 (50.0 %) died, moved, more disabled: [1 0 0] lost: 1
}

func ExampleMeanChange() {
	mean, _, _ := MeanChange([]FollowUp{{Before: rat("50"), After: rat("62")}, {Before: rat("40")}})
	fmt.Println(mean.RatString())
	// Output: 12
}

func ExampleFill() {
	// A refill ten days early, with and without what is left in stock.
	fills := []Fill{{Drug: "metformin", On: day(2001, 1, 1), Days: 30}, {Drug: "metformin", On: day(2001, 1, 21), Days: 30}}
	january := registry.Period{Start: day(2001, 1, 1), End: day(2001, 2, 28)}
	for _, stock := range []bool{true, false} {
		r, _ := Adherence(fills, january, stock)
		fmt.Println(stock, r)
	}
	// Output:
	// true 59/59 (100.0 %)
	// false 50/59 (84.7 %)
}

func ExampleGenericShare() {
	fills := []Fill{{Drug: "metformin", Generic: true}, {Drug: "glargine"}, {Drug: "simvastatin", Generic: true}}
	fmt.Println(GenericShare(fills), GenericShare(nil))
	// Output: 2/3 (66.7 %) 0/0 (undefined)
}

func ExampleAdherence() {
	fills := []Fill{{Drug: "x", On: day(2001, 1, 1), Days: 30}, {Drug: "x", On: day(2001, 1, 21), Days: 30}}
	kept, _ := Adherence(fills, registry.Period{Start: day(2001, 1, 1), End: day(2001, 3, 1)}, true)
	plain, _ := Adherence(fills, registry.Period{Start: day(2001, 1, 1), End: day(2001, 3, 1)}, false)
	fmt.Println(kept, plain)
	// Output: 60/60 (100.0 %) 50/60 (83.3 %)
}

func ExampleTurnover() {
	r, _ := Turnover(1000, 1200, 110)
	fmt.Println(r)
	// Output: 1/10
}

func ExampleMeanTenure() {
	m, _ := MeanTenure([]registry.Period{registry.CalendarYear(2001), {Start: day(2001, 12, 31)}}, day(2001, 12, 31))
	fmt.Println(m.RatString())
	// Output: 183
}

func ExampleDataLag() {
	l, _ := DataLag([][2]registry.Date{{day(2001, 1, 1), day(2001, 1, 11)}, {day(2001, 1, 1), day(2001, 1, 31)}})
	fmt.Println(l.Mean.RatString(), l.Median.RatString(), l.Ninetieth.RatString())
	// Output: 20 20 28
}

func ExampleLag() {
	_, err := DataLag([][2]registry.Date{{day(2001, 1, 2), day(2001, 1, 1)}})
	fmt.Println(err)
	// Output: hedis: undefined: the lag of no data
}

func ExampleCostPerPatient() {
	c, _ := CostPerPatient([]decimal.Decimal{decimal.New(125050, -2), decimal.New(99, 0)}, 3)
	fmt.Println(c.FloatString(2))
	// Output: 449.83
}

func ExampleSaving() {
	saved, ratio, _ := Saving(decimal.NewFromInt(1600), decimal.NewFromInt(13121), 10)
	fmt.Println(saved, ratio.FloatString(4))
	// Output: 115210 0.1219
}

func ExampleChange() {
	c := Change{rat("750"), rat("528")}
	r, _ := c.Relative()
	fmt.Println(c.Absolute().RatString(), r.FloatString(3))
	// Output: -222 -0.296
}

func ExampleChangeOf() {
	c, _ := ChangeOf(rate(74, 100), rate(93, 100))
	fmt.Println(c.Absolute())
	// Output: 19/100
}

func ExampleByPercent() {
	fmt.Println(ByPercent(rat("-20")).After.RatString())
	// Output: 80
}

func ExampleEffect() {
	e := Effect{Treated: ByPercent(rat("-19")), Control: ByPercent(rat("-4.6"))}
	net, _ := e.NetChange()
	rr, _ := e.RatioOfRatios()
	fmt.Println(net.FloatString(1), rr.FloatString(6))
	// Output: -14.4 0.849057
}

func ExamplePerUnit() {
	r, _ := PerUnit(rat("0.32"), rat("0.75"))
	fmt.Println(r.FloatString(4))
	// Output: 0.7543
}

func ExampleMeasureKind() {
	a := []DomainResult{{"all", ProcessMeasure, rate(80, 100)}, {"all", OutcomeMeasure, rate(50, 100)}}
	b := []DomainResult{{"all", ProcessMeasure, rate(70, 100)}, {"all", OutcomeMeasure, rate(60, 100)}}
	for _, kind := range []MeasureKind{ProcessMeasure, OutcomeMeasure} {
		lines, _, err := CompareDomains(a[kind:kind+1], b[kind:kind+1])
		fmt.Println(kind, lines[0].Difference.RatString(), err)
	}
	// Output:
	// process 10 <nil>
	// outcome -10 <nil>
}

func ExampleCompareDomains() {
	lines, wins, _ := CompareDomains([]DomainResult{{"prevention", ProcessMeasure, rate(64, 100)}}, []DomainResult{{"prevention", ProcessMeasure, rate(44, 100)}})
	fmt.Println(lines[0].Difference.RatString(), lines[0].Ratio.FloatString(3), wins)
	// Output: 20 1.455 1
}

func ExampleDomainResult() {
	_, _, err := CompareDomains([]DomainResult{{Domain: "a"}}, nil)
	fmt.Println(err)
	// Output: hedis: input: 1 and 0 domains
}

func ExampleDomainComparison() {
	lines, _, _ := CompareDomains([]DomainResult{{"a", 0, rate(1, 2)}, {"b", 0, rate(1, 4)}}, []DomainResult{{"a", 0, rate(1, 4)}, {"b", 0, rate(1, 2)}})
	fmt.Println(lines[2].Domain, lines[2].Difference.RatString())
	// Output: overall 0
}

func ExampleEvidenceTally() {
	fmt.Println(EvidenceTally([]StudyResult{{Study: "one", Favours: true}, {Study: "two"}, {Study: "three", Favours: true}}, ""))
	// Output: 2/3 (66.7 %)
}

func ExampleStudyResult() {
	studies := []StudyResult{{Study: "one", Favours: true, Component: "case management"}, {Study: "two", Component: "case management"}, {Study: "three", Favours: true, Component: "reminders"}}
	for _, component := range []string{"case management", "reminders", ""} {
		fmt.Printf("%q %v\n", component, EvidenceTally(studies, component))
	}
	// Output:
	// "case management" 1/2 (50.0 %)
	// "reminders" 1/1 (100.0 %)
	// "" 2/3 (66.7 %)
}
