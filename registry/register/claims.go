package register

import (
	"errors"
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
)

// Claims is a compiled profile. It is immutable and may be shared.
type Claims struct {
	profile *Profile
	system  registry.System
	index   map[string]int32 // code -> place in masks
	masks   []masks
	pos     [3]uint64 // conditions that take any, the first two, the principal position
	types   map[string]int
	tiers   []tier
	byType  []uint64 // tiers (as bits) that take a claim type
	years   []int
}

// masks are the conditions for which a code counts, or forbids a claim.
type masks struct{ include, exclude, excludePrincipal uint64 }

type tier struct {
	condition, min, apart int
}

// Compile checks a profile and makes it fast: every fault comes together.
func Compile(p *Profile) (*Claims, error) {
	r := &Claims{profile: p, index: map[string]int32{}, types: map[string]int{}, system: registry.CanonicalSystem(p.CodeSystem)}
	var errs []error
	bad := func(c *Condition, format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w %s: %s: %s", ErrProfile, p.ID, c.ID, fmt.Sprintf(format, args...)))
	}
	if len(p.Conditions) == 0 || len(p.Conditions) > 64 {
		errs = append(errs, fmt.Errorf("%w %s: %d conditions, 1 to 64 can be compiled", ErrProfile, p.ID, len(p.Conditions)))
		return nil, errors.Join(errs...)
	}
	at := func(code string) *masks {
		code = registry.NormalizeCode(r.system, code)
		i, ok := r.index[code]
		if !ok {
			i = int32(len(r.masks))
			r.index[code] = i
			r.masks = append(r.masks, masks{})
		}
		return &r.masks[i]
	}
	seen := map[string]bool{}
	for i := range p.Conditions {
		c := &p.Conditions[i]
		bit := uint64(1) << i
		if c.ID == "" || seen[c.ID] {
			bad(c, "the ID is missing or not unique")
		}
		seen[c.ID] = true
		if len(c.Codes) == 0 {
			bad(c, "no codes")
		}
		if c.years() < 1 || c.years() > maxYears {
			bad(c, "a reference period of %d years, 1 to %d can be compiled", c.years(), maxYears)
		}
		if len(c.Tiers) == 0 {
			bad(c, "no tiers")
		}
		switch c.Position {
		case AnyPosition, "":
			r.pos[0] |= bit
		case FirstTwo:
			r.pos[1] |= bit
		case Principal:
			r.pos[2] |= bit
		default:
			bad(c, "position %q", c.Position)
		}
		for _, x := range c.Codes {
			at(x).include |= bit
		}
		for _, x := range c.Exclude {
			at(x).exclude |= bit
		}
		for _, x := range c.ExcludePrincipal {
			at(x).excludePrincipal |= bit
		}
		for _, t := range c.Tiers {
			if t.MinClaims < 1 || len(t.ClaimTypes) == 0 || t.MinDaysApart < 0 {
				bad(c, "a tier of %d claims of %d types, %d days apart", t.MinClaims, len(t.ClaimTypes), t.MinDaysApart)
			}
			if len(r.tiers) == 64*4 {
				bad(c, "too many tiers")
				break
			}
			n := len(r.tiers)
			r.tiers = append(r.tiers, tier{i, t.MinClaims, max(t.MinDaysApart, 1)})
			for _, name := range t.ClaimTypes {
				k, ok := r.types[name]
				if !ok {
					k = len(r.types)
					r.types[name] = k
				}
				r.takes(k, n)
			}
		}
		r.years = append(r.years, c.years())
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return r, nil
}

// byType holds four words of tier bits for each claim type.
func (r *Claims) takes(typ, tier int) {
	for len(r.byType) < 4*(typ+1) {
		r.byType = append(r.byType, 0)
	}
	r.byType[4*typ+tier/64] |= 1 << (tier % 64)
}

// Profile gives the conditions that were compiled.
func (r *Claims) Profile() *Profile { return r.profile }
