package hcc

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"github.com/chroniccare/chroniccare/internal/codetrie"
	"github.com/chroniccare/chroniccare/internal/table"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify"
)

//go:embed data/hcc_v22_dx.csv
var v22DxCSV string

//go:embed data/hcc_v24_dx.csv
var v24DxCSV string

//go:embed data/hcc_v28_dx.csv
var v28DxCSV string

//go:embed data/hcc_hierarchies.csv
var hierarchiesCSV string

//go:embed data/hcc_coefficients.csv
var coefficientsCSV string

//go:embed data/hcc_coefficients_new_enrollee.csv
var newEnrolleeCSV string

//go:embed data/hcc_labels.csv
var labelsCSV string

//go:embed data/hcc_rules.json
var rulesJSON []byte

// ErrModel is wrapped by errors about models and tables.
var ErrModel = errors.New("hcc: model")

// Version of the CMS-HCC model.
type Version string

// Versions.
const (
	V22 Version = "V22"
	V24 Version = "V24"
	V28 Version = "V28"
)

// Segment of the model: a member-month is scored in one of them.
type Segment uint8

// Segments. The zero value lets the facts of the person decide.
const (
	ByFacts Segment = iota
	CNA             // community, non-dual, aged
	CND             // community, non-dual, disabled
	CFA             // community, full-benefit dual, aged
	CFD             // community, full-benefit dual, disabled
	CPA             // community, partial-benefit dual, aged
	CPD             // community, partial-benefit dual, disabled
	INS             // long-term institutional
	NE              // new enrollee
	SNPNE           // new enrollee in a chronic-condition special needs plan
	numSegments
)

var segmentNames = [numSegments]string{"by the facts", "CNA", "CND", "CFA", "CFD", "CPA", "CPD", "INS", "NE", "SNPNE"}

// String gives the name that CMS uses.
func (s Segment) String() string { return segmentNames[min(int(s), len(segmentNames)-1)] }

// ParseSegment reads a segment's name.
func ParseSegment(s string) (Segment, error) {
	if i := slices.Index(segmentNames[1:], s); i >= 0 {
		return Segment(i + 1), nil
	}
	return 0, fmt.Errorf("%w: no segment %q", ErrModel, s)
}

func (s Segment) newEnrollee() bool { return s == NE || s == SNPNE }

// set holds HCCs by their place in the model, up to 128.
type set [2]uint64

func (s set) has(i int) bool    { return s[i>>6]>>(i&63)&1 == 1 }
func (s set) meets(t set) bool  { return s[0]&t[0]|s[1]&t[1] != 0 }
func (s set) or(t set) set      { return set{s[0] | t[0], s[1] | t[1]} }
func (s set) without(t set) set { return set{s[0] &^ t[0], s[1] &^ t[1]} }
func (s set) count() int        { return bits.OnesCount64(s[0]) + bits.OnesCount64(s[1]) }
func (s *set) add(i int)        { s[i>>6] |= 1 << (i & 63) }
func single(i int) (s set)      { s.add(i); return s }
func (s set) each(visit func(int)) { // in the model's order
	for w, b := range s {
		for ; b != 0; b &= b - 1 {
			visit(w<<6 + bits.TrailingZeros64(b))
		}
	}
}

// factor is a term's value in each segment, in thousandths; known says where the
// regression has the term at all.
type factor struct {
	milli [numSegments]int32
	known [numSegments]bool
}

// condition of an edit: an index into conditions.
type condition uint8

var conditions = [...]string{"sex=F", "age<18", "age<50", "age>=2", "age<6 or age>18"}

func (c condition) holds(p *profile) bool {
	switch c {
	case 0:
		return p.female
	case 1:
		return p.editAge < 18
	case 2:
		return p.editAge < 50
	case 3:
		return p.editAge >= 2
	}
	return p.editAge < 6 || p.editAge > 18
}

type edit struct {
	when condition
	own  *Edit // of the caller, instead of when
	to   set
}

func (e *edit) holds(p *profile) bool {
	if e.own == nil {
		return e.when.holds(p)
	}
	sex := registry.Male
	if p.female {
		sex = registry.Female
	}
	return e.own.When(p.editAge, sex)
}

func (e *edit) name() string {
	if e.own == nil {
		return conditions[e.when]
	}
	return e.own.Name
}

