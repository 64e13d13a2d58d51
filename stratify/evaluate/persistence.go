package evaluate

import "github.com/chroniccare/chroniccare/registry"

// Persistence is how many of a tier's people are still there a year later, among those
// who could be: alive and enrolled both times. The others are counted apart.
type Persistence struct {
	Stayed int64 `json:"stayed"`
	Left   int64 `json:"left"`
	Gone   int64 `json:"gone"`
}

// Rate is the share that stayed of those followed; the gone are not in it.
func (p Persistence) Rate() registry.Rate {
	return registry.Rate{Num: p.Stayed, Den: p.Stayed + p.Left}
}

// Persist counts, for the IDs of the first year's tier, who is in the second year's tier,
// who is not, and who was not followed. IDs that come twice count once.
func Persist(first, second, followed []string) Persistence {
	in, alive, seen := set(second), set(followed), map[string]bool{}
	var p Persistence
	for _, id := range first {
		switch {
		case seen[id]:
		case !alive[id]:
			p.Gone++
		case in[id]:
			p.Stayed++
		default:
			p.Left++
		}
		seen[id] = true
	}
	return p
}

func set(ids []string) map[string]bool {
	m := make(map[string]bool, len(ids))
	for _, id := range ids {
		m[id] = true
	}
	return m
}
