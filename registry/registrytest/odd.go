package registrytest

import (
	"math"

	"github.com/chroniccare/chroniccare/registry"
	"pgregory.net/rapid"
)

// OddFacts draws up to five facts that no record should hold, with the codes given or
// none: days outside the calendar, kinds and statuses that don't exist, values without
// end, IDs twice. Whatever reads facts must stand them.
func OddFacts(codes ...registry.Code) *rapid.Generator[[]registry.Fact] {
	codes = append(codes[:len(codes):len(codes)], registry.Code{})
	days := rapid.SampledFrom([]registry.Date{-5, 0, 1, 2, 738000, registry.MaxDate - 1, registry.MaxDate, registry.MaxDate + 9, math.MaxInt32, math.MinInt32})
	one := rapid.Custom(func(t *rapid.T) registry.Fact {
		f := registry.Fact{
			ID:           rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "id"),
			Kind:         registry.Kind(rapid.SampledFrom([]int{0, 1, 2, 3, 4, 5, 6, 17, 18, 200}).Draw(t, "kind")),
			Status:       registry.Status(rapid.SampledFrom([]int{0, 1, 3, 27, 28, 99, 255}).Draw(t, "status")),
			Verification: registry.Verification(rapid.SampledFrom([]int{0, 1, 6, 99}).Draw(t, "verification")),
			Codes:        []registry.Code{rapid.SampledFrom(codes).Draw(t, "code")},
			Authored:     registry.At(days.Draw(t, "authored")),
			EncounterID:  rapid.SampledFrom([]string{"", "a", "z"}).Draw(t, "encounter"),
		}
		f.When = registry.Span{Start: registry.Moment{Day: days.Draw(t, "start"), Time: registry.Clock(rapid.SampledFrom([]int{-1, 0, 1, 1 << 30}).Draw(t, "time"))}, End: registry.At(days.Draw(t, "end")), Ongoing: rapid.Bool().Draw(t, "ongoing")}
		number := registry.Number{Coef: rapid.SampledFrom([]int64{0, 1, -1, math.MaxInt64, math.MinInt64}).Draw(t, "coef"), Exp: int8(rapid.SampledFrom([]int{0, 127, -128}).Draw(t, "exp"))}
		f.Value = registry.Value{Kind: registry.ValueKind(rapid.IntRange(0, 9).Draw(t, "value kind")), Quantity: registry.Quantity{Value: number,
			Comparator: registry.Comparator(rapid.IntRange(0, 9).Draw(t, "comparator")), Unit: rapid.SampledFrom([]string{"", "%", "mL/min/{1.73_m2}", "mg/g"}).Draw(t, "unit")}}
		f.Components = []registry.Component{{Codes: f.Codes, Value: f.Value}, {}}
		if rapid.Bool().Draw(t, "supply") {
			f.Supply, f.Visit = &registry.Supply{Start: f.When.Start.Day, Days: number, Refills: -7}, &registry.Visit{Diagnoses: []registry.EncounterDx{{Reference: "z"}}}
		}
		return f
	})
	return rapid.SliceOfN(one, 0, 5)
}
