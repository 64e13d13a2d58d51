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

// Domain of a need.
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
	ID          string
	Person      string
	Category    string // such as "smoking cessation", "meals", "falls class"
	Domain      Domain
	Priority    int           // of a person's needs, 1 is first; 0 comes last
	UrgencyDays int           // to be met within so many days; 0: no limit
	Since       registry.Date // waiting since
	Language    string        // preferred; "" is unknown
	Area        string
	Constraints []string // what a resource must offer, such as "wheelchair access"
}

// Resource is a programme or service of the community.
type Resource struct {
	ID          string
	Name        string
	Categories  []string
	Eligible    registry.Criterion // nil: anyone
	Areas       []string           // served; empty: everywhere
	Languages   []string
	Interpreter bool
	Features    []string        // what it offers beyond, for constraints
	Open        registry.Period // a zero end is open
	Capacity    int             // places left
	StartDelay  int             // days until a place starts
	Cost        int64           // to the person, in minor units
}

// Context is what matching needs to know beside need and resources.
type Context struct {
	AsOf     registry.Date
	Chart    *registry.Chart             // for eligibility; nil: eligibility cannot be told
	Distance func(resource string) int64 // metres; nil: all alike
}

// LanguageFit says how a resource can speak with a person, best first.
type LanguageFit uint8

// Fits.
const (
	SameLanguage LanguageFit = iota
	WithInterpreter
	NoCommonLanguage // or the person's language is not known
)

var fitNames = [...]string{"same language", "interpreter", "no common language"}

// String gives the fit in words.
func (f LanguageFit) String() string { return fitNames[min(int(f), len(fitNames)-1)] }

// Offer is a resource that fits a need.
type Offer struct {
	Resource string
	InTime   bool // starts within the need's urgency
	Language LanguageFit
	Distance int64
	Cost     int64
	Capacity int
}

// Rejection says which tests a resource failed for a need.
type Rejection struct {
	Resource string
	Why      []string
}

// Match finds the resources that fit a need: right category, open on the day, a place
// left, area served, constraints met, and eligible. Offers come with those that start in
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
		o := Offer{Resource: r.ID, InTime: n.UrgencyDays <= 0 || r.StartDelay <= n.UrgencyDays, Language: NoCommonLanguage, Cost: r.Cost, Capacity: r.Capacity}
		switch {
		case n.Language == "":
		case slices.Contains(r.Languages, n.Language):
			o.Language = SameLanguage
		case r.Interpreter:
			o.Language = WithInterpreter
		}
		if ctx.Distance != nil {
			o.Distance = ctx.Distance(r.ID)
		}
		offers = append(offers, o)
	}
	slices.SortFunc(offers, func(a, b Offer) int {
		return cmp.Or(late(a)-late(b), cmp.Compare(a.Language, b.Language), cmp.Compare(a.Distance, b.Distance), cmp.Compare(a.Cost, b.Cost), cmp.Compare(b.Capacity, a.Capacity), strings.Compare(a.Resource, b.Resource))
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
	case !r.Eligible.Holds(ctx.Chart, registry.Period{Start: ctx.AsOf.AddYears(-1).AddDays(1), End: ctx.AsOf}):
		why = append(why, "not eligible: "+r.Eligible.String())
	}
	return why
}

// CheckNeeds reports faults of needs: no ID or the same twice, no category, a language
// that is not known (an issue, not an error: the need is matched all the same).
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
		if n.UrgencyDays < 0 {
			errs = append(errs, fmt.Errorf("%w: need %q within %d days", caremodel.ErrDefinition, n.ID, n.UrgencyDays))
		}
		if n.Language == "" {
			issues = append(issues, caremodel.Issue{Code: caremodel.LanguageUnknown, Subject: n.Person, Detail: "need " + n.ID})
		}
	}
	caremodel.SortIssues(issues)
	return issues, errors.Join(errs...)
}

// CheckResources reports faults of resources: no ID or the same twice, no category, a
// period that ends before it starts, negative capacity, delay or cost.
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
