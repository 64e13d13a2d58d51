package recall

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// Bindings tie the published follow-up items ([FollowUps]) to the caller's value sets: who
// has a condition, what counts as an item done, and when a row applies that is not for
// everybody. Conditions: diabetes, hypertension, asthma, COPD, heart failure, CHD, CKD.
type Bindings struct {
	Conditions []ConditionBinding
	Items      []ItemBinding
	Rows       []RowBinding
	Lead       Every     // how long before it is due care may be given; none: 4 weeks; not used where it is more than half the interval
	Grace      Every     // how long after its day care is not yet overdue; none: 14 days
	Season     Season    // of influenza immunisation; none: 1 September to 31 March
	Grid       *GridRule // of the kidney checks; nil: once a year
}

// ConditionBinding says who has a condition, and since when.
type ConditionBinding struct {
	Condition string
	Is        registry.Definition
	Since     *registry.Query
}

// ItemBinding says what counts as an item done. Items of one key merge across
// conditions; an empty Key is the item's name.
type ItemBinding struct {
	Item, Key string
	Condition string // empty: for every condition
	Evidence  registry.Query
	Ordered   *registry.Query
	Priority  int
	Class     PromptClass
}

// RowBinding makes a row usable that applies to some only, follows an event, or changes
// its rhythm.
type RowBinding struct {
	ID         string
	When       registry.Definition // nil: everybody with the condition
	Trigger    *registry.Query     // of triggered rows
	ByEnd      bool                // such as a discharge
	Controlled []registry.Test     // of until_controlled rows: when the last evidence shows control
	Long       Every               // their interval from then on; none: 6 months
}

// Unbound is a row that became no recommendation.
type Unbound struct {
	ID  string `json:"id"`
	Why string `json:"why"`
}

// Starter makes recommendations of the published follow-up items, as data to be reviewed,
// not medical advice: see each row's source and confirmation. Rows that lack a binding are
// listed with the reason, in the table's order. Bindings that name no condition, item or row are
// errors, all named.
func Starter(b Bindings) ([]Recommendation, []Unbound, error) {
	rows, err := FollowUps()
	if err != nil {
		return nil, nil, err
	}
	if err := b.check(rows); err != nil {
		return nil, nil, err
	}
	if b.Lead.IsZero() {
		b.Lead = Every{4, Week}
	}
	if b.Grace.IsZero() {
		b.Grace = Every{14, Day}
	}
	if b.Season == (Season{}) {
		b.Season = Season{FromMonth: 9, FromDay: 1, ToMonth: 3, ToDay: 31}
	}
	var recs []Recommendation
	var left []Unbound
	for i := range rows {
		r, why := b.recommend(&rows[i])
		if why != "" {
			left = append(left, Unbound{rows[i].ID, why})
			continue
		}
		recs = append(recs, r)
	}
	return recs, left, nil
}

func (b *Bindings) check(rows []FollowUp) error {
	var errs []error
	bad := func(what, name string, known func(*FollowUp) bool) {
		for i := range rows {
			if known(&rows[i]) {
				return
			}
		}
		errs = append(errs, fmt.Errorf("%w: the follow-up table has no %s %q", ErrDefinition, what, name))
	}
	for _, c := range b.Conditions {
		bad("condition", c.Condition, func(f *FollowUp) bool { return f.Condition == c.Condition })
		if c.Is == nil {
			errs = append(errs, fmt.Errorf("%w: condition %q has no definition", ErrDefinition, c.Condition))
		}
	}
	for _, x := range b.Items {
		bad("item", x.Item, func(f *FollowUp) bool {
			return f.Item == x.Item && (x.Condition == "" || x.Condition == f.Condition)
		})
	}
	for _, r := range b.Rows {
		bad("row", r.ID, func(f *FollowUp) bool { return f.ID == r.ID })
	}
	return errors.Join(errs...)
}

// recommend makes a recommendation of a row, or says why not.
func (b *Bindings) recommend(f *FollowUp) (r Recommendation, why string) {
	c := slices.IndexFunc(b.Conditions, func(c ConditionBinding) bool { return c.Condition == f.Condition })
	if c < 0 {
		return r, "the condition is not bound: " + f.Condition
	}
	k := slices.IndexFunc(b.Items, func(x ItemBinding) bool {
		return x.Item == f.Item && (x.Condition == "" || x.Condition == f.Condition)
	})
	if k < 0 {
		return r, "the item is not bound: " + f.Item
	}
	var row RowBinding
	n := slices.IndexFunc(b.Rows, func(x RowBinding) bool { return x.ID == f.ID })
	if n >= 0 {
		row = b.Rows[n]
	} else if f.AppliesWhen != "all" && f.AppliesWhen != "all on register" {
		return r, "the row is not bound, it applies when: " + f.AppliesWhen
	}
	item, condition := &b.Items[k], &b.Conditions[c]
	population := registry.All{condition.Is}
	if row.When != nil {
		population = append(population, row.When)
	}
	source := f.Source
	if f.SourceYear != "undated" {
		source += ", " + f.SourceYear
	}
	r = Recommendation{ID: f.ID, Version: f.SourceYear, Key: item.Key, Title: f.Item, Population: population, Since: condition.Since, Evidence: item.Evidence, Ordered: item.Ordered,
		Priority: item.Priority, Class: item.Class, Source: source, Grade: f.Confirmation}
	if r.Key == "" {
		r.Key = f.Item
	}
	r.Grace = b.Grace
	switch f.Kind {
	case "each_visit":
		r.EachVisit, r.Grace = true, Every{}
	case "season":
		r.Season = b.Season
	case "triggered":
		if row.Trigger == nil {
			return r, "the row needs its trigger: " + f.AppliesWhen
		}
		r.Grace = Every{}
		r.Trigger = &Trigger{Fact: *row.Trigger, ByEnd: row.ByEnd, From: f.Min, To: f.Max}
	case "until_controlled", "recurring":
		r.Interval = f.Default
		if f.Kind == "until_controlled" {
			if len(row.Controlled) == 0 {
				return r, "the row needs the tests of control: " + f.AppliesWhen
			}
			long := row.Long
			if long.IsZero() {
				long = Every{6, Month}
			}
			r = r.UntilControlled(f.Default, long, row.Controlled...)
		}
		r.Lead = b.lead(f.Default)
		if f.Condition == "CKD" && b.Grid != nil {
			r.Grid = b.Grid
		}
		first, ok := firstDue(f.FirstDue)
		if !ok {
			return r, "the first due day is not known: " + f.FirstDue
		}
		r.First = first
	default:
		return r, "its kind is not known: " + f.Kind
	}
	return r, ""
}

// lead is the lead of an interval: none where it would be more than half of it.
func (b *Bindings) lead(interval Every) Every {
	d := registry.Day(2001, 1, 1)
	if 2*(b.Lead.After(d)-d) > interval.After(d)-d {
		return Every{}
	}
	return b.Lead
}

// firstDue reads the first due day of the table: "at diagnosis", "5 years after
// diagnosis".
func firstDue(s string) (Every, bool) {
	if s == "" || s == "at diagnosis" {
		return Every{}, true
	}
	words := strings.Fields(strings.TrimPrefix(s, "within "))
	if len(words) < 2 {
		return Every{}, false
	}
	n, err := strconv.Atoi(words[0])
	unit := slices.Index(unitNames[:], strings.TrimSuffix(words[1], "s"))
	return Every{n, Unit(max(unit, 0))}, err == nil && unit >= 0
}
