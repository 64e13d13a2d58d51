package comorbidity

import (
	_ "embed"
	"errors"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strconv"

	"github.com/chroniccare/chroniccare/internal/codetrie"
	"github.com/chroniccare/chroniccare/internal/table"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify"
)

//go:embed data/comorbidity_prefixes.csv
var prefixesCSV string

//go:embed data/comorbidity_weights.csv
var weightsCSV string

// ErrTable is wrapped by errors about maps, indices and tables.
var ErrTable = errors.New("comorbidity: table")

// Code maps: which codes stand for which condition.
const (
	CharlsonQuan2005   = "charlson_quan2005"   // Quan et al. 2005, ICD-10 and ICD-9-CM
	CharlsonDeyo1992   = "charlson_deyo1992"   // Deyo et al. 1992, ICD-9-CM
	CharlsonSweden2021 = "charlson_se2021"     // Ludvigsson et al. 2021, ICD-10
	CharlsonAU2004     = "charlson_au2004"     // Sundararajan et al. 2004, ICD-10-AM
	ElixhauserQuan2005 = "elixhauser_quan2005" // Quan et al. 2005, ICD-10 and ICD-9-CM
)

// Indices: weights of the conditions.
const (
	Charlson1987          = "charlson1987"
	Quan2011              = "quan2011"
	VanWalraven2009       = "vanwalraven2009"
	Swiss2021             = "swiss2021"
	AHRQ2017Readmission30 = "ahrq2017_readmission"
	AHRQ2017Mortality     = "ahrq2017_mortality"
)

// Published is a code map that ships.
type Published struct {
	Name    string
	ICD     ICD
	Source  string   // paper, with journal and year
	Indices []string // weights that fit it
}

// Maps lists the code maps and the indices for each.
func Maps() []Published {
	charlson := []string{Charlson1987, Quan2011}
	elixhauser := []string{VanWalraven2009, Swiss2021, AHRQ2017Readmission30, AHRQ2017Mortality}
	quan := "Quan et al., Med Care 2005;43:1130-9"
	return []Published{
		{CharlsonQuan2005, ICD10, quan, charlson},
		{CharlsonQuan2005, ICD9, quan, charlson},
		{CharlsonDeyo1992, ICD9, "Deyo et al., J Clin Epidemiol 1992;45:613-9", charlson},
		{CharlsonSweden2021, ICD10, "Ludvigsson et al., Clin Epidemiol 2021;13:21-41", charlson},
		{CharlsonAU2004, ICD10, "Sundararajan et al., J Clin Epidemiol 2004;57:1288-94", charlson},
		{ElixhauserQuan2005, ICD10, quan, elixhauser},
		{ElixhauserQuan2005, ICD9, quan, elixhauser},
	}
}

// ICD is a version of the classification.
type ICD int

// Versions.
const (
	ICD9  ICD = 9
	ICD10 ICD = 10 // ICD-10 and its national modifications
)

// Map finds conditions by diagnosis codes. It is immutable and may be shared. Make one
// with [NewMap] or [Compile].
type Map struct {
	Name       string // "+local" when changed
	ICD        ICD
	Conditions []string // in the table's order; bit i of a Flags is Conditions[i]
	Provenance string
	Changes    []string // what differs from the published map, in order
	table      Table
	trie       *codetrie.Trie
	hierarchy  [][2]uint64 // when the first bit is set, the second is cleared
}

// Flags is a set of conditions.
type Flags uint64

// Result is what a list of codes gives.
type Result struct {
	Flags Flags
	Codes int // codes read
	Bad   int // codes that are empty or malformed: they never add disease
	Other int // codes of other systems, which the map does not read
}

// NewMap loads a code map for a version of the ICD. Where there is none of that name for
// that version, the error is [stratify.ErrVersion] and [ErrTable].
func NewMap(name string, icd ICD) (*Map, error) {
	t, err := table.Parse("comorbidity_prefixes", prefixesCSV)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrTable, err)
	}
	out := Table{Name: name, ICD: icd, Source: t.Provenance}
	version := strconv.Itoa(int(icd))
	has := map[string]bool{}
	for _, r := range t.Rows {
		if r[0] == name && r[1] == version {
			out.Prefixes = append(out.Prefixes, Prefix{r[2], r[3]})
			has[r[2]] = true
		}
	}
	if len(out.Prefixes) == 0 {
		return nil, fmt.Errorf("%w: %w: no map %s for ICD-%d", ErrTable, stratify.ErrVersion, name, icd)
	}
	for _, h := range []Pair{{"msld", "mld"}, {"diabwc", "diab"}, {"metacanc", "canc"}, {"hypc", "hypunc"}, {"diabc", "diabunc"}, {"metacanc", "solidtum"}} {
		if has[h.Graver] && has[h.Milder] {
			out.Hierarchy = append(out.Hierarchy, h)
		}
	}
	return Compile(out)
}

func (m *Map) bit(condition string) uint64 {
	if i := slices.Index(m.Conditions, condition); i >= 0 {
		return 1 << i
	}
	return 0
}

// Code gives the conditions of one code; false for a malformed one.
func (m *Map) Code(code string) (Flags, bool) {
	b, ok := m.trie.Match(code)
	return Flags(b), ok
}

