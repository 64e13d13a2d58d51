package tier

import "slices"

func (s Share) place(p *Pyramid, r *ranked, levels, bare []int) {
	ends := make([]int, len(s.Shares))
	for i, q := range s.Shares {
		ends[i], _ = Size(q, len(r.order), s.Rounding) // shares were checked
	}
	cutAt(p, r, r.order, ends, func(i, level int) { levels[i] = level })
}

func (c Capacity) place(p *Pyramid, r *ranked, levels, bare []int) {
	if len(c.Teams) == 0 {
		cutAt(p, r, r.order, cumulate(c.Places), func(i, level int) { levels[i] = level })
		return
	}
	rest := len(p.Levels) - 1
	for i := range levels {
		levels[i] = rest
	}
	at := map[string]int{}
	for i, t := range c.Teams {
		at[t.Area] = i
	}
	local, where := make([][]int32, len(c.Teams)), make([][]int, len(c.Teams))
	for i, k := range r.order {
		if t, ok := at[r.people[k].Area]; ok {
			local[t], where[t] = append(local[t], k), append(where[t], i)
		}
	}
	for t := range c.Teams {
		cutAt(p, r, local[t], cumulate(c.Teams[t].Places), func(i, level int) { levels[where[t][i]] = level })
	}
}

// pooled is the same capacity without areas.
func (c Capacity) pooled() Capacity {
	if len(c.Teams) == 0 {
		return c
	}
	sum := make([]int, len(c.Teams[0].Places))
	for _, t := range c.Teams {
		for i, n := range t.Places {
			sum[i] = add(sum[i], n)
		}
	}
	return Capacity{Places: sum}
}

// add adds places without running over.
func add(a, b int) int {
	if c := a + b; c >= a {
		return c
	}
	return int(^uint(0) >> 1)
}

func cumulate(places []int) []int {
	out := make([]int, len(places))
	sum := 0
	for i, n := range places {
		sum = add(sum, n)
		out[i] = sum
	}
	return out
}

// cutAt gives levels to an order of people cut after ends[0], ends[1] ... people, with the
// pyramid's policy on ties.
func cutAt(p *Pyramid, r *ranked, order []int32, ends []int, set func(i, level int)) {
	from := 0
	for level, end := range ends {
		end = tied(p.Ties, r, order, min(end, len(order)))
		for ; from < end; from++ {
			set(from, level)
		}
	}
	for ; from < len(order); from++ {
		set(from, len(ends))
	}
}

// tied moves a border that would part equal scores.
func tied(t Ties, r *ranked, order []int32, end int) int {
	if t == Strict || end == 0 || end == len(order) {
		return end
	}
	last := r.people[order[end-1]].Score
	if r.people[order[end]].Score != last {
		return end
	}
	if t == Include {
		for end < len(order) && r.people[order[end]].Score == last {
			end++
		}
		return end
	}
	for end > 0 && r.people[order[end-1]].Score == last {
		end--
	}
	return end
}

func (c Cut) place(p *Pyramid, r *ranked, levels, bare []int) {
	for i, k := range r.order {
		levels[i] = c.level(r.people[k].Score)
	}
}

func (c Cut) level(score float64) int {
	for l, x := range c.Cuts {
		if score >= x {
			return l
		}
	}
	return len(c.Cuts)
}

func (Rules) place(p *Pyramid, r *ranked, levels, bare []int) {
	level := func(k int32) int {
		if n := r.people[k].Rule; n > 0 && n < len(p.Levels) {
			return n - 1
		}
		return len(p.Levels) - 1
	}
	for i, k := range r.order {
		levels[i] = level(k)
	}
	for i, k := range r.bare {
		bare[i] = level(k)
	}
}

func (h HighestOf) place(p *Pyramid, r *ranked, levels, bare []int) {
	for i := range levels {
		levels[i] = len(p.Levels) - 1
	}
	one, lone := make([]int, len(levels)), make([]int, len(bare))
	for _, rule := range h {
		for i := range lone {
			lone[i] = -1
		}
		rule.place(p, r, one, lone)
		for i, l := range one {
			levels[i] = min(levels[i], l)
		}
		for i, l := range lone { // without a score only a level above the last says something
			if l >= 0 && l < len(p.Levels)-1 && (bare[i] < 0 || l < bare[i]) {
				bare[i] = l
			}
		}
	}
	if !slices.ContainsFunc(h, func(r Rule) bool { return needsScore(r) }) {
		for i, l := range bare {
			if l < 0 {
				bare[i] = len(p.Levels) - 1
			}
		}
	}
}

// needsScore reports whether a rule cannot place somebody without a score.
func needsScore(r Rule) bool {
	switch r := r.(type) {
	case Rules:
		return false
	case Hybrid:
		return needsScore(r.Of)
	case HighestOf:
		return slices.ContainsFunc(r, needsScore)
	}
	return true
}

func (h Hybrid) place(p *Pyramid, r *ranked, levels, bare []int) {
	h.Of.place(p, r, levels, bare)
	bound := func(q *Person, l int) int {
		if q.Ceiling > 0 {
			l = max(l, min(q.Ceiling, len(p.Levels))-1)
		}
		if q.Floor > 0 {
			l = min(l, q.Floor-1)
		}
		return l
	}
	for i, k := range r.order {
		levels[i] = bound(&r.people[k], levels[i])
	}
	for i, k := range r.bare {
		if bare[i] >= 0 {
			bare[i] = bound(&r.people[k], bare[i])
		}
	}
}
