package hcc

import (
	"math/bits"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// Person is a beneficiary in a payment month, with the diagnoses of the data
// collection year: the calendar year before the payment year.
type Person struct {
	Birth registry.Date // age is taken on 1 February of the payment year
	Age   int           // used when Birth is not recorded; 0 with AgeKnown false is missing
	// AgeKnown says that Age is meant, even when it is 0.
	AgeKnown bool
	// EditAge is the age that the edits ask for, where it differs from the age of the
	// factors; it counts when EditAgeKnown is set.
	EditAge      int
	EditAgeKnown bool
	Sex          registry.Sex
	// OREC is the original reason for entitlement: 0 age, 1 disability, 2 ESRD, 3
	// both. Empty or anything else counts as 0, with an issue.
	OREC string
	// Dual is the dual status code of the month. 02, 04, 08 are full, 01, 03, 05, 06
	// partial; all of them mean Medicaid. 00, 09 and NA are non-dual. Empty and any other
	// code count as non-dual, with an issue when the score depends on it.
	Dual          string
	Medicaid      bool // Medicaid by other evidence than Dual
	Institutional bool // long-term: more than 90 days in the payment month
	NewEnrollee   bool // fewer than 12 months of Part B in the collection year
	ChronicSNP    bool // in a chronic-condition special needs plan
	ESRD          bool // dialysis, transplant or graft: other models
	Segment       Segment
	// Diagnoses are ICD-10-CM codes from risk-eligible claims, with or without dot.
	Diagnoses []string
}

// Issues of a score, as a set.
type Issues uint16

// Issues.
const (
	AgeMissing      Issues = 1 << iota // no score
	AgeNegative                        // no score
	SexMissing                         // no score
	OutOfModel                         // ESRD: no score
	ORECMissing                        // not given, or no such code: counted as 0
	DualMissing                        // dual status not given, or no such code: counted as non-dual
	SegmentConflict                    // the segment given contradicts the facts, or an institutional member is also new
	AgeCell                            // the segment has no factor for this age: scored without it
	CodeInvalid                        // malformed codes: they add nothing
	OutOfRange                         // an age that nobody has, above 130: no score
)

var issueNames = [...]string{"AGE_MISSING", "AGE_NEGATIVE", "SEX_MISSING", "OUT_OF_MODEL", "OREC_MISSING", "DUAL_MISSING", "SEGMENT_CONFLICT", "AGE_CELL", "CODE_INVALID", "OUT_OF_RANGE"}

// List names the issues in a fixed order.
func (x Issues) List() []string {
	var out []string
	for b := x; b != 0; b &= b - 1 {
		out = append(out, issueNames[bits.TrailingZeros16(uint16(b))])
	}
	return out
}

// Score is a raw risk score: before normalisation and coding intensity.
type Score struct {
	Segment Segment
	Scored  bool // false: there is no score, and Issues says why
	Milli   int  // thousandths, exact
	Count   int  // payment HCCs after the hierarchy
	Bad     int  // malformed codes
	Issues  Issues

	hccs set
}

// Value is the raw score as a number.
func (s Score) Value() float64 { return float64(s.Milli) / 1000 }

// profile is what of a person the model asks for.
type profile struct {
	age, editAge           int
	female                 bool
	sex                    int // place in sexes
	orec                   byte
	disabled, origDisabled bool
	medicaid               bool
	segment                Segment
}

// profileOf settles age, entitlement and segment.
func (m *Model) profileOf(p *Person) (f profile, x Issues) {
	switch {
	case p.Birth != 0:
		f.age = registry.Age(p.Birth, registry.Day(m.Year, 2, 1))
	case p.AgeKnown || p.Age != 0:
		f.age = p.Age
	default:
		x |= AgeMissing
	}
	switch {
	case f.age < 0:
		x |= AgeNegative
	case f.age > 130:
		x |= OutOfRange
	}
	if f.editAge = f.age; p.EditAgeKnown {
		f.editAge = p.EditAge
	}
	switch p.Sex {
	case registry.Female:
		f.female = true
	case registry.Male:
		f.sex = 1
	default:
		x |= SexMissing
	}
	if p.ESRD {
		x |= OutOfModel
	}
	f.orec = '0'
	if len(p.OREC) == 1 && p.OREC[0] >= '0' && p.OREC[0] <= '3' {
		f.orec = p.OREC[0]
	} else {
		x |= ORECMissing
	}
	f.disabled = f.age < 65 && f.orec != '0'
	f.origDisabled = f.orec == '1' && !f.disabled
	dual, known := duality(p.Dual)
	f.medicaid = p.Medicaid || dual != nonDual

	switch {
	case p.NewEnrollee:
		f.segment = NE
		if p.ChronicSNP {
			f.segment = SNPNE
		}
		if p.Institutional {
			x |= SegmentConflict
		}
	case p.Institutional:
		f.segment = INS
	default:
		f.segment = CNA + Segment(2*dual) + Segment(index(f.age < 65))
	}
	if p.Segment == ByFacts {
		if !known && (f.segment < INS || !f.medicaid) {
			x |= DualMissing
		}
		return f, x
	}
	// a contradiction needs a fact that is stated
	given := p.Segment
	if !known && (p.Dual != "" || given >= INS && !f.medicaid) {
		x |= DualMissing
	}
	if p.NewEnrollee && !given.newEnrollee() || p.Institutional && !p.NewEnrollee && given != INS ||
		given < INS && (index(f.age < 65) != int(given-CNA)%2 || known && dual != int(given-CNA)/2) {
		x |= SegmentConflict
	}
	f.segment = given
	return f, x
}

const (
	nonDual = iota
	fullDual
	partialDual
)

// duality reads a dual status code; known is false for one that is not given or does not
// exist.
func duality(code string) (dual int, known bool) {
	switch strings.TrimSpace(code) {
	case "02", "2", "04", "4", "08", "8":
		return fullDual, true
	case "01", "1", "03", "3", "05", "5", "06", "6":
		return partialDual, true
	case "00", "0", "09", "9", "NA":
		return nonDual, true
	}
	return nonDual, false
}

// map a code by the edits, or else by the table.
func (e *entry) to(f *profile) (set, *edit) {
	for i := range e.edits {
		if e.edits[i].holds(f) {
			return e.edits[i].to, &e.edits[i]
		}
	}
	return e.hccs, nil
}

// mapped is the set before the hierarchy.
func (m *Model) mapped(p *Person, f *profile) (s set, bad int) {
	for _, code := range p.Diagnoses {
		at, ok := m.trie.Match(code)
		if !ok {
			bad++
			continue
		}
		if at != 0 {
			to, _ := m.entries[at-1].to(f)
			s = s.or(to)
		}
	}
	return s, bad
}

// lone223 reports whether HCC 223 stands without the heart failure that it needs.
func (m *Model) lone223(s set) bool { return m.drop223 && s.meets(m.hcc223) && !s.meets(m.keep223) }

// ranked applies the hierarchy row by row to the current set.
func (m *Model) ranked(s set) set {
	if m.lone223(s) {
		s = s.without(m.hcc223)
	}
	if s == (set{}) {
		return s
	}
	for i := range m.hierarchy {
		if h := &m.hierarchy[i]; s.has(h.hcc) {
			s = s.without(h.drops)
		}
	}
	return s
}

// Score computes a person's raw score. It does not allocate.
func (m *Model) Score(p *Person) Score {
	f, x := m.profileOf(p)
	s := Score{Segment: f.segment, Issues: x}
	mapped, bad := m.mapped(p, &f)
	if s.Bad = bad; bad > 0 {
		s.Issues |= CodeInvalid
	}
	if x&(AgeMissing|AgeNegative|OutOfRange|SexMissing|OutOfModel) != 0 {
		return s
	}
	s.Scored = true
	s.hccs = m.ranked(mapped)
	s.Count = s.hccs.count()
	demographic, _ := m.demographic(&f)
	if !demographic.known[f.segment] {
		s.Issues |= AgeCell
	}
	s.Milli = int(demographic.milli[f.segment])
	if f.segment.newEnrollee() {
		return s
	}
	m.terms(&f, s.hccs, func(_ string, _ int, milli int32) { s.Milli += int(milli) })
	return s
}

// demographic is the factor of sex and age, and its name's cell.
func (m *Model) demographic(f *profile) (*factor, int) {
	if f.segment.newEnrollee() {
		c := newCell(f.age, f.orec)
		return &m.newCells[index(f.medicaid)][index(f.origDisabled)][f.sex][c], c
	}
	c := cell(f.age)
	return &m.cells[f.sex][c], c
}

// terms visits every further term that the segment has, in a fixed order: by name,
// or by the place of an HCC when the name is empty.
func (m *Model) terms(f *profile, s set, visit func(name string, hcc int, milli int32)) {
	seg := f.segment
	add := func(name string, x *factor) {
		if x.known[seg] {
			visit(name, -1, x.milli[seg])
		}
	}
	if f.origDisabled && seg < INS {
		add(originally[f.sex], &m.origDisabled[f.sex])
	}
	if seg == INS {
		if f.origDisabled {
			add("ORIGDS", &m.origDS)
		}
		if f.medicaid {
			add("LTIMCAID", &m.ltim)
		}
	}
	for w, b := range s {
		for ; b != 0; b &= b - 1 {
			i := w<<6 + bits.TrailingZeros64(b)
			if x := &m.hccFactor[i]; x.known[seg] {
				visit("", i, x.milli[seg])
			}
		}
	}
	for i := range m.interactions {
		x := &m.interactions[i]
		if (x.disabled && f.disabled || s.meets(x.a)) && s.meets(x.b) {
			add(x.name, &x.factor)
		}
	}
	if n := s.count(); n > 0 && m.counts != nil {
		n = min(n, len(countNames))
		add(countNames[n-1], &m.counts[n-1])
	}
}

var originally = [2]string{"OriginallyDisabled_Female", "OriginallyDisabled_Male"}

// HCCs lists the payment HCCs of a score after the hierarchy, by number.
func (m *Model) HCCs(s Score) []int {
	var out []int
	s.hccs.each(func(i int) { out = append(out, m.hccs[i]) })
	return out
}
