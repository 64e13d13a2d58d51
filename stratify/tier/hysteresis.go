package tier

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/chroniccare/chroniccare/registry"
)

// Priority says who gives way when those who stay and those who enter are too many.
type Priority uint8

// The priorities.
const (
	Incumbents Priority = iota // newcomers from the worst rank, then members
	ByRank                     // the worst rank of both
)

// String is the priority in words.
func (p Priority) String() string { return [...]string{"incumbents", "by rank"}[min(int(p), 1)] }

// Hysteresis keeps people from going in and out with every small change of a score: they
// enter at the pyramid's own limit and leave at a laxer one. The zero value changes
// nothing: [Pyramid.Update] then equals [Pyramid.Assign].
type Hysteresis struct {
	// Enter, for shares and capacity: people come into level j down to this rank, counted
	// over all people, one for each level but the last, not decreasing. nil: as many as the
	// pyramid has places.
	Enter []int
	// Leave, for shares and capacity: a member of level j stays down to this rank; none
	// before the limit to enter. nil: the limit to enter.
	Leave []int
	// LeaveScore, for cut-offs: a member of level j stays from this score on; none above
	// the cut-off. nil: the cut-off.
	LeaveScore []float64
	// MinStay keeps a member for so many days from the day of entry (they may leave on day
	// MinStay), unless dead, away, opted out or not eligible. They are the last to give way.
	MinStay int
	// Priority says who gives way.
	Priority Priority
	// Fill gives places that remain to the next ranks, also below the limit to enter.
	Fill bool
}

// Member is somebody's place in a run, to be kept for the next one.
type Member struct {
	ID    string        `json:"id"`
	Level int           `json:"level"` // from 1
	Rank  int           `json:"rank"`  // 0: none
	Since registry.Date `json:"since"` // day of entry to the level
}

// Kind is what happened to a person between two runs.
type Kind uint8

// The kinds. Entered is a higher level than before, or any level after none; Left a lower
// one, or no longer in the input.
const (
	Stayed Kind = iota
	Entered
	StayedInBuffer // beyond the limit to enter, within the limit to leave
	KeptByMinStay  // beyond both
	Left
	BecameIneligible
	Died
	MovedAway
	ChoseOut // opted out
	LostScore
)

var kindNames = [...]string{"stayed", "entered", "stayed in buffer", "kept by minimum stay", "left", "ineligible", "died", "moved", "opted out", "unscored"}

// String is the kind in words.
func (k Kind) String() string { return kindNames[min(int(k), len(kindNames)-1)] }

// MarshalText gives the words.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (k *Kind) UnmarshalText(text []byte) error { return name.Parse(k, len(kindNames), text) }

// Move is one person's movement. Levels and ranks are 0 where there is none.
type Move struct {
	ID       string `json:"id"`
	From     int    `json:"from"`
	To       int    `json:"to"`
	RankFrom int    `json:"rank_from"`
	RankTo   int    `json:"rank_to"`
	Kind     Kind   `json:"kind"`
}

// Movement is everybody's movement between two runs, by ID in byte order, and the counts
// from × to, where row and column 0 mean "in no level": its margins are the levels of the two
// runs. Who is in no level in either does not move and is not in it.
type Movement struct {
	Moves []Move  `json:"moves"`
	Table [][]int `json:"table"`
}

// Count is how many moved so.
func (m *Movement) Count(k Kind) int {
	n := 0
	for _, x := range m.Moves {
		if x.Kind == k {
			n++
		}
	}
	return n
}

// Update sorts people again, knowing the previous run, and says who moved. For each level,
// from the top: members of it, and of the levels above that they fall from, stay who are within the limit to
// leave or, of their own level, the minimum stay; people
// within the limit to enter come in; if they are more than the places, some give way by
// priority; if places remain and Fill is set, the next ranks get them. Rules must be
// [Share], [Capacity] without teams, or [Cut] (which has no places: nobody gives way).
// Running again on the same day with the same scores changes nothing.
//
// It reports the faults of [Pyramid.Check], [ErrHysteresis], and previous members twice or
// in no level as [ErrLevels].
func (p *Pyramid) Update(people []Person, previous []Member, today registry.Date, h Hysteresis) (*Result, *Movement, error) {
	if err := errors.Join(p.Check(), p.members(previous)); err != nil {
		return nil, nil, err
	}
	r := rank(people)
	plain := make([]int, len(r.order))
	bare := make([]int, len(r.bare))
	for i := range bare {
		bare[i] = -1
	}
	p.Rule.place(p, r, plain, bare)
	limits, err := p.limits(plain, h)
	if err != nil {
		return nil, nil, err
	}
	was := make(map[string]Member, len(previous))
	for _, m := range previous {
		was[m.ID] = m
	}
	levels, kinds := p.settle(r, plain, limits, was, today, h)
	out := p.result(r, levels, bare)
	out.note(was, kinds, today)
	return out, movement(len(p.Levels), out, previous, was, kinds), nil
}

