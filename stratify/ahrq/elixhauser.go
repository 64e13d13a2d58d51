package ahrq

import (
	_ "embed"
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"github.com/chroniccare/chroniccare/internal/codetrie"
	"github.com/chroniccare/chroniccare/internal/table"
	"github.com/chroniccare/chroniccare/stratify"
)

//go:embed data/cmr_codes.csv
var codesCSV string

//go:embed data/cmr_compound_values.csv
var compoundCSV string

//go:embed data/cmr_measures.csv
var measuresCSV string

// ErrTable is wrapped by errors about releases and tables.
var ErrTable = errors.New("ahrq: table")

// Releases that ship, oldest first. 2022.1, 2023.1 and 2025.1 carry AHRQ's own
// tables; 2024.1 and 2026.1 come from a re-encoding whose other releases agree with
// AHRQ code by code.
func Releases() []string { return []string{"2022.1", "2023.1", "2024.1", "2025.1", "2026.1"} }

// Measures is a set of comorbidity measures; bit i is Elixhauser.Measure(i).
type Measures uint64

// Count is the number of measures.
func (m Measures) Count() int { return bits.OnesCount64(uint64(m)) }

// inputs of the cerebrovascular rule: not measures, beyond the last of them
const (
	cbvdPOA = 1 << (61 + iota)
	cbvdSequela
	cbvdNotPOA
)

type value struct {
	always, ifPOA uint64 // measures that are set whatever POA says, and with POA only
	notPOA        uint64 // what a code that was not present on admission sets
	exempt        uint16 // ICD-10-CM versions (bit 0 is 33) in which the code needs no POA
	name, code    string
}

type measure struct {
	name, label            string
	bit, zeroes            uint64
	poa                    bool
	readmission, mortality int
}

// Elixhauser is a release of AHRQ's Elixhauser Comorbidity Software Refined for
// ICD-10-CM. It is immutable and may be shared.
type Elixhauser struct {
	Release    string
	Provenance string
	trie       *codetrie.Trie // payload: place in values, plus one
	values     []value
	measures   []measure
	needPOA    uint64
	last       int // the ICD-10-CM version that the release ends with
}

// NewElixhauser loads a release, such as "2025.1". One that does not ship is
// [stratify.ErrVersion] and [ErrTable].
func NewElixhauser(release string) (*Elixhauser, error) {
	year := slices.Index(Releases(), release)
	if year < 0 {
		return nil, fmt.Errorf("%w: %w: no release %q, there are %v", ErrTable, stratify.ErrVersion, release, Releases())
	}
	e := &Elixhauser{Release: release, trie: codetrie.New(codetrie.ICD10), last: 39 + year}
	codes, err1 := table.Parse("cmr_codes", codesCSV)
	compound, err2 := table.Parse("cmr_compound_values", compoundCSV)
	measures, err3 := table.Parse("cmr_measures", measuresCSV)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrTable, err)
	}
	e.Provenance = codes.Provenance
	if err := e.loadMeasures(measures, year); err != nil {
		return nil, err
	}
	values := map[string]value{"CBVD_POA": {ifPOA: cbvdPOA, notPOA: cbvdNotPOA}, "CBVD_SQLA": {ifPOA: cbvdSequela}}
	for _, m := range e.measures {
		if m.poa {
			values[m.name] = value{ifPOA: m.bit}
		} else {
			values[m.name] = value{always: m.bit}
		}
	}
	for _, r := range compound.Rows {
		var v value
		for col, to := range []*uint64{&v.always, &v.ifPOA} {
			for name := range strings.FieldsSeq(r[1+col]) {
				part, ok := values[name]
				if !ok {
					return nil, fmt.Errorf("%w: %s sets %q, which is no measure", ErrTable, r[0], name)
				}
				*to |= part.always | part.ifPOA
			}
		}
		if _, twice := values[r[0]]; twice {
			return nil, fmt.Errorf("%w: value %s twice", ErrTable, r[0])
		}
		values[r[0]] = v
	}
	return e, e.loadCodes(codes, values, year)
}

func (e *Elixhauser) loadMeasures(t *table.Table, year int) error {
	mortality := "mw_2023_to_2026"
	if year == 0 {
		mortality = "mw_2022"
	}
	rw, mw := t.Column("rw_2022_to_2026"), t.Column(mortality)
	index := map[string]int{}
	for i, r := range t.Rows {
		m := measure{name: r[0], label: r[1], bit: 1 << i, poa: r[2] == "1"}
		var err1, err2 error
		m.readmission, err1 = strconv.Atoi(r[rw])
		m.mortality, err2 = strconv.Atoi(r[mw])
		if err := errors.Join(err1, err2); err != nil {
			return fmt.Errorf("%w: weights of %s: %w", ErrTable, r[0], err)
		}
		if _, twice := index[m.name]; twice {
			return fmt.Errorf("%w: measure %s twice", ErrTable, m.name)
		}
		index[m.name] = i
		if m.poa {
			e.needPOA |= m.bit
		}
		e.measures = append(e.measures, m)
	}
	for i, r := range t.Rows {
		for name := range strings.FieldsSeq(r[3]) {
			k, ok := index[name]
			if !ok || k == i {
				return fmt.Errorf("%w: %s removes %q", ErrTable, r[0], name)
			}
			e.measures[i].zeroes |= 1 << k
		}
	}
	return nil
}

