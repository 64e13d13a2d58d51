package delivery

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// Kind is what an item of a plan is.
type Kind string

// Kinds of work.
const (
	TaskWork      Kind = "task"
	EducationWork Kind = "education" // its key is that of an item of selfmanagement.EducationItem, where the template has one
	ContactWork   Kind = "contact"   // its key is the channel
	ReviewWork    Kind = "review"    // with an agenda
)

// Followed is an episode with what its plan needs to know.
type Followed struct {
	Episode  *Episode
	Level    int       // of care; 0: not known, which a programme for one level need not ask
	Contacts []Contact // the person's; those of others and after the day are passed over
}

// PlanItem is work that is due: who does what by when, and why ([PlanItem.Why]).
type PlanItem struct {
	Role      string        `json:"role"`
	Due       registry.Date `json:"due"` // last day in time
	Person    string        `json:"person"`
	Episode   string        `json:"episode"`
	Programme string        `json:"programme"`
	Kind      Kind          `json:"kind"`
	Key       string        `json:"key"`
	What      string        `json:"what"`
	Minutes   int64         `json:"minutes,omitempty"` // 0: not known
	Over      int           `json:"over"`              // days overdue on the first day of the span
	From      State         `json:"from"`              // the state that started the days; "" when Since is the last one done or planned
	Since     registry.Date `json:"since"`             // from when the days are counted
	Days      int           `json:"days"`
	Agenda    []Ask         `json:"agenda,omitempty"` // of a review; shared, for reading
}

// Why says from when the day of an item is counted.
func (i *PlanItem) Why() string {
	from := string(i.From)
	if from == "" {
		from = "the last one"
	}
	return fmt.Sprintf("%d days after %s on %s", i.Days, from, i.Since)
}

// PlanGap is work of the programme that is not in a person's plan, and why.
type PlanGap struct {
	Person  string `json:"person"`
	Episode string `json:"episode"`
	Kind    Kind   `json:"kind"`
	Key     string `json:"key"`
	Why     string `json:"why"`
}

// Reasons for gaps.
const (
	GapHold    = "on hold"
	GapLevel   = "level not known"
	GapEpisode = "no such programme, not begun, or a span without two ends"
)

// PersonPlan is what a programme asks for about a person. Its storage is used again by
// [Enrolments.Plan].
type PersonPlan struct {
	Person  string     `json:"person"`
	Episode string     `json:"episode"`
	State   State      `json:"state"` // on the first day
	Items   []PlanItem `json:"items"` // by day, then kind and key
	Gaps    []PlanGap  `json:"gaps,omitempty"`
}

// Plan writes to out what is open about a person on the first day of a span, overdue or not,
// and what else falls due up to its last. What is dated after the first day does not exist.
//
// A task is open in the state that it counts from, and one of enrolled or active as long
// as the person is inside; it is due its days after the state was first entered (a
// hold: last entered), and again its rhythm after it was done. Contacts by each channel follow
// the rule of the level, or else that for everybody, from entry, from the end of the last
// hold or from the last contact by that channel, whichever is latest. Reviews are due as
// [Enrolments.OverdueReviews] counts them. What comes again is planned from the first day
// where it is overdue, else from the day on which it is due. During a hold reviews and the
// tasks of the hold go on, the rest is a gap; so is work for a level when the person's is not
// known. A plan cannot fail.
func (e *Enrolments) Plan(f Followed, span registry.Period, out *PersonPlan) {
	x := f.Episode
	*out = PersonPlan{Person: x.Person, Episode: x.ID, Items: out.Items[:0], Gaps: out.Gaps[:0]}
	p, known := e.at[x.Programme]
	state, begun := x.History.At(span.Start)
	if !known || !begun || span.Days() == 0 {
		out.Gaps = append(out.Gaps, PlanGap{Person: x.Person, Episode: x.ID, Key: x.Programme, Why: GapEpisode})
		return
	}
	out.State = state
	w := planner{p: p, x: x, span: span, out: out, level: f.Level}
	if w.level == 0 && len(p.Levels) == 1 {
		w.level = p.Levels[0]
	}
	w.tasks()
	if state.Inside() {
		w.contacts(f.Contacts)
		w.reviews()
	}
	slices.SortFunc(out.Items, func(a, b PlanItem) int {
		return cmp.Or(cmp.Compare(a.Due, b.Due), strings.Compare(string(a.Kind), string(b.Kind)), strings.Compare(a.Key, b.Key))
	})
}

type planner struct {
	p     *enrolling
	x     *Episode
	span  registry.Period
	out   *PersonPlan
	level int
}

func (w *planner) gap(kind Kind, key, why string) {
	w.out.Gaps = append(w.out.Gaps, PlanGap{w.x.Person, w.x.ID, kind, key, why})
}

// of tells whether work of a level is for the person; not knowing is a gap.
func (w *planner) of(level int, kind Kind, key string) bool {
	if level != 0 && w.level == 0 {
		w.gap(kind, key, GapLevel)
	}
	return level == 0 || level == w.level
}

// entered is the day on which a state was first entered up to the first day; of a hold, last.
func (w *planner) entered(s State) (on registry.Date) {
	for _, h := range w.x.History {
		if h.To == s && h.On <= w.span.Start && (on == 0 || s == OnHold) {
			on = h.On
		}
	}
	return on
}

// add plans an item days after it began, and again every so many days; 0: once.
func (w *planner) add(i PlanItem, every int) {
	i.Person, i.Episode, i.Programme = w.x.Person, w.x.ID, w.x.Programme
	for i.Due = i.Since.AddDays(i.Days); i.Due <= w.span.End; i.Due = i.Since.AddDays(every) {
		i.Over = max(0, int(w.span.Start-i.Due))
		w.out.Items = append(w.out.Items, i)
		if every == 0 {
			return
		}
		i.From, i.Since, i.Days = "", max(i.Due, w.span.Start), every
	}
}

