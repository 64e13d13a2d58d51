package eligibility

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify"
	"github.com/chroniccare/chroniccare/stratify/evaluate"
	"github.com/chroniccare/chroniccare/stratify/tier"
)

// Candidate is a person whom case finding looks at.
type Candidate struct {
	Person   tier.Person   // ID, score, keys and status: dead, away (not enrolled) and opted out are out of scope
	Inputs   Inputs        // what the programme asks
	Referred bool          // by a clinician: takes a place of the referrals' quota, whatever the score
	Latest   registry.Date // latest date of the facts behind the score; one after the index date is leakage
	Unlinked bool          // records of the person may be missing: listed with the issue UNLINKED
	Group    string        // for the composition by subgroup, as a deprivation fifth
	Impact   Impact
	// Explained is the score with its terms, for the list; nil where there is none.
	Explained *stratify.Score
}

// Impact is what is known about whether care can help, apart from the risk. It is never
// multiplied into a score.
type Impact struct {
	Prefer  bool   // as for admissions amenable to care (the avoidable ones of stratify/pqi)
	Exclude string // why the person is unlikely to respond; "" does not exclude
	Match   string // the care that the need calls for, as "heart failure nurse"; "" is not settled
}

// Plan says whom a programme can take. The rule is asked first, then people are ranked.
type Plan struct {
	Index      registry.Date
	Programme  *Programme // nil: everybody in scope qualifies
	Places     int        // in all
	Referrals  int        // of these, at most so many for referred people
	Pool       int        // preferred people come first within the first Pool ranks; 0: no preference
	Hysteresis tier.Hysteresis
	Previous   []tier.Member // the list of the last run (level 1)
}

// Count is how many left at a step for a reason, or are listed for a kind of care.
type Count struct {
	Reason string `json:"reason"`
	N      int    `json:"n"`
}

// Step is a step of case finding: the reasons add up to In - Out.
type Step struct {
	Name    string  `json:"step"`
	In      int     `json:"in"`
	Out     int     `json:"out"`
	Reasons []Count `json:"reasons,omitempty"`
}

// Listed is a person on the list.
type Listed struct {
	ID        string           `json:"id"`
	Way       string           `json:"way"`   // "referral", or the programme's route, or "score" without a programme
	Score     evaluate.Stat    `json:"score"` // as given; a referral may have none
	Rank      int              `json:"rank"`  // by risk alone, from 1; 0 without a score
	Movement  tier.Kind        `json:"movement"`
	Since     registry.Date    `json:"since"`
	For       []Reason         `json:"for"`            // why the programme takes the person
	Missing   []Reason         `json:"missing"`        // what the programme does not know
	Care      string           `json:"care,omitempty"` // what the need calls for, see [Impact]
	Explained *stratify.Score  `json:"explained,omitempty"`
	Issues    []stratify.Issue `json:"issues,omitempty"`
}

// Composition is a group's people before and after impact was looked at.
type Composition struct {
	Group    string `json:"group"`
	Eligible int    `json:"eligible"`
	ByRisk   int    `json:"by_risk"` // on a list of the highest risks alone
	Listed   int    `json:"listed"`
}

// List is the result of case finding: whom the programme takes on, the way from the
// population to the list, and what the step from risk to impact does to each group.
type List struct {
	Flow        []Step         `json:"flow"`
	Listed      []Listed       `json:"listed"` // referrals by ID, then by order of admission
	Movement    *tier.Movement `json:"movement"`
	Composition []Composition  `json:"composition"` // by name
	Care        []Count        `json:"care"`        // people on the list by the care that their need calls for, by name
	CannotTell  []string       `json:"cannot_tell"` // IDs that an input decides which is missing, in byte order
}

// Members is the list for the next run's Previous.
func (l *List) Members() []tier.Member {
	out := make([]tier.Member, len(l.Listed))
	for i, x := range l.Listed {
		out[i] = tier.Member{ID: x.ID, Level: 1, Rank: x.Rank, Since: x.Since}
	}
	return out
}