type entry struct {
	code  string
	hccs  set    // by the table of the payment year
	years string // payment years that map the code
	edits []edit
}

type interaction struct {
	name     string
	a, b     set
	disabled bool // the first side is DISABL
	factor
}

type hierarchyRow struct {
	hcc   int
	drops set
}

// Model is a version of the CMS-HCC model with the diagnosis table of a payment
// year. It is immutable and may be shared.
type Model struct {
	Version    Version
	Year       int // payment year
	Provenance string
	Changes    []string // edits of the caller, in order; see [Model.With]

	hccs         []int // numbers, in the model's order
	labels       []string
	trie         *codetrie.Trie // payload: place in entries, plus one
	entries      []entry
	hierarchy    []hierarchyRow
	hccFactor    []factor
	interactions []interaction
	counts       []factor // D1 ... D9, D10P
	cells        [2][len(continuingCells)]factor
	newCells     [2][2][2][len(newEnrolleeCells)]factor // Medicaid, originally disabled, sex
	origDisabled [2]factor                              // community, by sex
	origDS, ltim factor                                 // institutional

	own     []Edit
	drop223 bool
	hcc223  set
	keep223 set
}

// years of the diagnosis tables, by column.
var tables = map[Version]struct {
	csv   *string
	years []int
}{V22: {&v22DxCSV, []int{2022, 2025, 2026}}, V24: {&v24DxCSV, []int{2022, 2025, 2026}}, V28: {&v28DxCSV, []int{2024, 2025, 2026}}}

// Years lists the payment years for which a version's diagnosis table ships.
func Years(v Version) []int { return slices.Clone(tables[v].years) }

// String is the name of the model, such as cms-hcc-v28@py2026, with "+local" when edits
// were added.
func (m *Model) String() string {
	s := fmt.Sprintf("cms-hcc-%s@py%d", strings.ToLower(string(m.Version)), m.Year)
	if len(m.Changes) > 0 {
		s += "+local"
	}
	return s
}

type ruleFile struct {
	Edits map[string][]struct {
		If    string   `json:"if"`
		Codes []string `json:"codes"`
		HCC   *int     `json:"hcc"`
	} `json:"edits"`
	Groups       map[string]map[string][]int     `json:"groups"`
	Interactions map[string]map[string][2]string `json:"interactions"`
}

// New loads a version with the diagnosis table of a payment year. A version or year that
// does not ship is [stratify.ErrVersion] and [ErrModel].
func New(v Version, year int) (*Model, error) {
	t, ok := tables[v]
	if !ok {
		return nil, fmt.Errorf("%w: %w: no version %q", ErrModel, stratify.ErrVersion, v)
	}
	if !slices.Contains(t.years, year) {
		return nil, fmt.Errorf("%w: %w: %s has no diagnosis table of payment year %d, there are %v", ErrModel, stratify.ErrVersion, v, year, t.years)
	}
	m := &Model{Version: v, Year: year, trie: codetrie.New(codetrie.ICD10)}
	var rules ruleFile
	if err := json.Unmarshal(rulesJSON, &rules); err != nil {
		return nil, fmt.Errorf("%w: rules: %w", ErrModel, err)
	}
	l := loader{Model: m, index: map[int]int{}}
	l.labelRows()
	l.diagnoses(*t.csv)
	l.edit(rules)
	l.hierarchies()
	l.groups(rules)
	l.coefficients()
	l.newEnrollees()
	if v == V28 {
		m.drop223 = true
		m.hcc223 = l.of([]int{223})
		m.keep223 = l.of([]int{221, 222, 224, 225, 226})
	}
	if err := errors.Join(l.errs...); err != nil {
		return nil, err
	}
	return m, nil
}

type loader struct {
	*Model
	index map[int]int // HCC number -> place
	errs  []error
}

func (l *loader) bad(format string, args ...any) {
	l.errs = append(l.errs, fmt.Errorf("%w %s: %s", ErrModel, l.Version, fmt.Sprintf(format, args...)))
}

func (l *loader) table(name, text string) *table.Table {
	t, err := table.Parse(name, text)
	if err != nil {
		l.bad("%v", err)
		return &table.Table{}
	}
	return t
}

func (l *loader) of(numbers []int) (s set) {
	for _, n := range numbers {
		i, ok := l.index[n]
		if !ok {
			l.bad("HCC %d is not in the model", n)
			continue
		}
		s.add(i)
	}
	return s
}