func (w *planner) tasks() {
	state := w.out.State
	for k := range w.p.Tasks {
		t := &w.p.Tasks[k]
		if t.From != state && !(t.From != OnHold && t.From.Inside() && state.Inside()) {
			continue
		}
		since := w.entered(t.From)
		if since == 0 || !w.of(t.Level, t.Kind, t.ID) {
			continue
		}
		i := PlanItem{Role: t.Roles[0], Kind: t.Kind, Key: t.ID, What: t.What, Minutes: t.Minutes, From: t.From, Since: since, Days: t.Days}
		for _, d := range w.x.Done {
			if d.Task == t.ID && d.On >= since && d.On <= w.span.Start && (i.From != "" || d.On > i.Since) {
				i.From, i.Since, i.Days = "", d.On, t.EveryDays
			}
		}
		if i.From == "" && t.EveryDays == 0 {
			continue // done, once
		}
		if state == OnHold && t.From != OnHold {
			w.gap(t.Kind, t.ID, GapHold)
			continue
		}
		w.add(i, t.EveryDays)
	}
}

func (w *planner) contacts(cs []Contact) {
	var began registry.Date // of entry, or of the return from the last hold
	var from State
	for k, h := range w.x.History {
		if h.On <= w.span.Start && h.To.Inside() && (began == 0 || w.x.History[k-1].To == OnHold) {
			began, from = h.On, h.To
		}
	}
	for k := range w.p.Contacts {
		c := &w.p.Contacts[k]
		if c.Level == 0 && w.level != 0 && slices.ContainsFunc(w.p.Contacts, func(o ContactRule) bool { return o.Level == w.level && o.Channel == c.Channel }) {
			continue // the level has its own
		}
		key := string(c.Channel)
		if !w.of(c.Level, ContactWork, key) {
			continue
		}
		if w.out.State == OnHold {
			w.gap(ContactWork, key, GapHold)
			continue
		}
		i := PlanItem{Role: c.Role, Kind: ContactWork, Key: key, What: "contact", From: from, Since: began, Days: c.EveryDays}
		for n := range cs {
			if o := &cs[n]; o.Person == w.x.Person && o.Channel == c.Channel && o.On <= w.span.Start && o.On >= began && (i.From != "" || o.On > i.Since) {
				i.From, i.Since = "", o.On
			}
		}
		w.add(i, c.EveryDays)
	}
}

func (w *planner) reviews() {
	if w.p.ReviewDays == 0 {
		return
	}
	last, from := w.x.lastReview(w.span.Start)
	w.add(PlanItem{Role: w.p.ReviewRole, Kind: ReviewWork, Key: "review", What: "review", From: from, Since: last, Days: w.p.ReviewDays, Agenda: w.p.agenda}, w.p.ReviewDays)
}

// lastReview is the last review up to a day, or the entry with its state when there was none.
func (x *Episode) lastReview(asOf registry.Date) (last registry.Date, from State) {
	for _, s := range x.History {
		if s.To.Inside() {
			last, from = s.On, s.To
			break
		}
	}
	for _, d := range x.Reviews {
		if d <= asOf && d > last {
			last, from = d, ""
		}
	}
	return last, from
}

// RoleWork is what a role has to do.
type RoleWork struct {
	Role    string     `json:"role"`
	Minutes int64      `json:"minutes"` // of the items that have any
	Items   []PlanItem `json:"items"`   // by day, then person, episode, kind and key
}

// TeamWork is a team's list. Every item of every plan is in Roles.
type TeamWork struct {
	Span  registry.Period `json:"span"`
	Roles []RoleWork      `json:"roles"`          // by name
	Gaps  []PlanGap       `json:"gaps,omitempty"` // of all plans, by person, episode, kind and key
}

// TeamWork gathers the plans of a team's people for a span, such as a week, by role: what
// [Enrolments.Plan] says of each. The order of the people changes nothing. To spread work
// over all who may do it, see [Distribute].
func (e *Enrolments) TeamWork(people []Followed, span registry.Period) TeamWork {
	out := TeamWork{Span: span}
	var plan PersonPlan
	var all []PlanItem
	for _, f := range people {
		e.Plan(f, span, &plan)
		all = append(all, plan.Items...)
		out.Gaps = append(out.Gaps, plan.Gaps...)
	}
	// stable: what ties is one person's, in the order of the plan
	slices.SortStableFunc(all, func(a, b PlanItem) int {
		return cmp.Or(strings.Compare(a.Role, b.Role), cmp.Compare(a.Due, b.Due), strings.Compare(a.Person, b.Person), strings.Compare(a.Episode, b.Episode), strings.Compare(string(a.Kind), string(b.Kind)), strings.Compare(a.Key, b.Key))
	})
	slices.SortStableFunc(out.Gaps, func(a, b PlanGap) int {
		return cmp.Or(strings.Compare(a.Person, b.Person), strings.Compare(a.Episode, b.Episode), strings.Compare(string(a.Kind), string(b.Kind)), strings.Compare(a.Key, b.Key))
	})
	for from, to := 0, 0; from < len(all); from = to {
		r := RoleWork{Role: all[from].Role}
		for to = from; to < len(all) && all[to].Role == r.Role; to++ {
			r.Minutes += all[to].Minutes
		}
		r.Items = all[from:to:to]
		out.Roles = append(out.Roles, r)
	}
	return out
}