// Find runs case finding: scope, referral, eligibility, score, impact and places, in this
// order, with the people in and out of each step; what leaves at the referral step is on
// the list. Referred people skip eligibility and score; those beyond the quota go on like
// everybody else. A score that rests on facts after the index date does not count. It reports
// [ErrParameter] for counts below zero or a missing index date, and errors of
// [tier.Pyramid.Update]. People may come in any order.
func (p Plan) Find(people []Candidate) (*List, error) {
	var errs []error
	if p.Places < 0 || p.Referrals < 0 || p.Referrals > p.Places || p.Pool < 0 {
		errs = append(errs, fmt.Errorf("%w: %d places, %d for referrals, pool of %d", ErrParameter, p.Places, p.Referrals, p.Pool))
	}
	if !p.Index.Recorded() {
		errs = append(errs, fmt.Errorf("%w: no index date", ErrParameter))
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	f := finder{plan: p, list: &List{}, was: map[string]bool{}, by: map[string]bool{}}
	for _, m := range p.Previous {
		f.was[m.ID] = f.was[m.ID] || m.Level == 1
		f.by[m.ID] = f.by[m.ID] || m.Level == 1 && m.Rank == 0
	}
	in := f.scope(people)
	referred, rest := f.referrals(in)
	rest = f.eligible(rest)
	rest = f.scored(rest)
	risk := slices.Clone(rest)
	rest = f.impact(rest)
	if err := f.place(people, referred, rest); err != nil {
		return nil, err
	}
	f.compose(in, referred, risk)
	return f.list, nil
}

// one is a candidate on the way.
type one struct {
	*Candidate
	answer Eligible
	rank   int
}

type finder struct {
	plan Plan
	list *List
	was  map[string]bool // on the previous list
	by   map[string]bool // by referral
}

// step records how many went out for which reason, by name.
func (f *finder) step(name string, in, out int, why map[string]int) {
	f.list.Flow = append(f.list.Flow, Step{Name: name, In: in, Out: out, Reasons: counts(why)})
}

func counts(of map[string]int) (out []Count) {
	for r, n := range of {
		out = append(out, Count{r, n})
	}
	slices.SortFunc(out, func(a, b Count) int { return cmp.Compare(a.Reason, b.Reason) })
	return out
}

func (f *finder) scope(people []Candidate) []one {
	var out []one
	why, seen := map[string]int{}, map[string]bool{}
	for i := range people {
		c := &people[i]
		switch {
		case seen[c.Person.ID]:
			why[string(stratify.DuplicatePerson)]++
		case c.Person.Status != tier.Eligible:
			why[c.Person.Status.String()]++
		default:
			out = append(out, one{Candidate: c})
		}
		seen[c.Person.ID] = true
	}
	f.step("scope", len(people), len(out), why)
	return out
}

// referrals gives places of the quota: to those who were listed by referral (without a
// rank), then to those on the list already, then by score, those without one last, then by
// ID.
func (f *finder) referrals(in []one) (taken, rest []one) {
	for _, x := range in {
		if x.Referred {
			taken = append(taken, x)
		} else {
			rest = append(rest, x)
		}
	}
	slices.SortFunc(taken, func(a, b one) int {
		return cmp.Or(first(f.by[a.Person.ID], f.by[b.Person.ID]), first(f.was[a.Person.ID], f.was[b.Person.ID]),
			cmp.Compare(b.score(), a.score()), cmp.Compare(a.Person.ID, b.Person.ID))
	})
	k := min(f.plan.Referrals, len(taken))
	why := map[string]int{}
	if k > 0 {
		why["listed by referral"] = k
	}
	f.step("referral", len(in), len(in)-k, why)
	rest = append(rest, taken[k:]...)
	taken = taken[:k]
	slices.SortFunc(taken, func(a, b one) int { return cmp.Compare(a.Person.ID, b.Person.ID) })
	return taken, rest
}

// first orders true before false.
func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// score is NaN where there is none; cmp orders NaN below all numbers.
func (x one) score() float64 {
	if math.IsInf(x.Person.Score, 0) {
		return math.NaN()
	}
	return x.Person.Score
}

func (x one) stat() evaluate.Stat {
	if s := x.score(); !math.IsNaN(s) {
		return evaluate.Stat{Value: s}
	}
	return evaluate.Stat{Why: evaluate.NoScore}
}

func (x one) issues() []stratify.Issue {
	if !x.Unlinked {
		return nil
	}
	return []stratify.Issue{{Code: stratify.Unlinked, Input: x.Person.ID, Detail: "records of the person may be missing from score and rule"}}
}

func (f *finder) eligible(in []one) []one {
	var out []one
	why := map[string]int{}
	for _, x := range in {
		if f.plan.Programme != nil {
			x.answer = f.plan.Programme.Evaluate(x.Inputs)
			if !x.answer.Met {
				why[string(x.answer.Answer)]++
				if x.answer.Answer == CannotTell {
					f.list.CannotTell = append(f.list.CannotTell, x.Person.ID)
				}
				continue
			}
		}
		out = append(out, x)
	}
	slices.Sort(f.list.CannotTell)
	f.step("eligibility", len(in), len(out), why)
	return out
}

// scored drops those who cannot be ranked and ranks the others.
func (f *finder) scored(in []one) []one {
	var out []one
	why := map[string]int{}
	for _, x := range in {
		switch {
		case math.IsNaN(x.score()):
			why[string(tier.NoScore)]++
		case x.Latest > f.plan.Index:
			why[string(stratify.Leakage)]++
		default:
			out = append(out, x)
		}
	}
	slices.SortFunc(out, func(a, b one) int { // the order of stratify/tier
		n := min(len(a.Person.Keys), len(b.Person.Keys))
		return cmp.Or(cmp.Compare(b.Person.Score, a.Person.Score),
			slices.CompareFunc(a.Person.Keys[:n], b.Person.Keys[:n], func(x, y float64) int { return cmp.Compare(y, x) }),
			cmp.Compare(len(b.Person.Keys), len(a.Person.Keys)), cmp.Compare(a.Person.ID, b.Person.ID))
	})
	for i := range out {
		out[i].rank = i + 1
	}
	f.step("score", len(in), len(out), why)
	return out
}

// impact drops those excluded with a reason and moves the preferred to the front of the
// pool.
func (f *finder) impact(in []one) []one {
	var out []one
	why := map[string]int{}
	for _, x := range in {
		if x.Impact.Exclude != "" {
			why[x.Impact.Exclude]++
			continue
		}
		out = append(out, x)
	}
	f.step("impact", len(in), len(out), why)
	pool := out[:min(f.plan.Pool, len(out))]
	slices.SortStableFunc(pool, func(a, b one) int { return first(a.Impact.Prefer, b.Impact.Prefer) })
	return out
}

// place fills the places left by the referrals, with hysteresis.
func (f *finder) place(people []Candidate, referred, in []one) error {
	p := tier.Pyramid{Levels: []string{"list", "others"}, Rule: tier.Capacity{Places: []int{f.plan.Places - len(referred)}}}
	byReferral, at := map[string]bool{}, map[string]int{}
	for _, x := range referred {
		byReferral[x.Person.ID] = true
	}
	var before []tier.Member
	for _, m := range f.plan.Previous {
		if !byReferral[m.ID] {
			before = append(before, m)
		}
	}
	order := make([]tier.Person, len(in))
	for i, x := range in {
		order[i] = tier.Person{ID: x.Person.ID, Score: float64(-i)}
		at[x.Person.ID] = i
	}
	r, moves, err := p.Update(order, before, f.plan.Index, f.plan.Hysteresis)
	if err != nil {
		return err
	}
	kinds := map[string]tier.Kind{}
	for _, m := range moves.Moves {
		kinds[m.ID] = m.Kind
	}
	since := map[string]registry.Date{}
	for _, m := range f.plan.Previous {
		if m.Level == 1 {
			since[m.ID] = m.Since
		}
	}
	l := f.list
	for _, x := range referred {
		y := Listed{ID: x.Person.ID, Way: "referral", Score: x.stat(), Movement: tier.Entered, Since: f.plan.Index, Care: x.Impact.Match, Explained: x.Explained, Issues: x.issues()}
		if f.was[x.Person.ID] {
			y.Movement, y.Since = tier.Stayed, since[x.Person.ID]
		}
		l.Listed = append(l.Listed, y)
	}
	for _, m := range r.Members(f.plan.Index) {
		if m.Level != 1 {
			continue
		}
		x := in[at[m.ID]]
		y := Listed{ID: m.ID, Way: "score", Score: x.stat(), Rank: x.rank, Movement: kinds[m.ID], Since: m.Since, For: x.answer.For, Missing: x.answer.Missing, Care: x.Impact.Match, Explained: x.Explained, Issues: x.issues()}
		if f.plan.Programme != nil {
			y.Way = x.answer.Route
		}
		if !x.Latest.Recorded() {
			y.Issues = append(y.Issues, stratify.Issue{Code: stratify.InputMissing, Input: "latest", Detail: "the date of the facts behind the score is not given: leakage cannot be ruled out"})
		}
		l.Listed = append(l.Listed, y)
	}
	why := map[string]int{}
	listed := len(l.Listed) - len(referred)
	if n := len(in) - listed; n > 0 {
		why["no place"] = n
	}
	f.step("places", len(in), listed, why)
	l.Movement = f.movement(people)
	care := map[string]int{}
	for _, x := range l.Listed {
		care[x.Care]++
	}
	l.Care = counts(care)
	return nil
}

// movement is between the lists, with what became of those who are gone.
func (f *finder) movement(people []Candidate) *tier.Movement {
	m := &tier.Movement{Table: [][]int{{0, 0}, {0, 0}}}
	in := map[string]bool{}
	for _, x := range f.list.Listed {
		in[x.ID] = true
		y := tier.Move{ID: x.ID, To: 1, RankTo: x.Rank, Kind: x.Movement}
		if f.was[x.ID] {
			y.From = 1
		}
		m.Moves = append(m.Moves, y)
	}
	state := map[string]tier.Kind{}
	for i := range people {
		c := &people[i]
		if _, twice := state[c.Person.ID]; twice {
			continue
		}
		state[c.Person.ID] = [...]tier.Kind{tier.Left, tier.BecameIneligible, tier.Died, tier.MovedAway, tier.ChoseOut}[min(c.Person.Status, tier.OptedOut)]
		if c.Person.Status == tier.Eligible && f.plan.Programme != nil && !c.Referred && !f.plan.Programme.Evaluate(c.Inputs).Met {
			state[c.Person.ID] = tier.BecameIneligible
		} else if c.Person.Status == tier.Eligible && (math.IsNaN((one{Candidate: c}).score()) || c.Latest > f.plan.Index) {
			state[c.Person.ID] = tier.LostScore
		}
	}
	for _, w := range f.plan.Previous {
		if w.Level != 1 || in[w.ID] {
			continue
		}
		kind, ok := state[w.ID]
		if !ok {
			kind = tier.Left
		}
		m.Moves = append(m.Moves, tier.Move{ID: w.ID, From: 1, RankFrom: w.Rank, Kind: kind})
	}
	slices.SortFunc(m.Moves, func(a, b tier.Move) int { return cmp.Compare(a.ID, b.ID) })
	for _, x := range m.Moves {
		m.Table[x.From][x.To]++
	}
	return m
}

// compose counts each group among the eligible, by risk alone, and on the list.
func (f *finder) compose(in, referred, risk []one) {
	at := map[string]*Composition{}
	group := map[string]string{}
	get := func(g string) *Composition {
		if at[g] == nil {
			at[g] = &Composition{Group: g}
		}
		return at[g]
	}
	for _, x := range in {
		group[x.Person.ID] = x.Group
		get(x.Group)
	}
	for _, x := range risk {
		get(x.Group).Eligible++
	}
	for _, x := range referred {
		get(x.Group).Eligible++
		get(x.Group).ByRisk++
	}
	for _, x := range risk[:min(f.plan.Places-len(referred), len(risk))] {
		get(x.Group).ByRisk++
	}
	for _, x := range f.list.Listed {
		get(group[x.ID]).Listed++
	}
	for _, c := range at {
		f.list.Composition = append(f.list.Composition, *c)
	}
	slices.SortFunc(f.list.Composition, func(a, b Composition) int { return cmp.Compare(a.Group, b.Group) })
}
