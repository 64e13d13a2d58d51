package caremodel

import (
	"fmt"
	"slices"

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

// Parties are the links among payer, physicians and hospitals.
type Parties struct {
	PayerPhysicians, PayerHospitals, PhysiciansHospitals Link
	// PlanShare is the payer's share of the providers' activity, and Covers what share
	// makes it more than a part. Leave either out when the question does not arise.
	PlanShare, Covers registry.Rate
}

// PartyIntegration is how far the three parties are one.
type PartyIntegration struct {
	Integrated int    // parties joined by ownership or exclusive contracts: 0, 2 or 3
	Form       string // "system" (shared ownership), "network" (contracts) or "separate"
	Degree     string // "not integrated", "partly" or "fully"
	Partial    bool   // the plan covers less than the share that was asked for
}

// Integrate classifies the three parties (Nuffield Trust 2009; King's Fund 2010).
// Ownership and contracts are told apart: exclusive contracts alone make a virtual
// network of three parties, which the texts call integrated as well.
func (p Parties) Integrate() PartyIntegration {
	links := []Link{p.PayerPhysicians, p.PayerHospitals, p.PhysiciansHospitals}
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
	out.Partial = p.PlanShare.Den > 0 && p.Covers.Den > 0 && p.PlanShare.Cmp(p.Covers) < 0
	switch {
	case owned:
		out.Form = "system"
	case contracts:
		out.Form = "network"
	}
	return out
}

// Direction classifies the levels of care of an organisation's members: "horizontal"
// when they are alike, "vertical" when all differ, "both" when mixed; real is a merger,
// otherwise the integration is virtual.
func Direction(levels []string, merged bool) (direction, kind string) {
	kind = "virtual"
	if merged {
		kind = "real"
	}
	seen := map[string]int{}
	for _, l := range levels {
		seen[l]++
	}
	switch {
	case len(seen) <= 1:
		return "horizontal", kind
	case len(seen) == len(levels):
		return "vertical", kind
	}
	return "both", kind
}

// Degree of integration after Leutz: 3 full (pooled resources and shared information), 2
// co-ordination (defined structures or processes), 1 linkage (an agreement), 0 none.
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
// or condition, "micro" for a person.
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

// UncoveredLevels lists the levels that no initiative works on.
func UncoveredLevels(units []string) ([]string, error) {
	have := map[string]bool{}
	for _, u := range units {
		l, err := Level(u)
		if err != nil {
			return nil, err
		}
		have[l] = true
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
// 2010:729; the source does not list the types).
func Strategies(types []string) (n int, several bool) {
	ts := slices.Clone(types)
	slices.Sort(ts)
	n = len(slices.Compact(ts))
	return n, n > 1
}

// LadderRungs are the steps of integration from the practice team up (Ham).
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

// Quadrant places organisational integration against co-ordination of care, 0 to 1
// each, cut at 0.5 (after Donaldson; the cut is ours). Co-ordination can be high without
// common ownership.
func Quadrant(organisational, coordination float64) (string, error) {
	if !(organisational >= 0 && organisational <= 1 && coordination >= 0 && coordination <= 1) {
		return "", fmt.Errorf("%w: %g and %g, from 0 to 1", ErrAnswer, organisational, coordination)
	}
	return [2][2]string{{"fragmented", "co-ordinated network"}, {"structure only", "integrated"}}[b2i(organisational >= 0.5)][b2i(coordination >= 0.5)], nil
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// ManagedCareModel is the model of a managed care organisation by the exclusivity of its
// doctors: "group" when all are exclusive, "network" when none is, "mixed" otherwise
// (King's Fund 2004).
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

// Accountable says whether one body answers for a network of providers (Nuffield Trust
// 2009; King's Fund 2010).
type Accountable struct {
	Verdict          string // "ok", "nobody", "several" or "market only"
	Bodies           []string
	CoversIndividual bool
	CoversSystem     bool
}

// Accountability gives the verdict: ok when exactly one body is responsible. Both the
// care of the individual and the system must be covered.
func Accountability(bodies []string, market, individual, system bool) Accountable {
	bs := slices.Clone(bodies)
	slices.Sort(bs)
	bs = slices.Compact(bs)
	a := Accountable{Bodies: bs, CoversIndividual: individual, CoversSystem: system}
	switch {
	case len(bs) == 1:
		a.Verdict = "ok"
	case len(bs) > 1:
		a.Verdict = "several"
	case market:
		a.Verdict = "market only"
	default:
		a.Verdict = "nobody"
	}
	return a
}

// Complete reports whether one body answers for both the individual and the system.
func (a Accountable) Complete() bool {
	return a.Verdict == "ok" && a.CoversIndividual && a.CoversSystem
}

// PeoplePerPhysician is the population of a closed plan per physician: 480,000 members
// of 800 are 600.
func PeoplePerPhysician(members, physicians int64) (float64, error) {
	if physicians <= 0 || members < 0 {
		return 0, fmt.Errorf("%w: %d members, %d physicians", ErrAnswer, members, physicians)
	}
	return float64(members) / float64(physicians), nil
}
