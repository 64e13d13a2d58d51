package caremodel

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/chroniccare/chroniccare/registry"
)

// Link is how two parties of health care belong together.
type Link uint8

// Links, from none to one owner.
const (
	NoLink Link = iota
	Contract
	ExclusiveContract
	Owned
)

var linkNames = [...]string{"none", "contract", "exclusive contract", "owned"}

// String gives the link in words.
func (l Link) String() string { return linkNames[min(int(l), len(linkNames)-1)] }

// MarshalText gives the words.
func (l Link) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (l *Link) UnmarshalText(text []byte) error { return name.Parse(l, len(linkNames), text) }

// Parties are the links among payer, physicians and hospitals.
type Parties struct {
	PayerPhysicians     Link `json:"payer_physicians"`
	PayerHospitals      Link `json:"payer_hospitals"`
	PhysiciansHospitals Link `json:"physicians_hospitals"`
	// PlanShare is the payer's share of the providers' activity, and Covers what share
	// makes it more than a part. Leave either out when the question does not arise.
	PlanShare registry.Rate `json:"plan_share"`
	Covers    registry.Rate `json:"covers"`
}

// PartyIntegration is how far the three parties are one.
type PartyIntegration struct {
	Integrated int    `json:"integrated"` // parties joined by ownership or exclusive contracts: 0, 2 or 3
	Form       string `json:"form"`       // "system" (shared ownership), "network" (contracts) or "separate"
	Kind       string `json:"kind"`       // "real" for a system, "virtual" for a network, "" for neither
	Degree     string `json:"degree"`     // "not integrated", "partly" or "fully"
	Partial    bool   `json:"partial"`    // the plan covers less than the share that was asked for
}

