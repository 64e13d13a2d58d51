package population_test

import (
	"fmt"
	"testing"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/population"
)

// People who are not in the population on a day don't keep those after them out.
func TestTrendOfLeavers(t *testing.T) {
	days := []registry.Date{registry.Day(2024, 2, 1), registry.Day(2024, 1, 1), registry.Day(2024, 1, 1)}
	in := func(p int, d registry.Date) bool { return p != 0 || d == registry.Day(2024, 1, 1) }
	on := func(p int, d registry.Date) bool { return p < 2 }
	got := population.Trend([]int{0, 1, 2}, days, in, on)
	if fmt.Sprint(got) != "[{2024-01-01 2/3 (66.7 %)} {2024-02-01 1/2 (50.0 %)}]" {
		t.Error(got)
	}
}

// A value on a limit is in the band above it; without a value the cell is unknown.
func TestBandLimits(t *testing.T) {
	n := func(x int64) *registry.Number { v := registry.Num(x, 0); return &v }
	k, err := population.Bands("hba1c", func(p int) (registry.Number, bool) { return registry.Num(int64(p), 0), p >= 0 },
		population.Band{Name: "low", To: n(7)}, population.Band{Name: "middle", From: n(7), To: n(9)}, population.Band{Name: "high", From: n(9)})
	if err != nil {
		t.Fatal(err)
	}
	for p, want := range map[int]string{6: "low", 7: "middle", 8: "middle", 9: "high", 10: "high", -1: ""} {
		if got := k.Of(p); got != want {
			t.Errorf("%d: %q", p, got)
		}
	}
	if k, err = population.Bands("x", func(p int) (registry.Number, bool) { return registry.Num(int64(p), 0), true }, population.Band{Name: "closed", From: n(1), To: n(2)}); err != nil || k.Of(2) != "" || k.Of(1) != "closed" || k.Of(0) != "" {
		t.Error(k.Of(2), k.Of(1), k.Of(0), err)
	}
}

func TestCountCells(t *testing.T) {
	for top, want := range map[int]string{0: "[0 and more]", -2: "[0 and more]", 1: "[0 1 and more]", 2: "[0 1 2 and more]"} {
		k := population.ByCount("n", top, func(p int) int { return p })
		if fmt.Sprint(k.Order) != want {
			t.Errorf("%d: %v", top, k.Order)
		}
		for p := range 4 {
			if k.Of(p) == "" {
				t.Errorf("%d of %d is unknown", p, top)
			}
		}
	}
}

// Values of any kind are cells of their own, and a thousand values by a thousand need no
// million cells.
func TestManyAndOddValues(t *testing.T) {
	type person struct{ id, a, b string }
	by := func(name string, of func(person) string) population.Key[person] {
		return population.Key[person]{Name: name, Of: of}
	}
	keys := []population.Key[person]{by("a", func(p person) string { return p.a }), by("b", func(p person) string { return p.b }), by("id", func(p person) string { return p.id })}
	id := func(p person) string { return p.id }
	odd := []person{{"1", "x\x00y", "z"}, {"2", "x", "y\x00z"}, {"3", "", "\x00"}, {"4", "x\x00y", "z"}}
	table, err := population.Stratify(odd, id, keys[:2]...)
	if err != nil || len(table.Cells) != 3 {
		t.Fatal(table, err)
	}
	for i, want := range []string{`["x" "y\x00z"] [2]`, `["x\x00y" "z"] [1 4]`, `["unknown" "\x00"] [3]`} {
		if got := fmt.Sprintf("%q %v", table.Cells[i].Values, table.Cells[i].People); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	var many []person
	for i := range 3000 {
		many = append(many, person{fmt.Sprint(i), fmt.Sprint("a", i), fmt.Sprint("b", i)})
	}
	if table, err = population.Stratify(many, id, keys...); err != nil || len(table.Cells) != 3000 || table.Cells[0].People[0] != "0" {
		t.Error(len(table.Cells), err)
	}
}

func TestBandsWithoutBandsOrValue(t *testing.T) {
	value := func(int) (registry.Number, bool) { return registry.Number{}, false }
	if _, err := population.Bands("x", value); err == nil {
		t.Error("no bands")
	}
	if _, err := population.Bands[int]("x", nil, population.Band{Name: "all"}); err == nil {
		t.Error("no value")
	}
	if _, err := population.Bands("x", value, population.Band{Name: "all"}); err != nil {
		t.Error(err)
	}
}
