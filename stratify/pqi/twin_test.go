package pqi_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/internal/table"
	"github.com/chroniccare/chroniccare/stratify/pqi"
	"pgregory.net/rapid"
)

func sets(t testing.TB) (map[string][]string, [][]string) {
	t.Helper()
	b, err := os.ReadFile("data/pqi_v2024_codes.csv")
	if err != nil {
		t.Fatal(err)
	}
	tb, err := table.Parse("pqi_v2024_codes", string(b))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for _, r := range tb.Rows {
		out[r[0]] = append(out[r[0]], r[1])
	}
	return out, tb.Rows
}

// naive is the table of indicators as it is printed, asked of lists of codes.
func naive(in map[string][]string, d pqi.Discharge) (flags []string) {
	first := func(set string) bool { return len(d.Diagnoses) > 0 && slices.Contains(in[set], d.Diagnoses[0]) }
	anyOf := func(codes []string, set string) bool {
		return slices.ContainsFunc(codes, func(c string) bool { return slices.Contains(in[set], c) })
	}
	dx := func(set string) bool { return anyOf(d.Diagnoses, set) }
	pr := func(set string) bool { return anyOf(d.Procedures, set) }
	if d.Sex == "" || len(d.Diagnoses) == 0 || d.Diagnoses[0] == "" || d.Quarter == 0 || d.Year == 0 || d.Age < 0 || d.DRG == "999" || d.Age < 18 && !first("MDC14PRINDX") || d.TransferIn {
		return nil
	}
	is := map[string]bool{
		"PQI 01": first("ACDIASD"),
		"PQI 03": first("ACDIALD"),
		"PQI 05": d.Age >= 40 && (first("ACCOPDD") || first("ACSASTD")) && !dx("RESPAN"),
		"PQI 07": first("ACSHYPD") && !(dx("ACSHY2D") && pr("DIALY2P")) && !pr("ACSCARP"),
		"PQI 08": first("MRTCHFD") && !pr("ACSCARP"),
		"PQI 11": first("ACSBACD") && !dx("ACSBA2D") && !dx("IMMUNID") && !pr("IMMUNIP"),
		"PQI 12": first("ACSUTID") && !dx("IMMUNID") && !pr("IMMUNIP") && !dx("KIDNEY"),
		"PQI 14": first("ACDIAUD"),
		"PQI 15": d.Age < 40 && first("ACSASTD") && !dx("RESPAN"),
		"PQI 16": pr("ACSLEAP") && dx("ACSLEAD") && !first("MDC14PRINDX") && !dx("ACLEA2D"),
	}
	is["PQI 91"] = is["PQI 11"] || is["PQI 12"]
	is["PQI 93"] = is["PQI 01"] || is["PQI 03"] || is["PQI 14"] || is["PQI 16"]
	is["PQI 92"] = is["PQI 93"] || is["PQI 05"] || is["PQI 07"] || is["PQI 08"] || is["PQI 15"]
	is["PQI 90"] = is["PQI 91"] || is["PQI 92"]
	for i := pqi.Indicator(0); i <= pqi.Diabetes; i++ {
		if is[i.String()] {
			flags = append(flags, i.String())
		}
	}
	return flags
}

func compare(t interface{ Fatalf(string, ...any) }, s *pqi.Software, in map[string][]string, d pqi.Discharge) []string {
	var got []string
	for _, i := range s.Of(&d).Flags.List() {
		got = append(got, i.String())
	}
	if want := naive(in, d); !slices.Equal(got, want) {
		t.Fatalf("%+v: %v, want %v", d, got, want)
	}
	return got
}

