package recall

import (
	"errors"
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
)

// Note is what the record of facts does not say about one person and key: a dated
// exclusion, or a gap put aside. An empty Key is about all keys.
type Note struct {
	Key    string
	Kind   ExclusionKind
	From   registry.Date
	Until  registry.Date // exclusions: the last day, 0 for good; snoozes: hidden before this day
	Snooze bool          // hides the gap from worklists, and changes neither status nor dates
	Reason string        // mandatory for a snooze
	By     string
	// PersistWhenOverdue keeps a snooze although the gap is overdue by then.
	PersistWhenOverdue bool
}

// Away says that a person is no longer the practice's to call.
type Away struct {
	From   registry.Date
	Reason string // transferred, opted out, merged into another record
}

// Context is what is known of a person beside the facts.
type Context struct {
	Notes   []Note
	Remarks []Remark // those from the day of the last evidence on count
	Away    *Away
	// SnoozeDays is how long a snooze may hide a gap at most; 0: 183.
	SnoozeDays int
}

func (c *Context) snoozeDays() int {
	if c.SnoozeDays == 0 {
		return 183
	}
	return c.SnoozeDays
}

// Check reports everything wrong with notes and remarks; the error wraps [ErrRemark].
// [Plan.Gaps] takes them all the same: it passes over snoozes without a reason and cuts those
// that are too long.
func (c *Context) Check() error {
	var errs []error
	for i, n := range c.Notes {
		bad := func(why string) { errs = append(errs, fmt.Errorf("%w: note %d on %q: %s", ErrRemark, i+1, n.Key, why)) }
		if n.Snooze && n.Reason == "" {
			bad("a snooze needs a reason")
		}
		if n.Snooze && n.Until == 0 || n.Until != 0 && n.Until < n.From {
			bad("from " + n.From.String() + " until " + n.Until.String())
		}
		if n.Snooze && n.Until > n.From.AddDays(c.snoozeDays()) {
			bad(fmt.Sprintf("a snooze of %d days, %d are the most", int(n.Until-n.From), c.snoozeDays()))
		}
	}
	for i, r := range c.Remarks {
		if r.On == 0 || int(r.Kind) >= len(remarkCodes) {
			errs = append(errs, fmt.Errorf("%w %d on %q: %s on %s", ErrRemark, i+1, r.Key, r.Kind, r.On))
		}
	}
	if c.SnoozeDays < 0 {
		errs = append(errs, fmt.Errorf("%w: snoozes of %d days at most", ErrRemark, c.SnoozeDays))
	}
	return errors.Join(errs...)
}

// excluded finds an exclusion that stands at a day; its rule is nil when a note made it.
// Good evidence on or after the day of a decline beats the decline. A remark that the patient
// refused is a decline where the recommendation has a rule about declines.
func (x *bound) excluded(c *registry.Chart, ctx *Context, ever registry.Period, t, evidence registry.Date) (*Exclusion, ExclusionKind, bool) {
	stands := func(e *Exclusion, d registry.Date) bool {
		if d == 0 || d > t || (e.Kind == Declined || e.Kind == NoResponse) && evidence != 0 && evidence >= d {
			return false
		}
		span := e.span()
		return span.IsZero() || t < span.After(d)
	}
	for i := range x.Exclusions {
		e := &x.Exclusions[i]
		for w := x.exclusions[i].Walk(c); ; {
			f := w.Next(c, ever)
			if f == nil {
				break
			}
			if stands(e, f.When.Earliest().Day) {
				return e, e.Kind, true
			}
		}
		if e.Kind != Declined || ctx == nil {
			continue
		}
		for _, r := range ctx.Remarks {
			if r.Kind == PatientRefused && (r.Key == "" || r.Key == x.Key) && stands(e, r.On) {
				return e, e.Kind, true
			}
		}
	}
	if ctx != nil {
		for i := range ctx.Notes {
			n := &ctx.Notes[i]
			if !n.Snooze && (n.Key == "" || n.Key == x.Key) && n.From <= t && (n.Until == 0 || t <= n.Until) && !((n.Kind == Declined || n.Kind == NoResponse) && evidence != 0 && evidence >= n.From) {
				return nil, n.Kind, true
			}
		}
	}
	return nil, 0, false
}

// snooze hides a gap until a day; it lapses when the gap is overdue.
func (x *bound) snooze(ctx *Context, asOf registry.Date, g *Gap) {
	if ctx == nil {
		return
	}
	for i := range ctx.Notes {
		n := &ctx.Notes[i]
		if !n.Snooze || n.Reason == "" || n.Key != "" && n.Key != x.Key || n.From > asOf || g.State >= Overdue && !n.PersistWhenOverdue {
			continue
		}
		if until := min(n.Until, n.From.AddDays(ctx.snoozeDays())); asOf < until {
			g.Hidden = max(g.Hidden, until)
		}
	}
}
