package pqi

import (
	_ "embed"
	"errors"
	"fmt"
	"math/bits"
	"strings"

	"github.com/chroniccare/chroniccare/internal/codetrie"
	"github.com/chroniccare/chroniccare/internal/table"
)

//go:embed data/pqi_v2024_codes.csv
var codesCSV string

// ErrTable is wrapped by errors about the code sets.
var ErrTable = errors.New("pqi: table")

// Indicator is an area-level Prevention Quality Indicator or a composite of them.
type Indicator uint8

// Indicators and composites (AHRQ, v2024). Other numbers are
// retired or belong to other modules of AHRQ.
const (
	DiabetesShortTerm    Indicator = iota // PQI 01
	DiabetesLongTerm                      // PQI 03
	COPDOrAsthma                          // PQI 05, age 40 and older
	Hypertension                          // PQI 07
	HeartFailure                          // PQI 08
	Pneumonia                             // PQI 11, community-acquired
	UrinaryTract                          // PQI 12
	DiabetesUncontrolled                  // PQI 14
	AsthmaYounger                         // PQI 15, age 18 to 39
	DiabetesAmputation                    // PQI 16
	Overall                               // PQI 90: any of them
	Acute                                 // PQI 91: 11, 12
	Chronic                               // PQI 92: 01, 03, 05, 07, 08, 14, 15, 16
	Diabetes                              // PQI 93: 01, 03, 14, 16
	numIndicators
)

var names = [numIndicators]string{"PQI 01", "PQI 03", "PQI 05", "PQI 07", "PQI 08", "PQI 11", "PQI 12", "PQI 14", "PQI 15", "PQI 16", "PQI 90", "PQI 91", "PQI 92", "PQI 93"}

// String gives the indicator's number, such as "PQI 08".
func (i Indicator) String() string { return names[min(int(i), len(names)-1)] }

// Flags is a set of indicators.
type Flags uint16

// Has reports whether an indicator is in the set.
func (f Flags) Has(i Indicator) bool { return f>>i&1 == 1 }

// List gives the indicators of the set in order.
func (f Flags) List() []Indicator {
	var out []Indicator
	for b := f; b != 0; b &= b - 1 {
		out = append(out, Indicator(bits.TrailingZeros16(uint16(b))))
	}
	return out
}

type rule struct {
	of                   Indicator
	minAge, maxAge       int // 0: no upper bound
	principal            []string
	diagnosis, procedure string // both needed, at any position (PQI 16)
	notPrincipal         string
	notDiagnosis         []string
	notProcedure         []string
	notBoth              [2]string // a diagnosis together with a procedure
}

var rules = [...]rule{
	{of: DiabetesShortTerm, principal: []string{"ACDIASD"}},
	{of: DiabetesLongTerm, principal: []string{"ACDIALD"}},
	{of: COPDOrAsthma, minAge: 40, principal: []string{"ACCOPDD", "ACSASTD"}, notDiagnosis: []string{"RESPAN"}},
	{of: Hypertension, principal: []string{"ACSHYPD"}, notBoth: [2]string{"ACSHY2D", "DIALY2P"}, notProcedure: []string{"ACSCARP"}},
	{of: HeartFailure, principal: []string{"MRTCHFD"}, notProcedure: []string{"ACSCARP"}},
	{of: Pneumonia, principal: []string{"ACSBACD"}, notDiagnosis: []string{"ACSBA2D", "IMMUNID"}, notProcedure: []string{"IMMUNIP"}},
	{of: UrinaryTract, principal: []string{"ACSUTID"}, notDiagnosis: []string{"IMMUNID", "KIDNEY"}, notProcedure: []string{"IMMUNIP"}},
	{of: DiabetesUncontrolled, principal: []string{"ACDIAUD"}},
	{of: AsthmaYounger, maxAge: 39, principal: []string{"ACSASTD"}, notDiagnosis: []string{"RESPAN"}},
	{of: DiabetesAmputation, diagnosis: "ACSLEAD", procedure: "ACSLEAP", notPrincipal: "MDC14PRINDX", notDiagnosis: []string{"ACLEA2D"}},
}

var composites = [...]struct {
	of    Indicator
	parts Flags
}{
	{Overall, 1<<Overall - 1},
	{Acute, 1<<Pneumonia | 1<<UrinaryTract},
	{Chronic, (1<<Overall - 1) &^ (1<<Pneumonia | 1<<UrinaryTract)},
	{Diabetes, 1<<DiabetesShortTerm | 1<<DiabetesLongTerm | 1<<DiabetesUncontrolled | 1<<DiabetesAmputation},
}

// compiled is a rule over bits of code sets.
type compiled struct {
	principal, diagnosis, procedure          uint64
	notPrincipal, notDiagnosis, notProcedure uint64
	notBothDiagnosis, notBothProcedure       uint64
}

// Software is a version of the indicators. It is immutable and may be shared.
type Software struct {
	Version    string
	Provenance string
	trie       *codetrie.Trie // diagnoses and procedures: their code spaces do not meet
	sets       []string
	rules      [len(rules)]compiled
	obstetric  uint64
}

