package register

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/internal/table"
	"github.com/chroniccare/chroniccare/registry"
)

//go:embed data/starter.csv
var starterCSV string

//go:embed data/ccw30-additions.csv
var additionsCSV string

// StarterSpace starts the OIDs of the value sets that [Starter] comes with.
const StarterSpace = "urn:chroniccare:starter:"

// Starter gives registers of the ten conditions that the source documents cover
// first, with value sets of ICD-10-CM codes, so that registers run out of the box.
// They are starter sets: categories of ICD-10-CM, expanded against the codes of the
// Chronic Conditions Warehouse tables and those of the caller's universe, such as all
// diagnosis codes of its data. Give a universe: a code that none of them names is on
// no register. Codes of other systems in it are passed over.
func Starter(universe ...registry.Code) ([]Register, []registry.ValueSet, error) {
	t, err := table.Parse("starter", starterCSV)
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrRegister, err)
	}
	known := slices.Clone(universe)
	for _, load := range []func() (*Profile, error){CCW30Later, CCW27} {
		p, err := load()
		if err != nil {
			return nil, nil, err
		}
		for _, c := range p.Conditions {
			for _, x := range c.Codes {
				known = append(known, registry.NewCode(string(registry.ICD10CM), x))
			}
		}
	}
	for _, r := range t.Rows {
		for _, x := range strings.Fields(r[5]) {
			known = append(known, registry.NewCode(string(registry.ICD10CM), x))
		}
	}
	var errs []error
	var registers []Register
	var sets []registry.ValueSet
	for _, r := range t.Rows {
		s := registry.Set{Name: r[1] + " (starter)", OID: StarterSpace + r[0]}
		codes, err := Expand(known, registry.ICD10CM, strings.Fields(r[3]), strings.Fields(r[4]))
		if err != nil {
			errs = append(errs, fmt.Errorf("%w: starter %s", err, r[0]))
			continue
		}
		sets = append(sets, registry.ValueSet{OID: s.OID, Name: s.Name, Version: "starter", Codes: codes})
		x := Register{ID: r[0], Title: r[1], Version: "starter", Source: r[6]}
		switch r[2] {
		case "ever":
			x.Evidence = Ever(theDiagnosis, s, Clinical{})
		case "standing":
			x.Evidence = Standing(theDiagnosis, s, DiagnosisWins, Clinical{})
		default:
			errs = append(errs, fmt.Errorf("%w: starter %s: no form %q", ErrRegister, r[0], r[2]))
		}
		x.In = registry.Exists{Query: x.Evidence}
		registers = append(registers, x)
	}
	return registers, sets, errors.Join(errs...)
}

// Expand gives the codes of a system in the universe that start with one of the
// prefixes and with none of those to leave out, sorted, each once. A prefix that
// matches no code is an error that wraps [ErrRegister]; all come together.
func Expand(universe []registry.Code, system registry.System, include, exclude []string) ([]registry.Code, error) {
	normal := func(prefixes []string) []string {
		out := make([]string, len(prefixes))
		for i, p := range prefixes {
			out[i] = registry.NormalizeCode(system, p)
		}
		return out
	}
	in, not := normal(include), normal(exclude)
	used := make([]bool, len(in)+len(not))
	var out []registry.Code
	for _, c := range universe {
		c = registry.NewCode(string(c.System), c.Value)
		if c.System != system {
			continue
		}
		keep, drop := false, false
		for i, p := range in {
			if strings.HasPrefix(c.Value, p) {
				keep, used[i] = true, true
			}
		}
		for i, p := range not {
			if strings.HasPrefix(c.Value, p) {
				drop, used[len(in)+i] = true, true
			}
		}
		if keep && !drop {
			out = append(out, c)
		}
	}
	var errs []error
	for i, p := range append(in, not...) {
		if !used[i] || p == "" {
			errs = append(errs, fmt.Errorf("%w: no code starts with %q", ErrRegister, p))
		}
	}
	slices.SortFunc(out, func(a, b registry.Code) int { return strings.Compare(a.Value, b.Value) })
	return slices.Compact(out), errors.Join(errs...)
}

// CCW30Later is [CCW30] with 162 codes that later releases of ICD-10-CM or later
// maintained lists added. Results are not those of the published list of 2022.
func CCW30Later() (*Profile, error) {
	p, err := CCW30()
	if err != nil {
		return nil, err
	}
	t, err := table.Parse("ccw30-additions", additionsCSV)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrProfile, err)
	}
	p.ID, p.Version = p.ID+"+", p.Version+" with later codes"
	for _, r := range t.Rows {
		i := slices.IndexFunc(p.Conditions, func(c Condition) bool { return c.ID == r[0] })
		if i < 0 {
			return nil, fmt.Errorf("%w: additions: no condition %q", ErrProfile, r[0])
		}
		to := &p.Conditions[i].Codes
		switch r[1] {
		case "include":
		case "exclude":
			to = &p.Conditions[i].Exclude
		default:
			return nil, fmt.Errorf("%w: additions: %s %s: role %q", ErrProfile, r[0], r[2], r[1])
		}
		if slices.Contains(*to, r[2]) {
			return nil, fmt.Errorf("%w: additions: %s has %s already", ErrProfile, r[0], r[2])
		}
		*to = append(*to, r[2])
	}
	return p, nil
}