// Integrate classifies the three parties (Nuffield Trust 2009; King's Fund 2010).
// Ownership and contracts are told apart: exclusive contracts alone make a virtual
// network of three parties, which the texts call integrated as well. A link that is none
// of the four, and a share that is no proportion, are [ErrAnswer], all at once.
func (p Parties) Integrate() (PartyIntegration, error) {
	links := []Link{p.PayerPhysicians, p.PayerHospitals, p.PhysiciansHospitals}
	var errs []error
	for i, l := range links {
		if l > Owned {
			errs = append(errs, fmt.Errorf("%w: link %d between %s", ErrAnswer, l, [...]string{"payer and physicians", "payer and hospitals", "physicians and hospitals"}[i]))
		}
	}
	for _, r := range []registry.Rate{p.PlanShare, p.Covers} {
		if r != (registry.Rate{}) && !r.Proportion() {
			errs = append(errs, fmt.Errorf("%w: a share of %d/%d", ErrAnswer, r.Num, r.Den))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return PartyIntegration{}, err
	}
	strong, owned, contracts := 0, false, false
	for _, l := range links {
		if l >= ExclusiveContract {
			strong++
		}
		owned = owned || l == Owned
		contracts = contracts || l == Contract || l == ExclusiveContract
	}
	out := PartyIntegration{Form: "separate", Degree: "not integrated"}
	switch {
	case strong >= 2: // three parties: any two strong links join them all
		out.Integrated, out.Degree = 3, "fully"
	case strong == 1:
		out.Integrated, out.Degree = 2, "partly"
	}
	out.Partial = p.PlanShare.Defined() && p.Covers.Defined() && p.PlanShare.Cmp(p.Covers) < 0
	switch {
	case owned:
		out.Form, out.Kind = "system", "real"
	case contracts:
		out.Form, out.Kind = "network", "virtual"
	}
	return out, nil
}

// Direction classifies the levels of care of an organisation's members: "horizontal"
// when they are alike, "vertical" when all differ, "mixed" when both occur; a merger is
// "real", an alliance or contract "virtual" (King's Fund 2010:126-128). Fewer than two
// members, or one without a level, are [ErrAnswer].
func Direction(levels []string, merged bool) (direction, kind string, err error) {
	if len(levels) < 2 || slices.Contains(levels, "") {
		return "", "", fmt.Errorf("%w: levels of care %q", ErrAnswer, levels)
	}
	kind = "virtual"
	if merged {
		kind = "real"
	}
	seen := map[string]int{}
	for _, l := range levels {
		seen[l]++
	}
	switch len(seen) {
	case 1:
		return "horizontal", kind, nil
	case len(levels):
		return "vertical", kind, nil
	}
	return "mixed", kind, nil
}

// Degree of integration after Leutz: 3 full (pooled resources and shared information), 2
// co-ordination (defined structures or processes), 1 linkage (an agreement), 0 none (King's
// Fund 2010:116).
func Degree(pooledResources, sharedInformation, definedProcesses, agreement bool) int {
	switch {
	case pooledResources && sharedInformation:
		return 3
	case definedProcesses:
		return 2
	case agreement:
		return 1
	}
	return 0
}

// Level of an initiative by its unit: "macro" for a population, "meso" for a care group
// or condition, "micro" for a person (King's Fund 2010:77, 161-169). Other units are
// [ErrDefinition].
func Level(unit string) (string, error) {
	switch unit {
	case "population":
		return "macro", nil
	case "care group", "condition":
		return "meso", nil
	case "person":
		return "micro", nil
	}
	return "", fmt.Errorf("%w: unit %q", ErrDefinition, unit)
}

// UncoveredLevels lists the levels that no initiative works on. Unknown units are
// [ErrDefinition], all at once.
func UncoveredLevels(units []string) ([]string, error) {
	have := map[string]bool{}
	var errs []error
	for _, u := range units {
		l, err := Level(u)
		errs = append(errs, err)
		have[l] = true
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	var out []string
	for _, l := range []string{"macro", "meso", "micro"} {
		if !have[l] {
			out = append(out, l)
		}
	}
	return out, nil
}

// Strategies counts the different types of co-ordination strategy that an organisation
// uses, and says whether they are several, which did better than one (King's Fund
// 2010:729; the source does not list the types, which are the caller's words; empty ones
// don't count).
func Strategies(types []string) (n int, several bool) {
	n = len(distinct(types))
	return n, n > 1
}

// distinct are the names, each once, sorted, without empty ones.
func distinct(names []string) []string {
	ns := slices.DeleteFunc(slices.Clone(names), func(s string) bool { return s == "" })
	slices.Sort(ns)
	return slices.Compact(ns)
}

// LadderRungs are the steps of integration from the practice team up (Ham, in Nuffield
// Trust 2009:352-367).
func LadderRungs() []string {
	return []string{"practice team", "community health", "social care", "hospital specialists"}
}

// LadderStep is the highest step with all lower ones, 0 to 4, and the steps that are
// missing below the highest one present.
func LadderStep(have [4]bool) (step int, gaps []string) {
	for step < 4 && have[step] {
		step++
	}
	top := 3
	for top >= 0 && !have[top] {
		top--
	}
	for i := range max(top, 0) {
		if !have[i] {
			gaps = append(gaps, LadderRungs()[i])
		}
	}
	return step, gaps
}

// Grid sets organisational integration against co-ordination of care (after Donaldson, in
// King's Fund 2010:143-149, 743). Co-ordination can be high without common ownership.
type Grid struct {
	Cut float64 `json:"cut"` // from which on either is high, to 1; 0: 0.5, the library's decision
}

// Quadrant places two scores from 0 to 1: "fragmented", "structure only", "co-ordinated
// network" or "integrated". Scores outside are [ErrAnswer], a cut outside [ErrPolicy], all
// at once.
func (g Grid) Quadrant(organisational, coordination float64) (string, error) {
	var errs []error
	if !(g.Cut >= 0 && g.Cut <= 1) {
		errs = append(errs, fmt.Errorf("%w: a cut of %g, from 0 to 1", ErrPolicy, g.Cut))
	}
	if !(organisational >= 0 && organisational <= 1 && coordination >= 0 && coordination <= 1) {
		errs = append(errs, fmt.Errorf("%w: %g and %g, from 0 to 1", ErrAnswer, organisational, coordination))
	}
	if err := errors.Join(errs...); err != nil {
		return "", err
	}
	cut := cmp.Or(g.Cut, 0.5)
	return [2][2]string{{"fragmented", "co-ordinated network"}, {"structure only", "integrated"}}[b2i(organisational >= cut)][b2i(coordination >= cut)], nil
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// ManagedCareModel is the model of a managed care organisation by the exclusivity of its
// doctors: "group" when all are exclusive, "network" when none is, "mixed" otherwise
// (King's Fund 2004:805-827). No doctors are [ErrDefinition].
func ManagedCareModel(exclusive []bool) (string, error) {
	if len(exclusive) == 0 {
		return "", fmt.Errorf("%w: no doctors", ErrDefinition)
	}
	n := 0
	for _, e := range exclusive {
		n += b2i(e)
	}
	switch n {
	case len(exclusive):
		return "group", nil
	case 0:
		return "network", nil
	}
	return "mixed", nil
}

// PeoplePerPhysician is the population of a closed plan per physician, exact: 480,000
// members of 800 are 600 (Nuffield Trust 2009:285-331). Of an open one ([Openness]) it says
// nothing. No physicians and negative counts are [ErrAnswer].
func PeoplePerPhysician(members, physicians int64) (registry.Rate, error) {
	if physicians <= 0 || members < 0 {
		return registry.Rate{}, fmt.Errorf("%w: %d members, %d physicians", ErrAnswer, members, physicians)
	}
	return registry.Rate{Num: members, Den: physicians}, nil
}
