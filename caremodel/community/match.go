package community

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

// Domain of a need; "" is not stated.
type Domain string

// Domains.
const (
	Health    Domain = "health"
	Social    Domain = "social"
	Housing   Domain = "housing"
	MoneyHelp Domain = "money"
	Carer     Domain = "carer"
	Learning  Domain = "education"
	Activity  Domain = "activity"
)

// Need is one thing that a person needs from the community.
type Need struct {
	ID          string        `json:"id"`
	Person      string        `json:"person"`
	Category    string        `json:"category"` // such as "smoking cessation", "meals", "falls class"
	Domain      Domain        `json:"domain"`
	Priority    int           `json:"priority"`     // of a person's needs, 1 is first; 0 comes last
	UrgencyDays int           `json:"urgency_days"` // to be met within so many days; 0: no limit
	Since       registry.Date `json:"since"`        // waiting since
	Language    string        `json:"language"`     // preferred; "" is unknown
	Area        string        `json:"area"`
	Constraints []string      `json:"constraints,omitempty"` // what a resource must offer, such as "wheelchair access"
}

// Resource is a programme or service of the community.
type Resource struct {
	ID          string             `json:"id"`
	Name        string             `json:"name"`
	Categories  []string           `json:"categories,omitempty"`
	Eligible    registry.Criterion `json:"-"`               // nil: anyone
	Areas       []string           `json:"areas,omitempty"` // served; empty: everywhere
	Languages   []string           `json:"languages,omitempty"`
	Interpreter bool               `json:"interpreter"`
	Features    []string           `json:"features,omitempty"` // what it offers beyond, for constraints
	Open        registry.Period    `json:"open"`               // a zero end is open
	Capacity    int                `json:"capacity"`           // places left
	StartDelay  int                `json:"start_delay"`        // days until a place starts
	Cost        int64              `json:"cost"`               // to the person, in minor units
}

// Context is what matching needs to know beside need and resources.
type Context struct {
	AsOf     registry.Date               `json:"as_of"`
	Chart    *registry.Chart             `json:"-"` // for eligibility; nil: eligibility cannot be told
	Distance func(resource string) int64 `json:"-"` // metres; nil: all alike
}

// Offer is a resource that fits a need.
type Offer struct {
	Resource string                  `json:"resource"`
	InTime   bool                    `json:"in_time"` // starts within the need's urgency
	Language caremodel.LanguageMatch `json:"language"`
	Distance int64                   `json:"distance"`
	Cost     int64                   `json:"cost"`
	Capacity int                     `json:"capacity"`
}

// Rejection says which tests a resource failed for a need.
type Rejection struct {
	Resource string   `json:"resource"`
	Why      []string `json:"why,omitempty"`
}

// Match finds the resources that fit a need: right category, open on the day, a place
// left, area served, constraints met, and eligible, judged over the year that ends on the
// day. Offers come with those that start in
// time first, then by language, distance, cost, places left (more first) and ID; the
// others come by ID with every test that they failed.
func Match(n Need, resources []Resource, ctx Context) ([]Offer, []Rejection) {
	var offers []Offer
	var rejected []Rejection
	for i := range resources {
		r := &resources[i]
		if why := fails(&n, r, ctx); why != nil {
			rejected = append(rejected, Rejection{r.ID, why})
			continue
		}
		o := Offer{Resource: r.ID, InTime: n.UrgencyDays <= 0 || r.StartDelay <= n.UrgencyDays, Language: caremodel.MatchLanguage(n.Language, r.Languages, r.Interpreter), Cost: r.Cost, Capacity: r.Capacity}
		if ctx.Distance != nil {
			o.Distance = ctx.Distance(r.ID)
		}
		offers = append(offers, o)
	}
	slices.SortFunc(offers, func(a, b Offer) int {
		return cmp.Or(late(a)-late(b), a.Language.Compare(b.Language), cmp.Compare(a.Distance, b.Distance), cmp.Compare(a.Cost, b.Cost), cmp.Compare(b.Capacity, a.Capacity), strings.Compare(a.Resource, b.Resource))
	})
	slices.SortFunc(rejected, func(a, b Rejection) int { return strings.Compare(a.Resource, b.Resource) })
	return offers, rejected
}