// Flags gives the conditions of a list of plain codes, with or without dots.
func (m *Map) Flags(codes []string) (r Result) {
	for _, c := range codes {
		b, ok := m.trie.Match(c)
		r.Codes++
		if !ok {
			r.Bad++
		}
		r.Flags |= Flags(b)
	}
	return r
}

// FlagsOf gives the conditions of coded facts: those of the map's version of the ICD.
// Codes of other systems are left out and counted as Other.
func (m *Map) FlagsOf(codes []registry.Code) (r Result) {
	for _, c := range codes {
		nine := c.System == registry.ICD9CM
		ten := c.System == registry.ICD10CM || c.System == registry.ICD10
		if m.ICD == ICD9 && !nine || m.ICD == ICD10 && !ten {
			r.Other++
			continue
		}
		b, ok := m.trie.Match(c.Value)
		r.Codes++
		if !ok {
			r.Bad++
		}
		r.Flags |= Flags(b)
	}
	return r
}

// Hierarchy clears the milder of two forms of a disease when the graver is among the
// flags given; both sets stay available.
func (m *Map) Hierarchy(f Flags) Flags {
	out := f
	for _, h := range m.hierarchy {
		if uint64(f)&h[0] != 0 {
			out &^= Flags(h[1])
		}
	}
	return out
}

// Suppressed lists what the hierarchy clears among the flags, and the graver form that
// does it, in the hierarchy's order.
func (m *Map) Suppressed(f Flags) []Pair {
	var out []Pair
	for i, h := range m.hierarchy {
		if uint64(f)&h[0] != 0 && uint64(f)&h[1] != 0 {
			out = append(out, m.table.Hierarchy[i])
		}
	}
	return out
}

// Has reports whether a condition is among the flags.
func (m *Map) Has(f Flags, condition string) bool { return uint64(f)&m.bit(condition) != 0 }

// Names lists the conditions of the flags in the table's order.
func (m *Map) Names(f Flags) []string {
	var out []string
	for i, c := range m.Conditions {
		if f>>i&1 == 1 {
			out = append(out, c)
		}
	}
	return out
}

// Count is the number of conditions.
func (f Flags) Count() int { return bits.OnesCount64(uint64(f)) }

// Index weighs the conditions of a map. It is immutable and may be shared. Make one with
// [NewIndex] or [CompileIndex].
type Index struct {
	Name    string // "+local" when changed
	Map     *Map
	Changes []string // what differs from the published weights, in order
	weights [64]int
	htn     uint64 // hypertension of either form, weighted once
	htnW    int
}

// Term is the contribution of one condition.
type Term struct {
	Condition string
	Weight    int
}

// NewIndex loads the weights of an index for a map of its family. An index that does not
// ship is [stratify.ErrVersion] and [ErrTable]; one that does not fit the map is [ErrTable].
func NewIndex(name string, m *Map) (*Index, error) {
	t, err := table.Parse("comorbidity_weights", weightsCSV)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrTable, err)
	}
	var weights []Term
	for _, r := range t.Rows {
		if r[0] != name {
			continue
		}
		w, err := strconv.Atoi(r[3])
		if err != nil {
			return nil, fmt.Errorf("%w: weight %q of %s", ErrTable, r[3], r[2])
		}
		weights = append(weights, Term{r[2], w})
	}
	if len(weights) == 0 {
		return nil, fmt.Errorf("%w: %w: no index %q", ErrTable, stratify.ErrVersion, name)
	}
	return CompileIndex(name, m, weights)
}

// Score adds the weights of the flags as they stand: apply [Map.Hierarchy] first,
// unless you want it without.
func (x *Index) Score(f Flags) int {
	s := 0
	for b := uint64(f); b != 0; b &= b - 1 {
		s += x.weights[bits.TrailingZeros64(b)]
	}
	if uint64(f)&x.htn != 0 {
		s += x.htnW
	}
	return s
}

// Terms explains a score condition by condition; weights of 0 are left out.
func (x *Index) Terms(f Flags) []Term {
	var out []Term
	for i, c := range x.Map.Conditions {
		if f>>i&1 == 1 && x.weights[i] != 0 {
			out = append(out, Term{c, x.weights[i]})
		}
	}
	if uint64(f)&x.htn != 0 && x.htnW != 0 {
		out = append(out, Term{"htn", x.htnW})
	}
	return out
}

// AgePoints are the points for age that Charlson et al. (1994) add: one for each
// decade from 50, four at most (80 and older). Age is in completed years; at 50, 60, 70
// and 80 the higher points hold. An age below 0 gives 0.
func AgePoints(age int) int { return min(AgePointsUncapped(age), 4) }

// AgePointsUncapped go on above 89 with one more for each decade: 5 at 90, 6 at 100. That
// is a decision of the library for those who want it; the paper stops at 4.
func AgePointsUncapped(age int) int { return max((age-40)/10, 0) }

// TenYearSurvival is the estimate of Charlson et al. (1987) for a Charlson score
// with age points: 0.983 to the power of exp(0.9 x score).
func TenYearSurvival(score int) float64 {
	return math.Pow(0.983, math.Exp(float64(0.9*float64(score))))
}
