package linkage

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// FactText is a fact as text: equal facts have equal texts, and different ones
// different texts.
func FactText(f *registry.Fact) []byte {
	b, err := json.Marshal(f)
	if err != nil { // a day outside the calendar has no text
		g := *f
		g.Visit, g.Supply = nil, nil
		b = fmt.Appendf(nil, "%#v", g)
		if f.Visit != nil {
			b = fmt.Appendf(b, "%#v", *f.Visit)
		}
		if f.Supply != nil {
			b = fmt.Appendf(b, "%#v", *f.Supply)
		}
	}
	return b
}

// common is what the copies of a fact have in common, in normal form: codings sorted
// (those of claims stand in the order of their positions), units canonical, numbers
// without trailing zeros, days without times.
func common(f registry.Fact) registry.Fact {
	f.ID, f.Source, f.EncounterID, f.Category, f.Authored = "", "", "", 0, registry.Moment{}
	if f.Kind != registry.Claim {
		f.Setting = ""
		f.Codes = sortCodes(f.Codes)
	}
	f.When.Start.Time, f.When.End.Time = 0, 0
	f.Reasons, f.Sites, f.Severity = sortCodes(f.Reasons), sortCodes(f.Sites), sortCodes(f.Severity)
	f.Value = normalValue(f.Value)
	f.Components = slices.Clone(f.Components)
	for i := range f.Components {
		f.Components[i].Codes, f.Components[i].Value = sortCodes(f.Components[i].Codes), normalValue(f.Components[i].Value)
	}
	slices.SortFunc(f.Components, func(a, b registry.Component) int {
		return cmp.Or(slices.CompareFunc(a.Codes, b.Codes, compareCodes), strings.Compare(a.Value.String(), b.Value.String()))
	})
	return f
}

func normalValue(v registry.Value) registry.Value {
	v.Codes = sortCodes(v.Codes)
	v.Quantity.Unit = registry.CanonicalUnit(v.Quantity.Unit)
	v.Quantity.Value = registry.Num(v.Quantity.Value.Coef, v.Quantity.Value.Exp)
	return v
}

func sortCodes(cs []registry.Code) []registry.Code {
	if len(cs) == 0 {
		return nil
	}
	cs = slices.Clone(cs)
	slices.SortFunc(cs, compareCodes)
	return slices.Compact(cs)
}

func compareCodes(a, b registry.Code) int {
	return cmp.Or(cmp.Compare(a.System, b.System), strings.Compare(a.Value, b.Value))
}

func compareSources(a, b Source) int {
	return cmp.Or(strings.Compare(a.System, b.System), strings.Compare(a.ID, b.ID), cmp.Compare(a.Origin, b.Origin), compareMoments(a.When.Start, b.When.Start),
		compareMoments(a.When.End, b.When.End), compareMoments(a.Authored, b.Authored), strings.Compare(a.Encounter, b.Encounter),
		strings.Compare(a.Setting, b.Setting), cmp.Compare(a.Category, b.Category), slices.Compare(a.Replaces, b.Replaces))
}

func compareMoments(a, b registry.Moment) int {
	return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Time, b.Time))
}

// group is one fact of a record on its way to its copies.
type group struct {
	key     []byte
	fact    registry.Fact
	sources []Source
}

// Dedup joins the copies of facts and puts aside the versions that others replace.
// Copies share everything but their sources; a fact that stands in the clinic's record
// and on a claim of the same kind is one fact with two origins. It is idempotent, free
// of order, and loses nothing: sources and corrected versions stay listed. Versions that
// replace each other in a circle all stay.
func Dedup(r Record) Record {
	gs := make([]group, 0, len(r.Facts)+len(r.Corrected))
	for _, list := range [][]Fact{r.Facts, r.Corrected} {
		for i := range list {
			f := common(list[i].Fact)
			gs = append(gs, group{FactText(&f), f, list[i].Sources})
		}
	}
	slices.SortStableFunc(gs, func(a, b group) int { return bytes.Compare(a.key, b.key) })
	replaced := replacements(r)
	r.Facts, r.Corrected = nil, nil
	for i := 0; i < len(gs); {
		var stand, gone []Source
		k := i
		for ; k < len(gs) && bytes.Equal(gs[k].key, gs[i].key); k++ {
			for _, s := range gs[k].sources {
				if replaced[version{s.System, s.ID}] {
					gone = append(gone, s)
				} else {
					stand = append(stand, s)
				}
			}
		}
		r.Facts = appendFact(r.Facts, gs[i].fact, stand)
		r.Corrected = appendFact(r.Corrected, gs[i].fact, gone)
		i = k
	}
	sortFacts(r.Facts)
	sortFacts(r.Corrected)
	return r
}

// appendFact adds a fact dressed as its first source.
func appendFact(list []Fact, f registry.Fact, sources []Source) []Fact {
	if len(sources) == 0 {
		return list
	}
	slices.SortFunc(sources, compareSources)
	sources = slices.CompactFunc(sources, func(a, b Source) bool { return compareSources(a, b) == 0 })
	s := sources[0]
	f.ID, f.Source, f.When, f.Authored, f.EncounterID, f.Category = s.ID, s.System, s.When, s.Authored, s.Encounter, s.Category
	if f.Kind != registry.Claim {
		f.Setting = s.Setting
	}
	return append(list, Fact{f, sources})
}

func sortFacts(fs []Fact) {
	slices.SortStableFunc(fs, func(a, b Fact) int {
		return cmp.Or(cmp.Compare(a.When.Earliest().Day, b.When.Earliest().Day), cmp.Compare(a.Kind, b.Kind), strings.Compare(a.ID, b.ID), strings.Compare(a.Source, b.Source))
	})
}

// version names a fact in its system.
type version struct{ system, id string }

// replacements are the versions that another one corrects, circles left out.
func replacements(r Record) map[version]bool {
	corrects := map[version][]string{}
	for _, list := range [][]Fact{r.Facts, r.Corrected} {
		for i := range list {
			for _, s := range list[i].Sources {
				if v := (version{s.System, s.ID}); len(s.Replaces) > 0 && s.ID != "" {
					corrects[v] = append(corrects[v], s.Replaces...)
				}
			}
		}
	}
	out := map[version]bool{}
	for v, ids := range corrects { // a set is built: the order does not matter
		for _, id := range ids {
			if x := (version{v.system, id}); x != v && !reaches(corrects, x, v) {
				out[x] = true
			}
		}
	}
	return out
}

// reaches reports whether following corrections from one version comes to another.
func reaches(corrects map[version][]string, from, to version) bool {
	seen := map[version]bool{from: true}
	for next := []version{from}; len(next) > 0; {
		v := next[len(next)-1]
		next = next[:len(next)-1]
		for _, id := range corrects[v] {
			x := version{v.system, id}
			if x == to {
				return true
			}
			if !seen[x] {
				seen[x] = true
				next = append(next, x)
			}
		}
	}
	return false
}