func late(o Offer) int {
	if o.InTime {
		return 0
	}
	return 1
}

func fails(n *Need, r *Resource, ctx Context) (why []string) {
	if !slices.Contains(r.Categories, n.Category) {
		why = append(why, "offers no "+n.Category)
	}
	if !r.Open.Contains(ctx.AsOf) {
		why = append(why, "not open on "+ctx.AsOf.String())
	}
	if r.Capacity < 1 {
		why = append(why, "no place left")
	}
	if len(r.Areas) > 0 && !slices.Contains(r.Areas, n.Area) {
		why = append(why, "does not serve "+cmp.Or(n.Area, "an unknown area"))
	}
	for _, c := range n.Constraints {
		if !slices.Contains(r.Features, c) {
			why = append(why, "without "+c)
		}
	}
	switch {
	case r.Eligible == nil:
	case ctx.Chart == nil:
		why = append(why, "eligibility cannot be told without a chart")
	case !r.Eligible.Holds(ctx.Chart, registry.LastMonths(ctx.AsOf, 12, registry.FarExclusive)):
		why = append(why, "not eligible: "+r.Eligible.String())
	}
	return why
}

// CheckNeeds reports faults of needs as [caremodel.ErrDefinition], all at once: no ID or the
// same twice, no category, an unknown domain, a negative urgency or priority. A language that
// is not known is an issue, not an error: the need is matched all the same.
func CheckNeeds(needs []Need) ([]caremodel.Issue, error) {
	var errs []error
	var issues []caremodel.Issue
	seen := map[string]bool{}
	for _, n := range needs {
		if n.ID == "" || seen[n.ID] {
			errs = append(errs, fmt.Errorf("%w: need %q of person %q: its ID is missing or there twice", caremodel.ErrDefinition, n.ID, n.Person))
		}
		seen[n.ID] = true
		if n.Category == "" {
			errs = append(errs, fmt.Errorf("%w: need %q has no category", caremodel.ErrDefinition, n.ID))
		}
		if n.UrgencyDays < 0 || n.Priority < 0 {
			errs = append(errs, fmt.Errorf("%w: need %q within %d days, of priority %d", caremodel.ErrDefinition, n.ID, n.UrgencyDays, n.Priority))
		}
		if !slices.Contains([]Domain{"", Health, Social, Housing, MoneyHelp, Carer, Learning, Activity}, n.Domain) {
			errs = append(errs, fmt.Errorf("%w: need %q of the domain %q", caremodel.ErrDefinition, n.ID, n.Domain))
		}
		if n.Language == "" {
			issues = append(issues, caremodel.Issue{Code: caremodel.LanguageUnknown, Subject: n.Person, Detail: "need " + n.ID})
		}
	}
	caremodel.SortIssues(issues)
	return issues, errors.Join(errs...)
}

// CheckResources reports faults of resources as [caremodel.ErrDefinition], all at once: no
// ID or the same twice, no category, a period that ends before it starts, negative capacity,
// delay or cost.
func CheckResources(resources []Resource) error {
	var errs []error
	seen := map[string]bool{}
	for _, r := range resources {
		if r.ID == "" || seen[r.ID] {
			errs = append(errs, fmt.Errorf("%w: resource %q: its ID is missing or there twice", caremodel.ErrDefinition, r.ID))
		}
		seen[r.ID] = true
		if len(r.Categories) == 0 || !r.Open.Valid() || r.Capacity < 0 || r.StartDelay < 0 || r.Cost < 0 {
			errs = append(errs, fmt.Errorf("%w: resource %q: %d categories, open %s, %d places, starts after %d days, costs %d", caremodel.ErrDefinition, r.ID, len(r.Categories), r.Open, r.Capacity, r.StartDelay, r.Cost))
		}
	}
	return errors.Join(errs...)
}