// New loads version 2024 (July 2024).
func New() (*Software, error) {
	t, err := table.Parse("pqi_v2024_codes", codesCSV)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrTable, err)
	}
	s := &Software{Version: "2024", Provenance: t.Provenance, trie: codetrie.New(codetrie.ICD10)}
	index := map[string]uint64{}
	seen := map[[2]string]bool{}
	for _, r := range t.Rows {
		if index[r[0]] == 0 {
			index[r[0]] = 1 << len(s.sets)
			s.sets = append(s.sets, r[0])
		}
		if key := [2]string{r[0], r[1]}; seen[key] || !s.trie.AddExact(r[1], index[r[0]]) {
			return nil, fmt.Errorf("%w: code %q in %s", ErrTable, r[1], r[0])
		} else {
			seen[key] = true
		}
	}
	var errs []error
	set := func(names ...string) (b uint64) {
		for _, n := range names {
			if n != "" && index[n] == 0 {
				errs = append(errs, fmt.Errorf("%w: no set %s", ErrTable, n))
			}
			b |= index[n]
		}
		return b
	}
	for i, r := range rules {
		s.rules[i] = compiled{principal: set(r.principal...), diagnosis: set(r.diagnosis), procedure: set(r.procedure), notPrincipal: set(r.notPrincipal),
			notDiagnosis: set(r.notDiagnosis...), notProcedure: set(r.notProcedure...), notBothDiagnosis: set(r.notBoth[0]), notBothProcedure: set(r.notBoth[1])}
	}
	s.obstetric = set("MDC14PRINDX")
	return s, errors.Join(errs...)
}

// Discharge is one hospital stay as it is coded.
type Discharge struct {
	Age        int    // completed years at admission; -1: not known
	Sex        string // as recorded; empty is missing. No indicator depends on it
	Year       int    // of the discharge; 0 is missing
	Quarter    int    // 1 to 4; 0 is missing
	DRG        string // "999" is ungroupable
	Diagnoses  []string
	Procedures []string // ICD-10-PCS
	TransferIn bool     // from another hospital or care facility (see [TransferIn])
}

// Result is what a discharge gives.
type Result struct {
	Flags    Flags
	Dropped  string // why the record is left out altogether; empty when it is not
	Transfer bool   // a transfer in clears every flag
	Bad      int    // malformed codes; they set nothing
}

// TransferIn reads the two ways in which records tell that a patient came from
// another hospital or facility: the admission source of older records (2, 3) and
// the point of origin of the UB-04 claim (4, 5, 6). Give what is recorded, and ""
// for the other.
func TransferIn(admissionSource, pointOfOrigin string) bool {
	return admissionSource == "2" || admissionSource == "3" || pointOfOrigin == "4" || pointOfOrigin == "5" || pointOfOrigin == "6"
}

// facts of a discharge: the sets its codes are in.
type codes struct{ principal, diagnosis, procedure uint64 }

func (s *Software) read(d *Discharge, r *Result) (c codes) {
	for i, code := range d.Diagnoses {
		b, ok := s.trie.Match(code)
		if !ok && strings.TrimSpace(code) != "" {
			r.Bad++
		}
		if i == 0 {
			c.principal = b
		}
		c.diagnosis |= b
	}
	for _, code := range d.Procedures {
		b, ok := s.trie.Match(code)
		if !ok && strings.TrimSpace(code) != "" {
			r.Bad++
		}
		c.procedure |= b
	}
	return c
}

func (s *Software) dropped(d *Discharge, c codes) string {
	switch {
	case d.Sex == "":
		return "sex is missing"
	case len(d.Diagnoses) == 0 || strings.TrimSpace(d.Diagnoses[0]) == "":
		return "the principal diagnosis is missing"
	case d.Quarter < 1 || d.Quarter > 4:
		return "the quarter is missing"
	case d.Year <= 0:
		return "the year is missing"
	case d.Age < 0:
		return "the age is missing"
	case d.DRG == "999":
		return "ungroupable (DRG 999)"
	case d.Age < 18 && c.principal&s.obstetric == 0:
		return "younger than 18"
	}
	return ""
}

// Of flags a discharge. It does not allocate.
func (s *Software) Of(d *Discharge) (r Result) {
	c := s.read(d, &r)
	if r.Dropped = s.dropped(d, c); r.Dropped != "" {
		return r
	}
	r.Transfer = d.TransferIn
	if r.Transfer {
		return r
	}
	for i := range rules {
		if _, met := s.judge(i, d, c); met {
			r.Flags |= 1 << rules[i].of
		}
	}
	for _, x := range composites {
		if r.Flags&x.parts != 0 {
			r.Flags |= 1 << x.of
		}
	}
	return r
}

// judge applies a rule: why it is not met, or which sets met it.
func (s *Software) judge(i int, d *Discharge, c codes) (why verdict, met bool) {
	r, k := &rules[i], &s.rules[i]
	switch {
	case k.principal != 0 && c.principal&k.principal == 0:
		return notIncluded, false
	case k.diagnosis != 0 && (c.diagnosis&k.diagnosis == 0 || c.procedure&k.procedure == 0):
		return notIncluded, false
	case d.Age < r.minAge || r.maxAge > 0 && d.Age > r.maxAge:
		return age, false
	case c.principal&k.notPrincipal != 0, c.diagnosis&k.notDiagnosis != 0, c.procedure&k.notProcedure != 0,
		c.diagnosis&k.notBothDiagnosis != 0 && c.procedure&k.notBothProcedure != 0:
		return excluded, false
	}
	return included, true
}

type verdict uint8

const (
	notIncluded verdict = iota
	age
	excluded
	included
)
