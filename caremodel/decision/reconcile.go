package decision

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

// ProtocolRule is a rule of a site's protocol as far as sites can differ in it.
type ProtocolRule struct {
	Key        string `json:"key"`
	Interval   string `json:"interval"`
	Target     string `json:"target"`
	Population string `json:"population"`
}

// Protocol is the rules of a site, plan or payer.
type Protocol struct {
	Site  string         `json:"site"`
	Rules []ProtocolRule `json:"rules,omitempty"`
}

// ProtocolOf describes a guide's rules for [Reconcile]; intervals are of the key's
// recommendation and come from the caller.
func ProtocolOf(site string, rules []Rule, intervals map[string]string) Protocol {
	p := Protocol{Site: site}
	for _, r := range rules {
		x := ProtocolRule{Key: r.Key, Interval: intervals[r.Key], Target: strings.TrimSpace(r.Action.String() + " " + r.Target + " " + r.Goal.Text), Population: "everybody"}
		if x.Key == "" {
			x.Key = r.ID
		}
		if r.When != nil {
			x.Population = r.When.String()
		}
		if r.Unless != nil {
			x.Population += ", unless " + r.Unless.String()
		}
		p.Rules = append(p.Rules, x)
	}
	return p
}

// ProtocolDifference is a key on which sites differ.
type ProtocolDifference struct {
	Key   string              `json:"key"`
	Field string              `json:"field"` // "interval", "target", "population" or "site": only some have it
	Sites map[string][]string `json:"sites"` // value -> sites, sorted
}

// String gives the difference on a line, values in order.
func (d ProtocolDifference) String() string {
	var values []string
	for v := range d.Sites {
		values = append(values, v)
	}
	slices.Sort(values)
	s := d.Key + ", " + d.Field + ":"
	for i, v := range values {
		if i > 0 {
			s += ";"
		}
		s += fmt.Sprintf(" %q at %s", v, strings.Join(d.Sites[v], ", "))
	}
	return s
}

// Reconcile sets the protocols of several sites side by side: where one key has another
// interval, target or population, who lacks a key, and the share of keys that all sites
// have alike (King's Fund 2010:284-286; shared guidelines among competing payers spare
// physicians conflicts: King's Fund 2004:1255-1257). Errors: fewer than two protocols, a
// site twice, a key twice at a site or without a name.
func Reconcile(protocols []Protocol) ([]ProtocolDifference, registry.Rate, error) {
	var errs []error
	if len(protocols) < 2 {
		errs = append(errs, fmt.Errorf("%w: %d protocols", caremodel.ErrDefinition, len(protocols)))
	}
	sites := map[string]bool{}
	rules := map[string]map[string]ProtocolRule{} // key -> site -> rule
	for _, p := range protocols {
		if p.Site == "" || sites[p.Site] {
			errs = append(errs, fmt.Errorf("%w: site %q without a name or there twice", caremodel.ErrDefinition, p.Site))
		}
		sites[p.Site] = true
		for _, r := range p.Rules {
			if rules[r.Key] == nil {
				rules[r.Key] = map[string]ProtocolRule{}
			}
			if _, twice := rules[r.Key][p.Site]; twice || r.Key == "" {
				errs = append(errs, fmt.Errorf("%w: site %q: key %q without a name or there twice", caremodel.ErrDefinition, p.Site, r.Key))
			}
			rules[r.Key][p.Site] = r
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, registry.Rate{}, err
	}
	keys := sorted(rules)
	names := sorted(sites)
	var out []ProtocolDifference
	identical := registry.Rate{Den: int64(len(keys))}
	for _, k := range keys {
		before := len(out)
		group := func(field string, value func(ProtocolRule, bool) (string, bool)) {
			d := ProtocolDifference{Key: k, Field: field, Sites: map[string][]string{}}
			for _, s := range names {
				r, has := rules[k][s]
				if v, ok := value(r, has); ok {
					d.Sites[v] = append(d.Sites[v], s)
				}
			}
			if len(d.Sites) > 1 {
				out = append(out, d)
			}
		}
		group("site", func(_ ProtocolRule, has bool) (string, bool) {
			if has {
				return "has it", true
			}
			return "lacks it", true
		})
		group("interval", func(r ProtocolRule, has bool) (string, bool) { return r.Interval, has })
		group("target", func(r ProtocolRule, has bool) (string, bool) { return r.Target, has })
		group("population", func(r ProtocolRule, has bool) (string, bool) { return r.Population, has })
		if len(out) == before {
			identical.Num++
		}
	}
	return out, identical, nil
}

func sorted[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
