package caremodel

import (
	"cmp"
	_ "embed"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/chroniccare/chroniccare/internal/table"
)

//go:embed data/organisations.csv
var organisationsCSV string

//go:embed data/organisation-facts.csv
var organisationFactsCSV string

// StudyOrganisation is one of the five organisations of the study with its profile.
type StudyOrganisation struct {
	Name string `json:"name"`
	*Profile
}

// StudyOrganisations gives the five organisations of King's Fund 2004 as they were in
// 2003, by our reading: all used some components, none all.
func StudyOrganisations() ([]StudyOrganisation, error) {
	t, err := table.Parse("organisations", organisationsCSV)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDefinition, err)
	}
	var out []StudyOrganisation
	for col := 1; col < len(t.Header)-1; col++ {
		answers := map[string]Answer{}
		for _, r := range t.Rows {
			a, ok := parseAnswer(r[col])
			if !ok {
				return nil, fmt.Errorf("%w: %s of %s: %q", ErrDefinition, r[0], t.Header[col], r[col])
			}
			answers[r[0]] = a
		}
		p, err := NewProfile(answers)
		if err != nil {
			return nil, err
		}
		out = append(out, StudyOrganisation{t.Header[col], p})
	}
	return out, nil
}

// OrganisationFacts is what the study states of an organisation. nil and "" are not
// stated. Shares are per cent.
type OrganisationFacts struct {
	Name             string   `json:"name"`
	Model            string   `json:"model"` // group, network or mixed: see ManagedCareModel
	Score            int64    `json:"score"` // total over the study's markers, 2001
	Members          int64    `json:"members"`
	MedicaidShare    *big.Rat `json:"medicaid_share"`
	Years            int64    `json:"years"` // in business
	ForProfit        Answer   `json:"for_profit"`
	Stratifies       Answer   `json:"stratifies"` // by risk; partly is planned
	CaseManagedLow   *big.Rat `json:"case_managed_low"`
	CaseManagedHigh  *big.Rat `json:"case_managed_high"`    // share of members or of the ill
	Conditions       []string `json:"conditions,omitempty"` // of its programmes
	BonusTo          []string `json:"bonus_to,omitempty"`   // physicians: primary, specialist
	MemberGovernance Answer   `json:"member_governance"`
	TurnoverLow      *big.Rat `json:"turnover_low"`
	TurnoverHigh     *big.Rat `json:"turnover_high"` // members a year
	MeanStayYears    *big.Rat `json:"mean_stay_years"`
}

// StudyFacts lists the facts of the five organisations, in the order of
// [StudyOrganisations].
func StudyFacts() ([]OrganisationFacts, error) {
	t, err := table.Parse("organisation-facts", organisationFactsCSV)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDefinition, err)
	}
	var out []OrganisationFacts
	var errs []error
	for _, r := range t.Rows {
		f := OrganisationFacts{Name: r[0], Model: r[1]}
		for _, x := range []struct {
			col int
			to  *int64
		}{{2, &f.Score}, {3, &f.Members}, {5, &f.Years}} {
			if *x.to, err = strconv.ParseInt(r[x.col], 10, 64); err != nil {
				errs = append(errs, fmt.Errorf("%w: %s: %s %q", ErrDefinition, f.Name, t.Header[x.col], r[x.col]))
			}
		}
		for _, x := range []struct {
			col int
			to  **big.Rat
		}{{4, &f.MedicaidShare}, {8, &f.CaseManagedLow}, {9, &f.CaseManagedHigh}, {13, &f.TurnoverLow}, {14, &f.TurnoverHigh}, {15, &f.MeanStayYears}} {
			if r[x.col] == "" {
				continue
			}
			v, ok := new(big.Rat).SetString(r[x.col])
			if !ok {
				errs = append(errs, fmt.Errorf("%w: %s: %s %q", ErrDefinition, f.Name, t.Header[x.col], r[x.col]))
				continue
			}
			*x.to = v
		}
		for _, x := range []struct {
			col int
			to  *Answer
		}{{6, &f.ForProfit}, {7, &f.Stratifies}, {12, &f.MemberGovernance}} {
			a, ok := parseAnswer(r[x.col])
			if !ok {
				errs = append(errs, fmt.Errorf("%w: %s: %s %q", ErrDefinition, f.Name, t.Header[x.col], r[x.col]))
			}
			*x.to = a
		}
		for _, x := range []struct {
			col int
			to  *[]string
		}{{10, &f.Conditions}, {11, &f.BonusTo}} {
			if r[x.col] != "" {
				*x.to = strings.Split(r[x.col], "; ")
			}
		}
		out = append(out, f)
	}
	return out, errors.Join(errs...)
}

// SelectionRule is how the study chose its organisations: a cut of the score, a size,
// a mixed membership, and a cross-section of models (King's Fund 2004:783-793).
type SelectionRule struct {
	MinScore   int64 `json:"min_score"`
	MinMembers int64 `json:"min_members"` // 0: 100,000
	PerModel   int   `json:"per_model"`   // at most so many of each model, the best by score; 0: all
}

// Selected says whether an organisation was chosen, and why not.
type Selected struct {
	Name   string `json:"name"`
	Chosen bool   `json:"chosen"`
	Why    string `json:"why"`
}

// Select applies the rule. The answer comes in the order of the input; ties of score are
// broken by name.
func (r SelectionRule) Select(organisations []OrganisationFacts) []Selected {
	members := r.MinMembers
	if members == 0 {
		members = 100_000
	}
	out := make([]Selected, len(organisations))
	byModel := map[string][]int{}
	for i, o := range organisations {
		out[i].Name = o.Name
		switch {
		case o.Score < r.MinScore:
			out[i].Why = fmt.Sprintf("score %d, below %d", o.Score, r.MinScore)
		case o.Members < members:
			out[i].Why = fmt.Sprintf("%d members, fewer than %d", o.Members, members)
		case o.MedicaidShare == nil || o.MedicaidShare.Sign() <= 0:
			out[i].Why = "takes no Medicaid members"
		default:
			out[i].Chosen = true
			byModel[o.Model] = append(byModel[o.Model], i)
		}
	}
	if r.PerModel <= 0 {
		return out
	}
	for i := range out {
		if !out[i].Chosen {
			continue
		}
		same := slices.Clone(byModel[organisations[i].Model])
		slices.SortFunc(same, func(a, b int) int {
			return cmp.Or(cmp.Compare(organisations[b].Score, organisations[a].Score), strings.Compare(organisations[a].Name, organisations[b].Name))
		})
		if slices.Index(same, i) >= r.PerModel {
			out[i].Chosen, out[i].Why = false, fmt.Sprintf("%d of the %s model score higher", slices.Index(same, i), organisations[i].Model)
		}
	}
	return out
}