// The engine against the printed table, each code drawn from a set drawn evenly.
func TestTwinLaw(t *testing.T) {
	s := software(t)
	in, _ := sets(t)
	procedures := []string{"ACSCARP", "ACSLEAP", "DIALY2P", "IMMUNIP"}
	var diagnoses []string
	for set := range in {
		if !slices.Contains(procedures, set) {
			diagnoses = append(diagnoses, set)
		}
	}
	slices.Sort(diagnoses)
	principal := []string{"ACDIASD", "ACDIALD", "ACCOPDD", "ACSASTD", "ACSHYPD", "MRTCHFD", "ACSBACD", "ACSUTID", "ACDIAUD", "MDC14PRINDX", "ACSLEAD"}
	pick := func(t *rapid.T, sets []string) string {
		n := rapid.Uint64().Draw(t, "n") * 0x9e3779b97f4a7c15 >> 16
		of := in[sets[n%uint64(len(sets))]]
		return of[n/64%uint64(len(of))]
	}
	flagged := 0
	lawtest.Until(t, func(t *rapid.T) {
		d := pqi.Discharge{Age: rapid.SampledFrom([]int{39, 40, 18, 17, 60, 0}).Draw(t, "age"), Sex: "F", Year: 2024, Quarter: 4, DRG: "291"}
		switch rapid.IntRange(0, 20).Draw(t, "fault") {
		case 20:
			d.Age = -1
		case 19:
			d.Sex = ""
		case 18:
			d.Year = 0
		case 17:
			d.Quarter = 0
		case 16:
			d.DRG = "999"
		case 15:
			d.TransferIn = true
		}
		if rapid.IntRange(0, 9).Draw(t, "principal") < 9 {
			d.Diagnoses = append(d.Diagnoses, pick(t, principal))
		}
		for range rapid.IntRange(0, 3).Draw(t, "diagnoses") {
			d.Diagnoses = append(d.Diagnoses, pick(t, diagnoses))
		}
		for range rapid.IntRange(0, 2).Draw(t, "procedures") {
			d.Procedures = append(d.Procedures, pick(t, procedures))
		}
		flagged += len(compare(t, s, in, d))
	}, func() bool { return flagged > 0 })
}

// Every code as the principal diagnosis, and with it one code of every other set, at every
// age that decides: so every exclusion is met.
func TestEverything(t *testing.T) {
	s := software(t)
	in, rows := sets(t)
	isProcedure := map[string]bool{"ACSCARP": true, "ACSLEAP": true, "DIALY2P": true, "IMMUNIP": true}
	stay := func(age int, dx, pr []string) pqi.Discharge {
		return pqi.Discharge{Age: age, Sex: "M", Year: 2024, Quarter: 1, Diagnoses: dx, Procedures: pr}
	}
	for _, r := range rows {
		if !isProcedure[r[0]] {
			compare(t, s, in, stay(50, []string{r[1]}, nil))
		}
	}
	reached := map[string]bool{}
	for a, codes := range in {
		if isProcedure[a] {
			continue
		}
		for _, age := range []int{17, 18, 39, 40} {
			for b, more := range in {
				for _, code := range []string{more[0], more[len(more)-1]} {
					d := stay(age, []string{codes[0], code, in["ACSLEAD"][0]}, []string{in["ACSLEAP"][0]})
					if isProcedure[b] {
						d = stay(age, []string{codes[0], in["ACSLEAD"][0], in["ACSHY2D"][0]}, []string{code})
					}
					for _, f := range compare(t, s, in, d) {
						reached[f] = true
					}
				}
			}
		}
	}
	if len(reached) != 14 {
		t.Errorf("reached %v", reached)
	}
}

// The file is the one that was read from the agency's programs.
func TestTable(t *testing.T) {
	in, rows := sets(t)
	if sum := fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "%q", rows)))[:12]; len(rows) != 6220 || len(in) != 22 || sum != "fc64074ebf25" {
		t.Errorf("%d rows, %d sets, %s", len(rows), len(in), sum)
	}
	if s := software(t); s.Version != "2024" || !strings.Contains(s.Provenance, "v2024") {
		t.Errorf("%s %q", s.Version, s.Provenance)
	}
}

func TestDoesNotAllocate(t *testing.T) {
	s := software(t)
	d := pqi.Discharge{Age: 60, Sex: "F", Year: 2024, Quarter: 2, Diagnoses: []string{"J18.9", "B20", "bad code", ""}, Procedures: []string{"0Y6H0Z1"}}
	if n := testing.AllocsPerRun(100, func() { s.Of(&d) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
