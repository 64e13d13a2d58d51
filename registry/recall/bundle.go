package recall

import (
	"slices"

	"github.com/chroniccare/chroniccare/registry"
)

// scored reports whether a gap counts for scores.
func (g *Gap) scored() bool { return g.Status != NotApplicable && !g.Excluded }

// CareScore is the share of applicable items of care that are closed, of the named keys or
// of all, and whether every one is: excluded gaps and those that do not apply don't count,
// and without any that does the rate is undefined and all is false. A prospective gap is
// closed as of today.
func CareScore(gaps []Gap, keys ...string) (closed registry.Rate, all bool) {
	for i := range gaps {
		g := &gaps[i]
		if !g.scored() || len(keys) > 0 && !slices.Contains(keys, g.Key) {
			continue
		}
		closed.Den++
		if g.Status != OpenGap {
			closed.Num++
		}
	}
	return closed, closed.Den > 0 && closed.Num == closed.Den
}

// Bundle is a set of items of care that belong together: all or none.
type Bundle struct {
	ID   string
	Keys []string
}

// BundleResult says how a person stands in a bundle.
type BundleResult struct {
	ID      string        `json:"id"`
	Score   registry.Rate `json:"score"`             // closed of applicable
	All     registry.Rate `json:"all"`               // 1/1 or 0/1; undefined when no key applies
	Missing []string      `json:"missing,omitempty"` // applicable keys that are open, in the bundle's order
	Unknown []string      `json:"unknown,omitempty"` // keys that no gap has
}

// Judge puts the result of a person's gaps into out, whose storage it uses again.
func (b *Bundle) Judge(gaps []Gap, out *BundleResult) {
	*out = BundleResult{ID: b.ID, Missing: out.Missing[:0], Unknown: out.Unknown[:0]}
	for i, key := range b.Keys {
		if slices.Contains(b.Keys[:i], key) {
			continue
		}
		at := -1
		for k := range gaps {
			if gaps[k].Key == key {
				at = k
				break
			}
		}
		switch {
		case at < 0:
			out.Unknown = append(out.Unknown, key)
		case !gaps[at].scored():
		case gaps[at].Status == OpenGap:
			out.Score.Den++
			out.Missing = append(out.Missing, key)
		default:
			out.Score.Den++
			out.Score.Num++
		}
	}
	if out.Score.Den > 0 {
		out.All.Den = 1
		if out.Score.Num == out.Score.Den {
			out.All.Num = 1
		}
	}
}