func (p *Pyramid) members(previous []Member) error {
	var errs []error
	seen := make(map[string]bool, len(previous))
	for _, m := range previous {
		if m.Level < 1 || m.Level > len(p.Levels) {
			errs = append(errs, fmt.Errorf("%w: %q was in level %d", ErrLevels, m.ID, m.Level))
		}
		if seen[m.ID] {
			errs = append(errs, fmt.Errorf("%w: %q was in two levels", ErrLevels, m.ID))
		}
		seen[m.ID] = true
	}
	return errors.Join(errs...)
}

// limits are, level by level, how far one may fall and still stay.
type limits struct {
	ends         []int // people up to the end of each level, by rank, in a plain run
	enter, leave func(level, rank int, score float64) bool
	room         bool // levels have a number of places
}

func (p *Pyramid) limits(plain []int, h Hysteresis) (limits, error) {
	n := len(p.Levels) - 1
	l := limits{ends: make([]int, n)}
	for _, level := range plain {
		for j := level; j < n; j++ {
			l.ends[j]++
		}
	}
	var errs []error
	if h.MinStay < 0 {
		errs = append(errs, fmt.Errorf("%w: MinStay %d days", ErrHysteresis, h.MinStay))
	}
	count := func(name string, got int) bool {
		if got != n {
			errs = append(errs, fmt.Errorf("%w: %s has %d for %d levels, one less is needed", ErrHysteresis, name, got, len(p.Levels)))
		}
		return got == n
	}
	switch rule := p.Rule.(type) {
	case Cut:
		leave := rule.Cuts
		if h.Enter != nil || h.Leave != nil {
			errs = append(errs, fmt.Errorf("%w: Enter and Leave are ranks, cut-offs need LeaveScore", ErrHysteresis))
		}
		if h.LeaveScore != nil && count("LeaveScore", len(h.LeaveScore)) {
			leave = h.LeaveScore
			for j, x := range leave {
				if math.IsNaN(x) || x > rule.Cuts[j] {
					errs = append(errs, fmt.Errorf("%w: LeaveScore[%d] is %v, above the cut-off %v", ErrHysteresis, j, x, rule.Cuts[j]))
				}
			}
		}
		l.enter = func(level, rank int, score float64) bool { return score >= rule.Cuts[level] }
		l.leave = func(level, rank int, score float64) bool { return score >= leave[level] }
	case Share, Capacity:
		enter := slices.Clone(l.ends)
		if c, ok := rule.(Capacity); ok && len(c.Teams) > 0 {
			errs = append(errs, fmt.Errorf("%w: teams of areas are updated one by one", ErrHysteresis))
		} else if ok { // people may be fewer than places
			if p.Ties == Strict {
				enter = cumulate(c.Places)
			}
		}
		if h.LeaveScore != nil {
			errs = append(errs, fmt.Errorf("%w: LeaveScore is for cut-offs, ranks need Leave", ErrHysteresis))
		}
		if h.Enter != nil && count("Enter", len(h.Enter)) {
			enter = h.Enter
			for j, k := range enter {
				if k < 0 || j > 0 && k < enter[j-1] {
					errs = append(errs, fmt.Errorf("%w: Enter[%d] is rank %d, which decreases", ErrHysteresis, j, k))
				}
			}
		}
		leave := enter
		if h.Leave != nil && count("Leave", len(h.Leave)) {
			leave = h.Leave
			for j, k := range leave {
				if k < enter[j] {
					errs = append(errs, fmt.Errorf("%w: Leave[%d] is rank %d, before the rank to enter, %d", ErrHysteresis, j, k, enter[j]))
				}
			}
		}
		l.room = true
		l.enter = func(level, rank int, score float64) bool { return rank <= enter[level] }
		l.leave = func(level, rank int, score float64) bool { return rank <= leave[level] }
	default:
		errs = append(errs, fmt.Errorf("%w: a rule of %T has no limits", ErrHysteresis, p.Rule))
	}
	return l, errors.Join(errs...)
}

