package selfmanagement

import (
	"errors"
	"math/big"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"pgregory.net/rapid"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/internal/table"
	"github.com/chroniccare/chroniccare/registry"
)

func TestTablesRefuseNonsense(t *testing.T) {
	const head = "# p\nid,condition,signal,test,limit,unit,window_days,action,source,confirmation\n"
	for text, want := range map[string]string{
		"id\nx": "provenance",
		head + "a,c,weight,jump,> 2,kg,3,book review,s,read\n":     `test "jump"`,
		head + "a,c,weight,rise,> 2,kg,3,run,s,read\n":             `action "run"`,
		head + "a,c,weight,rise,> two,kg,3,book review,s,read\n":   `limit "> two"`,
		head + "a,c,weight,rise,about 2,kg,3,book review,s,read\n": `limit "about 2"`,
		head + "a,c,weight,rise,> 2,kg,x,book review,s,read\n":     `window of "x"`,
	} {
		if _, err := parseRules(text); !errors.Is(err, caremodel.ErrDefinition) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
	const education = "# p\nid,needs,item,way,urgent,source\n"
	for text, want := range map[string]string{"x": "provenance", education + "a,tired,rest,x,no,s\n": `"tired"`, education + "a,stable,,x,no,s\n": `item ""`, education + "a,stable,x,x,no,s\na,stable,y,x,no,s\n": "twice"} {
		if _, err := parseEducation(text); !errors.Is(err, caremodel.ErrDefinition) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// A value with a comparator stands for every value that fits it: a limit of a rule holds when
// all of them meet it, and a goal is reached when all, missed when none.
func TestComparatorsAgainstAllValues(t *testing.T) {
	fits := map[registry.Comparator]func(x, v int) bool{
		registry.Exactly: func(x, v int) bool { return x == v }, registry.LessThan: func(x, v int) bool { return x < v }, registry.AtMost: func(x, v int) bool { return x <= v },
		registry.AtLeast: func(x, v int) bool { return x >= v }, registry.MoreThan: func(x, v int) bool { return x > v }}
	for is, fit := range fits {
		for v := -4; v <= 4; v += 2 { // values are even, what they stand for lies between them too
			for _, op := range []registry.Op{registry.Below, registry.AtOrBelow, registry.Above, registry.AtOrAbove} {
				limit := map[registry.Op]registry.Comparator{registry.Below: registry.LessThan, registry.AtOrBelow: registry.AtMost, registry.Above: registry.MoreThan, registry.AtOrAbove: registry.AtLeast}[op]
				all, none := true, true
				for x := -99; x <= 99; x++ {
					if fit(x, v) {
						meets := fits[limit](x, 0)
						all, none = all && meets, none && !meets
					}
				}
				l := boundLimit{Limit: Limit{Is: op}}
				if l.holds(int64(v), is) != all {
					t.Errorf("%s%d against %s 0: %v", is, v, limit, !all)
				}
				want := caremodel.Unknown
				if all {
					want = caremodel.Yes
				} else if none {
					want = caremodel.No
				}
				if got := meets(registry.Quantity{Value: registry.Num(int64(v), 0), Comparator: is}, limit, registry.Num(0, 0)); got != want {
					t.Errorf("goal: %s%d against %s 0: %q, want %q", is, v, limit, got, want)
				}
			}
		}
	}
}

// Sums of 128 bits against whole numbers without a limit, negative ones too.
func TestWideLaw(t *testing.T) {
	seen := map[int]int{}
	lawtest.Until(t, func(t *rapid.T) {
		l := boundLimit{Limit: Limit{Is: registry.Op(rapid.IntRange(0, 3).Draw(t, "is"))}, value: rapid.Int64Range(-1<<61, 1<<61).Draw(t, "limit")}
		var sum wide
		exact, n := new(big.Int), int64(0)
		for range rapid.IntRange(1, 6).Draw(t, "n") {
			v := rapid.Int64Range(-1<<61, 1<<61).Draw(t, "v")
			if rapid.Bool().Draw(t, "at the limit") {
				v = l.value
			}
			sum.add(v)
			gone := rapid.Int64().Draw(t, "gone") // added and taken away
			sum.add(gone)
			sum.sub(gone)
			exact.Add(exact, big.NewInt(v))
			n++
		}
		c := exact.Cmp(new(big.Int).Mul(big.NewInt(l.value), big.NewInt(n)))
		if want := []bool{c < 0, c <= 0, c > 0, c >= 0}[l.Is]; l.holdsMean(sum, n) != want {
			t.Fatalf("%v of %d, op %d, limit %d: %v", exact, n, l.Is, l.value, !want)
		}
		seen[c]++
	}, func() bool { return len(seen) == 3 })
}

// The tables that ship are whole: provenance, IDs once, a source and a known confirmation.
func TestTablesThatShip(t *testing.T) {
	rules, err := Rules()
	if err != nil || len(rules) != 9 {
		t.Fatal(len(rules), err)
	}
	for _, r := range rules {
		if f := r.faults(); len(f) > 0 || !strings.Contains(" read secondary recall design ", " "+r.Confirmation+" ") {
			t.Errorf("%s: %v, %q", r.ID, f, r.Confirmation)
		}
	}
	for name, text := range map[string]string{"rules": rulesCSV, "education": educationCSV, "goal-status": goalStatusCSV} {
		if _, err := table.Parse(name, text); err != nil {
			t.Error(err)
		}
	}
	// every status of a goal that another follows from is in the table
	rows, m, err := GoalStatuses()
	if err != nil || len(rows) != len(m.States()) {
		t.Error(rows, err)
	}
	for _, r := range rows {
		if r.Counts != r.Status.Counts() {
			t.Errorf("%s counts in one place only", r.Status)
		}
	}
}
