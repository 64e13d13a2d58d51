package tier

import (
	"cmp"
	"encoding/json"
	"slices"
	"sort"

	"github.com/chroniccare/chroniccare/registry"
)

// Placement is a person's place.
type Placement struct {
	Index int     `json:"index"` // place in the input
	ID    string  `json:"id"`
	Rank  int     `json:"rank"`  // from 1; 0 without a score
	Level int     `json:"level"` // from 1, the top
	Score float64 `json:"-"`
}

// MarshalJSON prints the score too, null where there is none.
func (p Placement) MarshalJSON() ([]byte, error) {
	type plain Placement
	x := struct {
		plain
		Score *float64 `json:"score"`
	}{plain: plain(p)}
	if p.Rank > 0 {
		x.Score = &p.Score
	}
	return json.Marshal(x)
}

// LevelResult is what a level holds after a run.
type LevelResult struct {
	Name     string  `json:"name"`
	People   int     `json:"people"`
	Scored   bool    `json:"scored"`   // somebody in it has a score: Boundary and Tied mean something
	Boundary float64 `json:"boundary"` // score of the last one in
	Tied     int     `json:"tied"`     // people of that score, in this level or not
}

// Result is a population sorted into levels. Placed and NotPlaced together are everybody,
// each once.
type Result struct {
	Levels    []LevelResult `json:"levels"`
	Placed    []Placement   `json:"placed"`             // by rank; then people without a score, by ID
	NotPlaced []NotPlaced   `json:"not_placed"`         // in input order
	Overflow  []Placement   `json:"overflow,omitempty"` // of teams: who would be higher if places were common, by rank
	Empty     []string      `json:"empty,omitempty"`    // levels without people

	since []registry.Date // by Placed, after Update
}

// Assign sorts people. It reports the faults of [Pyramid.Check]; people are never an
// error: those without a level are listed with the reason. Of people with one ID the
// first is kept. People may come in any order.
func (p *Pyramid) Assign(people []Person) (*Result, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	r := rank(people)
	levels, bare := make([]int, len(r.order)), make([]int, len(r.bare))
	for i := range bare {
		bare[i] = -1
	}
	p.Rule.place(p, r, levels, bare)
	out := p.result(r, levels, bare)
	if c, ok := p.Rule.(Capacity); ok && len(c.Teams) > 0 {
		common := make([]int, len(levels))
		c.pooled().place(p, r, common, nil)
		for i := range levels {
			if common[i] < levels[i] {
				out.Overflow = append(out.Overflow, out.Placed[i])
			}
		}
	}
	return out, nil
}

func (p *Pyramid) result(r *ranked, levels, bare []int) *Result {
	out := &Result{Levels: make([]LevelResult, len(p.Levels)), Placed: make([]Placement, 0, len(levels)), NotPlaced: r.out}
	for i := range p.Levels {
		out.Levels[i].Name = p.Levels[i]
	}
	for i, k := range r.order {
		q := &r.people[k]
		out.Placed = append(out.Placed, Placement{int(k), q.ID, i + 1, levels[i] + 1, q.Score})
		l := &out.Levels[levels[i]]
		l.People++
		l.Scored, l.Boundary = true, q.Score
	}
	for i, k := range r.bare {
		q := &r.people[k]
		if bare[i] < 0 {
			out.NotPlaced = append(out.NotPlaced, NotPlaced{int(k), q.ID, NoScore})
			continue
		}
		out.Placed = append(out.Placed, Placement{int(k), q.ID, 0, bare[i] + 1, q.Score})
		out.Levels[bare[i]].People++
	}
	for i := range out.Levels {
		l := &out.Levels[i]
		if l.People == 0 {
			out.Empty = append(out.Empty, l.Name)
		}
		if l.Scored {
			l.Tied = countScore(r, l.Boundary)
		}
	}
	sortByIndex(out.NotPlaced)
	return out
}

// countScore counts the people of a score by two binary searches.
func countScore(r *ranked, score float64) int {
	at := func(below bool) int {
		return sort.Search(len(r.order), func(i int) bool {
			s := r.people[r.order[i]].Score
			return s < score || !below && s == score
		})
	}
	return at(true) - at(false)
}

func sortByIndex(x []NotPlaced) {
	slices.SortFunc(x, func(a, b NotPlaced) int { return cmp.Compare(a.Index, b.Index) })
}

// In lists the IDs of a level, counted from 1, by rank.
func (r *Result) In(level int) []string {
	var out []string
	for _, p := range r.Placed {
		if p.Level == level {
			out = append(out, p.ID)
		}
	}
	return out
}