// settle runs the algorithm level by level. Levels and kinds are by rank.
func (p *Pyramid) settle(r *ranked, plain []int, l limits, was map[string]Member, today registry.Date, h Hysteresis) ([]int, []Kind) {
	n := len(p.Levels) - 1
	levels, kinds := make([]int, len(r.order)), make([]Kind, len(r.order))
	for i := range levels {
		levels[i] = -1
	}
	type candidate struct {
		at     int // rank from 0
		member bool
		guard  bool // within the minimum stay
	}
	from := 0
	for j := range n {
		var in []candidate
		for i, k := range r.order {
			if levels[i] >= 0 {
				continue
			}
			m, member := was[r.people[k].ID]
			member = member && m.Level <= j+1 // who falls from above stays here as who was here does
			guard := member && m.Level == j+1 && stays(m.Since, today, h.MinStay)
			score := r.people[k].Score
			if l.enter(j, i+1, score) || member && (guard || l.leave(j, i+1, score)) {
				in = append(in, candidate{i, member, guard})
			}
		}
		if l.room {
			room := l.ends[j] - from
			if len(in) > room {
				slices.SortFunc(in, func(a, b candidate) int {
					if a.guard != b.guard {
						return order(a.guard)
					}
					if h.Priority == Incumbents && a.member != b.member {
						return order(a.member)
					}
					return cmp.Compare(a.at, b.at)
				})
				in = in[:room]
			}
			if h.Fill {
				taken := make(map[int]bool, len(in))
				for _, c := range in {
					taken[c.at] = true
				}
				for i := 0; i < len(levels) && len(in) < room; i++ {
					if levels[i] < 0 && !taken[i] {
						m, ok := was[r.people[r.order[i]].ID]
						in = append(in, candidate{at: i, member: ok && m.Level <= j+1})
					}
				}
			}
			from = l.ends[j]
		}
		for _, c := range in {
			levels[c.at] = j
			if k := &r.people[r.order[c.at]]; c.member && !l.enter(j, c.at+1, k.Score) {
				kinds[c.at] = StayedInBuffer
				if !l.leave(j, c.at+1, k.Score) && c.guard {
					kinds[c.at] = KeptByMinStay
				}
			}
		}
	}
	for i := range levels {
		if levels[i] < 0 {
			levels[i] = n
		}
	}
	return levels, kinds
}

func order(first bool) int {
	if first {
		return -1
	}
	return 1
}

func stays(since, today registry.Date, days int) bool {
	return days > 0 && since.Recorded() && today.Recorded() && today < since.AddDays(days)
}

// note records each person's day of entry, for [Result.Members].
func (r *Result) note(was map[string]Member, kinds []Kind, today registry.Date) {
	r.since = make([]registry.Date, len(r.Placed))
	for i, p := range r.Placed {
		r.since[i] = today
		if m, ok := was[p.ID]; ok && m.Level == p.Level {
			r.since[i] = m.Since
		}
	}
}

// Members lists everybody's place, to be given to the next [Pyramid.Update]; after
// [Pyramid.Assign] everybody entered on the day.
func (r *Result) Members(day registry.Date) []Member {
	out := make([]Member, len(r.Placed))
	for i, p := range r.Placed {
		out[i] = Member{p.ID, p.Level, p.Rank, day}
		if r.since != nil {
			out[i].Since = r.since[i]
		}
	}
	return out
}

func movement(levels int, out *Result, previous []Member, was map[string]Member, kinds []Kind) *Movement {
	m := &Movement{Table: make([][]int, levels+1)}
	for i := range m.Table {
		m.Table[i] = make([]int, levels+1)
	}
	now := make(map[string]bool, len(out.Placed))
	for i, p := range out.Placed {
		now[p.ID] = true
		w, ok := was[p.ID]
		x := Move{ID: p.ID, From: w.Level, To: p.Level, RankFrom: w.Rank, RankTo: p.Rank}
		switch {
		case !ok || p.Level < w.Level:
			x.Kind = Entered
		case p.Level > w.Level:
			x.Kind = Left
		case i < len(kinds):
			x.Kind = kinds[i]
		}
		m.Moves = append(m.Moves, x)
	}
	gone := map[string]Kind{}
	for _, x := range out.NotPlaced {
		if k, ok := map[Why]Kind{NoScore: LostScore, IsIneligible: BecameIneligible, IsDead: Died, IsAway: MovedAway, HasOptedOut: ChoseOut}[x.Why]; ok {
			gone[x.ID] = k
		}
	}
	for _, w := range previous {
		if now[w.ID] {
			continue
		}
		k, ok := gone[w.ID]
		if !ok {
			k = Left
		}
		m.Moves = append(m.Moves, Move{ID: w.ID, From: w.Level, RankFrom: w.Rank, Kind: k})
	}
	for _, x := range m.Moves {
		m.Table[x.From][x.To]++
	}
	slices.SortFunc(m.Moves, func(a, b Move) int { return cmp.Compare(a.ID, b.ID) })
	return m
}