func (l *loader) labelRows() {
	for _, r := range l.table("hcc_labels", labelsCSV).Rows {
		if r[0] != string(l.Version) {
			continue
		}
		n, err := strconv.Atoi(r[1])
		if _, twice := l.index[n]; err != nil || twice {
			l.bad("label row %v", r)
			continue
		}
		l.index[n] = len(l.hccs)
		l.hccs = append(l.hccs, n)
		l.labels = append(l.labels, r[2])
	}
	if len(l.hccs) == 0 || len(l.hccs) > 128 {
		l.bad("%d HCCs", len(l.hccs))
	}
	l.hccFactor = make([]factor, len(l.hccs))
}

func (l *loader) diagnoses(text string) {
	t := l.table("hcc_dx", text)
	l.Provenance = t.Provenance
	col := t.Column("y" + strconv.Itoa(l.Year))
	seen := map[string]bool{}
	for _, r := range t.Rows {
		if seen[r[0]] {
			l.bad("code %s twice", r[0])
			continue
		}
		seen[r[0]] = true
		var numbers []int
		for f := range strings.FieldsSeq(r[1]) {
			n, err := strconv.Atoi(f)
			if err != nil {
				l.bad("code %s: HCC %q", r[0], f)
			}
			numbers = append(numbers, n)
		}
		e := l.entry(r[0])
		if r[col] == "1" {
			e.hccs = l.of(numbers)
		}
		for i := 2; i < len(r); i++ {
			if r[i] == "1" {
				e.years = strings.TrimSpace(e.years + " " + strings.TrimPrefix(t.Header[i], "y"))
			}
		}
	}
}

// entry finds or makes the entry of a code.
func (l *loader) entry(code string) *entry {
	at, _ := l.trie.Match(code)
	if at == 0 {
		l.entries = append(l.entries, entry{code: code})
		at = uint64(len(l.entries))
		if !l.trie.AddExact(code, at) {
			l.bad("code %q", code)
		}
	}
	return &l.entries[at-1]
}

func (l *loader) edit(rules ruleFile) {
	key := "V22_V24"
	if l.Version == V28 {
		key = "V28"
	}
	for _, r := range rules.Edits[key] {
		is := slices.Index(conditions[:], r.If)
		if is < 0 {
			l.bad("edit %q", r.If)
			continue
		}
		var to set
		if r.HCC != nil {
			to = l.of([]int{*r.HCC})
		}
		for _, c := range r.Codes {
			e := l.entry(c)
			e.edits = append(e.edits, edit{when: condition(is), to: to})
		}
	}
}

func (l *loader) hierarchies() {
	last := 0
	for _, r := range l.table("hcc_hierarchies", hierarchiesCSV).Rows {
		if r[0] != string(l.Version) {
			continue
		}
		order, err1 := strconv.Atoi(r[1])
		n, err2 := strconv.Atoi(r[2])
		var drops []int
		for f := range strings.FieldsSeq(r[3]) {
			d, err := strconv.Atoi(f)
			if err != nil || d == n {
				l.bad("hierarchy of HCC %s: %q", r[2], f)
				continue
			}
			drops = append(drops, d)
		}
		if err1 != nil || err2 != nil || order <= last || len(drops) == 0 {
			l.bad("hierarchy row %v", r)
			continue
		}
		last = order
		at := l.of([]int{n})
		at.each(func(i int) { l.hierarchy = append(l.hierarchy, hierarchyRow{i, l.of(drops)}) })
	}
}

// groups makes the interactions; a side is an HCC, a group, or DISABL.
func (l *loader) groups(rules ruleFile) {
	groups := rules.Groups[string(l.Version)]
	side := func(s string) (set, bool) {
		if s == "DISABL" {
			return set{}, true
		}
		if n, err := strconv.Atoi(s); err == nil {
			return l.of([]int{n}), false
		}
		g, ok := groups[s]
		if !ok {
			l.bad("no group %q", s)
		}
		return l.of(g), false
	}
	sides := rules.Interactions[string(l.Version)]
	names := make([]string, 0, len(sides))
	for n := range sides {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		x := interaction{name: n}
		x.a, x.disabled = side(sides[n][0])
		x.b, _ = side(sides[n][1])
		l.interactions = append(l.interactions, x)
	}
}