func (e *Elixhauser) loadCodes(t *table.Table, values map[string]value, year int) error {
	seen := map[string]bool{}
	for _, r := range t.Rows {
		if seen[r[0]] {
			return fmt.Errorf("%w: code %s twice", ErrTable, r[0])
		}
		seen[r[0]] = true
		name := r[1+year]
		if name == "" {
			continue
		}
		v, ok := values[name]
		if !ok {
			return fmt.Errorf("%w: code %s has the value %q", ErrTable, r[0], name)
		}
		v.name, v.code = name, r[0]
		for span := range strings.FieldsSeq(r[6]) {
			from, to, isRange := strings.Cut(span, "-")
			if !isRange {
				to = from
			}
			a, err1 := strconv.Atoi(from)
			b, err2 := strconv.Atoi(to)
			if err1 != nil || err2 != nil || a < 33 || b < a || b > 48 {
				return fmt.Errorf("%w: code %s is exempt in %q", ErrTable, r[0], span)
			}
			for n := a; n <= b; n++ {
				v.exempt |= 1 << (n - 33)
			}
		}
		e.values = append(e.values, v)
		if !e.trie.AddExact(r[0], uint64(len(e.values))) {
			return fmt.Errorf("%w: code %q", ErrTable, r[0])
		}
	}
	return nil
}

// Discharge is one hospital stay as it is coded.
type Discharge struct {
	Diagnoses []string // ICD-10-CM, with or without dot; the first is the principal diagnosis and never counts
	// POA has one letter per diagnosis: Y or W present on admission, N or U not, 1, E
	// or a space otherwise. Empty: the data have no POA, and the measures that need it
	// are missing. Shorter than Diagnoses: the rest is blank.
	POA string
	// Year and Quarter of the discharge choose the list of codes that are exempt from
	// POA. Both 0: not known, the release's last list.
	Year, Quarter int
}

// Comorbidities is the result for a discharge.
type Comorbidities struct {
	Flags       Measures
	Raw         Measures // before the graver form of a disease removes the milder
	Missing     Measures // not computed: they need POA data
	Readmission int      // 30-day readmission index
	Mortality   int      // in-hospital mortality index
	Bad         int      // malformed codes; they set nothing
	BadPOA      int      // letters that POA cannot have, read as blank
	OutOfRange  bool     // year and quarter are before or after the release's, or half of them is missing: its last list of exempt codes was used
}

// version is the ICD-10-CM version of a discharge: 33 from October 2015, and one more
// each October. Any other date has the release's last, as in AHRQ's program; known says
// whether the date is one of the release's, or none was given.
func (e *Elixhauser) version(d *Discharge) (v int, known bool) {
	v = d.Year - 2016 + 33
	if d.Quarter == 4 {
		v++
	}
	if d.Quarter < 1 || d.Quarter > 4 || v < 33 || v > e.last {
		return e.last, d.Year == 0 && d.Quarter == 0
	}
	return v, true
}

// Of computes the comorbidities of a discharge. It does not allocate.
func (e *Elixhauser) Of(d *Discharge) Comorbidities {
	var c Comorbidities
	version, known := e.version(d)
	c.OutOfRange = !known
	var set uint64
	for i := 1; i < len(d.Diagnoses); i++ {
		set |= e.sets(d, i, version, &c)
	}
	e.finish(set, d.POA != "", &c)
	return c
}

// sets is what diagnosis i sets.
func (e *Elixhauser) sets(d *Discharge, i, version int, c *Comorbidities) uint64 {
	code := d.Diagnoses[i]
	if strings.TrimSpace(code) == "" {
		return 0
	}
	letter := byte(' ')
	if i < len(d.POA) {
		letter = d.POA[i]
	}
	switch letter {
	case 'Y', 'W', 'N', 'U', '1', 'E', ' ':
	default:
		c.BadPOA++
	}
	at, ok := e.trie.Match(code)
	if !ok {
		c.Bad++
		return 0
	}
	if at == 0 {
		return 0
	}
	v := &e.values[at-1]
	out := v.always
	if d.POA == "" {
		return out
	}
	exempt := v.exempt>>(version-33)&1 == 1
	switch {
	case exempt || letter == 'Y' || letter == 'W':
		out |= v.ifPOA
	case letter == 'N' || letter == 'U':
		out |= v.notPOA
	}
	return out
}

func (e *Elixhauser) finish(set uint64, hasPOA bool, c *Comorbidities) {
	if hasPOA && (set&cbvdPOA != 0 || set&cbvdSequela != 0 && set&cbvdNotPOA == 0) {
		set |= e.bit("CBVD")
	}
	set &= 1<<len(e.measures) - 1
	if !hasPOA {
		set &^= e.needPOA
		c.Missing = Measures(e.needPOA)
	}
	c.Raw = Measures(set)
	for i := range e.measures {
		m := &e.measures[i]
		if set&m.bit != 0 {
			set &^= m.zeroes
		}
	}
	for b := set; b != 0; b &= b - 1 {
		m := &e.measures[bits.TrailingZeros64(b)]
		c.Readmission += m.readmission
		c.Mortality += m.mortality
	}
	c.Flags = Measures(set)
}

func (e *Elixhauser) bit(name string) uint64 {
	for i := range e.measures {
		if e.measures[i].name == name {
			return e.measures[i].bit
		}
	}
	return 0
}

// Has reports whether a measure is among the flags.
func (e *Elixhauser) Has(f Measures, name string) bool { return uint64(f)&e.bit(name) != 0 }

// Names lists the measures of the flags in the table's order.
func (e *Elixhauser) Names(f Measures) []string {
	var out []string
	for i := range e.measures {
		if uint64(f)>>i&1 == 1 {
			out = append(out, e.measures[i].name)
		}
	}
	return out
}
