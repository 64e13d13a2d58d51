package register

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
)

//go:embed data/ccw30.json
var ccw30 []byte

//go:embed data/ccw27.json
var ccw27 []byte

// ErrProfile is wrapped by every error about a profile.
var ErrProfile = errors.New("register: profile")

// Position says at which places on a claim a diagnosis counts: the place of its code
// among the Codes of the claim's fact, whatever the fact's Rank.
type Position string

// Positions.
const (
	AnyPosition Position = "any"
	FirstTwo    Position = "first_two"
	Principal   Position = "principal"
)

// Tier is one way to meet a condition: so many claims of certain types, on dates
// at least so many days apart.
type Tier struct {
	MinClaims    int      `json:"min_claims"`
	ClaimTypes   []string `json:"claim_types"`
	MinDaysApart int      `json:"min_days_apart"` // 0 counts as 1: different dates
}

// Condition is a chronic condition as claims define it.
type Condition struct {
	ID               string   `json:"id"`
	Name             string   `json:"name"`
	ReferenceYears   int      `json:"reference_years"`
	ReferenceMonths  int      `json:"reference_months"` // whole years, used when ReferenceYears is 0
	Tiers            []Tier   `json:"tiers"`
	Position         Position `json:"dx_position"`
	Codes            []string `json:"codes"`
	Exclude          []string `json:"exclude"`           // a claim with one of these does not count
	ExcludePrincipal []string `json:"exclude_principal"` // the same in position 1 only
}

func (c *Condition) years() int {
	if c.ReferenceYears > 0 {
		return c.ReferenceYears
	}
	return c.ReferenceMonths / 12
}

// Profile is a set of conditions at a version, up to 64.
type Profile struct {
	ID         string      `json:"id"`
	Version    string      `json:"version"`
	Title      string      `json:"title"`
	CodeSystem string      `json:"code_system"`
	Provenance string      `json:"provenance"`
	Conditions []Condition `json:"conditions"`
}

func load(data []byte) (*Profile, error) {
	var p Profile
	if err := json.Unmarshal(data, &p); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrProfile, err)
	}
	return &p, nil
}

// CCW30 is the list of 30 chronic conditions of the Chronic Conditions Warehouse,
// February 2022 (CMS; ICD-10-CM).
func CCW30() (*Profile, error) { return load(ccw30) }

// CCW27 is the earlier list of 27 conditions, February 2022 revision.
func CCW27() (*Profile, error) { return load(ccw27) }
