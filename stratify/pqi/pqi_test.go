package pqi_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/stratify/pqi"
	"pgregory.net/rapid"
)

func software(t testing.TB) *pqi.Software {
	t.Helper()
	s, err := pqi.New()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func stay(age int, dx, pr string) pqi.Discharge {
	return pqi.Discharge{Age: age, Sex: "F", Year: 2024, Quarter: 2, Diagnoses: strings.Fields(dx), Procedures: strings.Fields(pr)}
}

// Both sides of every edge of the table of indicators.
func TestRules(t *testing.T) {
	s := software(t)
	for name, c := range map[string]struct {
		d    pqi.Discharge
		want string
	}{
		"ketoacidosis":                     {stay(50, "E10.10", ""), "PQI 01 PQI 90 PQI 92 PQI 93"},
		"ketoacidosis second":              {stay(50, "Z00.00 E10.10", ""), ""},
		"diabetic nephropathy":             {stay(50, "E11.21", ""), "PQI 03 PQI 90 PQI 92 PQI 93"},
		"uncontrolled":                     {stay(50, "E11.65", ""), "PQI 14 PQI 90 PQI 92 PQI 93"},
		"COPD at 40":                       {stay(40, "J44.1", ""), "PQI 05 PQI 90 PQI 92"},
		"COPD at 39":                       {stay(39, "J44.1", ""), ""},
		"asthma at 39":                     {stay(39, "J45.901", ""), "PQI 15 PQI 90 PQI 92"},
		"asthma at 40":                     {stay(40, "J45.901", ""), "PQI 05 PQI 90 PQI 92"},
		"asthma at 18":                     {stay(18, "J45.901", ""), "PQI 15 PQI 90 PQI 92"},
		"asthma at 17":                     {stay(17, "J45.901", ""), ""},
		"asthma with cystic fibrosis":      {stay(30, "J45.901 E84.0", ""), ""},
		"hypertension":                     {stay(60, "I10", ""), "PQI 07 PQI 90 PQI 92"},
		"hypertensive kidney disease":      {stay(60, "I12.9", ""), "PQI 07 PQI 90 PQI 92"},
		"kidney disease, dialysis access":  {stay(60, "I12.9", "031509D"), ""},
		"no kidney disease, access":        {stay(60, "I10", "031509D"), "PQI 07 PQI 90 PQI 92"},
		"heart failure":                    {stay(60, "I50.9", ""), "PQI 08 PQI 90 PQI 92"},
		"heart failure, bypass":            {stay(60, "I50.9", "0210083"), ""},
		"pneumonia":                        {stay(60, "J18.9", ""), "PQI 11 PQI 90 PQI 91"},
		"pneumonia with sickle-cell":       {stay(60, "J18.9 D57.00", ""), ""},
		"pneumonia with HIV":               {stay(60, "J18.9 B20", ""), ""},
		"urinary tract":                    {stay(60, "N39.0", ""), "PQI 12 PQI 90 PQI 91"},
		"urinary tract, kidney anomaly":    {stay(60, "N39.0 Q60.0", ""), ""},
		"urinary tract, transplant status": {stay(60, "N39.0 Z94.0", ""), ""},
		"spelling":                         {stay(60, " i50.9", ""), "PQI 08 PQI 90 PQI 92"},
	} {
		got := s.Of(&c.d)
		var names []string
		for _, i := range got.Flags.List() {
			names = append(names, i.String())
		}
		if strings.Join(names, " ") != c.want {
			t.Errorf("%s: %v (%+v), want %s", name, names, got, c.want)
		}
	}
}

func TestAmputation(t *testing.T) {
	s := software(t)
	amputation := "0Y6H0Z1"
	for name, c := range map[string]struct {
		dx, pr string
		want   bool
	}{
		"amputation with diabetes":        {"I70.261 E11.51", amputation, true},
		"no diabetes":                     {"I70.261", amputation, false},
		"no amputation":                   {"I70.261 E11.51", "", false},
		"traumatic amputation of the leg": {"I70.261 E11.51 S78.011A", amputation, false},
		"obstetric":                       {"O24.410 E11.51", amputation, false},
	} {
		d := stay(60, c.dx, c.pr)
		if r := s.Of(&d); r.Flags.Has(pqi.DiabetesAmputation) != c.want {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func TestDroppedAndTransfers(t *testing.T) {
	s := software(t)
	for want, change := range map[string]func(*pqi.Discharge){
		"sex is missing":                     func(d *pqi.Discharge) { d.Sex = "" },
		"the principal diagnosis is missing": func(d *pqi.Discharge) { d.Diagnoses[0] = " " },
		"the quarter is missing":             func(d *pqi.Discharge) { d.Quarter = 0 },
		"the year is missing":                func(d *pqi.Discharge) { d.Year = 0 },
		"the age is missing":                 func(d *pqi.Discharge) { d.Age = -1 },
		"ungroupable (DRG 999)":              func(d *pqi.Discharge) { d.DRG = "999" },
		"younger than 18":                    func(d *pqi.Discharge) { d.Age = 17 },
	} {
		d := stay(60, "I50.9", "")
		change(&d)
		r, findings := s.Explain(&d)
		if r.Dropped != want || r.Flags != 0 || findings != nil {
			t.Errorf("%s: %+v", want, r)
		}
	}
	// an obstetric record of a minor stays in
	young := stay(16, "O80", "")
	if r := s.Of(&young); r.Dropped != "" {
		t.Errorf("%+v", r)
	}
	d := stay(60, "I50.9 bad-code", "")
	d.TransferIn = pqi.TransferIn("", "4")
	if r := s.Of(&d); !r.Transfer || r.Flags != 0 || r.Bad != 1 {
		t.Errorf("%+v", r)
	}
	for _, c := range []struct {
		source, origin string
		want           bool
	}{{"2", "", true}, {"3", "", true}, {"1", "", false}, {"", "4", true}, {"", "5", true}, {"", "6", true}, {"", "1", false}, {"4", "", false}, {"", "2", false}} {
		if pqi.TransferIn(c.source, c.origin) != c.want {
			t.Errorf("%+v", c)
		}
	}
}

func TestLaws(t *testing.T) {
	s := software(t)
	pool := []string{"E10.10", "E11.21", "E11.65", "E11.51", "J44.1", "J45.901", "I10", "I50.9", "J18.9", "N39.0", "E84.0", "B20", "O80", "Z00.00", "", "??"}
	procedures := []string{"0210083", "0Y6H0Z1", "5A1D00Z", "0TY00Z0", "??"}
	var reached pqi.Flags
	lawtest.Until(t, func(t *rapid.T) {
		d := stay(rapid.SampledFrom([]int{-1, 17, 18, 39, 40, 50, 60, 70, 80, 90}).Draw(t, "age"), "", "")
		d.Diagnoses = rapid.SliceOfN(rapid.SampledFrom(pool), 0, 4).Draw(t, "dx")
		d.Procedures = rapid.SliceOfN(rapid.SampledFrom(procedures), 0, 2).Draw(t, "pr")
		r, findings := s.Explain(&d)
		reached |= r.Flags
		if r != s.Of(&d) {
			t.Fatal("Explain differs from Of")
		}
		var met pqi.Flags
		for _, f := range findings {
			if f.Met {
				met |= 1 << f.Indicator
			}
			if f.Why == "" || len(f.Codes) == 0 {
				t.Fatalf("no reason: %+v", f)
			}
		}
		if met != r.Flags {
			t.Fatalf("findings %v, flags %v", met, r.Flags)
		}
		if r.Flags.Has(pqi.Overall) != (r.Flags.Has(pqi.Acute) || r.Flags.Has(pqi.Chronic)) || r.Flags.Has(pqi.Diabetes) && !r.Flags.Has(pqi.Chronic) {
			t.Fatal("composites")
		}
		if len(d.Diagnoses) > 2 { // secondary diagnoses in any order, and repeated
			e := d
			e.Diagnoses = append(slices.Clone(d.Diagnoses), d.Diagnoses[1])
			slices.Reverse(e.Diagnoses[1:])
			if s.Of(&e).Flags != r.Flags {
				t.Fatal("order or repetition matters")
			}
		}
	}, func() bool { return reached.List() != nil && len(reached.List()) >= 8 })
}

func BenchmarkOf(b *testing.B) {
	s := software(b)
	d := stay(70, "I50.9 E11.21 N18.3 I10 Z79.4 E78.5 J44.9 M54.5", "")
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n += int(s.Of(&d).Flags)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds()/1e6, "Mdischarges/s")
}
