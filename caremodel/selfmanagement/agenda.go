package selfmanagement

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

// Problem is what a person wants to talk about, in the person's own order.
type Problem struct {
	Key  string `json:"key"`
	Text string `json:"text"`
}

// ClinicalItem is what the team wants to talk about.
type ClinicalItem struct {
	Key     string        `json:"key"`
	Text    string        `json:"text"`
	Urgency int           `json:"urgency"` // 1 is most urgent; 0 is not ranked and comes last
	Due     registry.Date `json:"due"`
	Urgent  bool          `json:"urgent"` // cannot wait for the person's own problems
}

// AgendaItem is a line of a visit's agenda.
type AgendaItem struct {
	Key      string        `json:"key"`
	Text     string        `json:"text"`
	Patient  bool          `json:"patient"`  // raised by the person
	Clinical bool          `json:"clinical"` // raised by the team; both when they agree
	Urgent   bool          `json:"urgent"`
	Due      registry.Date `json:"due"`

	urgency int
}

// Why says in words why the item stands where it does.
func (a AgendaItem) Why() string {
	switch {
	case a.Urgent && a.Patient:
		return "urgent, and the person's own problem"
	case a.Urgent:
		return "urgent"
	case a.Patient:
		return "the person's own problem"
	}
	return "clinical, after the person's own problems"
}

// Agenda puts a person's own problems first, in the person's order, then clinical items by
// urgency, due day and key (King's Fund 2004, KF2004:1791-1793, 1834-1836). Only a clinical
// item that is flagged urgent comes before them. What both raise is one line. The result
// uses buf's storage. Items without a key, and keys twice on one side, are
// [caremodel.ErrAnswer], all named.
func Agenda(problems []Problem, items []ClinicalItem, buf []AgendaItem) ([]AgendaItem, error) {
	out := buf[:0]
	var errs []error
	at := func(key string) int {
		return slices.IndexFunc(out, func(a AgendaItem) bool { return a.Key == key })
	}
	for i, p := range problems {
		if p.Key == "" || at(p.Key) >= 0 {
			errs = append(errs, fmt.Errorf("%w: problem %d: key %q is empty or used twice", caremodel.ErrAnswer, i+1, p.Key))
			continue
		}
		out = append(out, AgendaItem{Key: p.Key, Text: p.Text, Patient: true})
	}
	for i, c := range items {
		k := at(c.Key)
		switch {
		case c.Key == "" || k >= 0 && out[k].Clinical:
			errs = append(errs, fmt.Errorf("%w: clinical item %d: key %q is empty or used twice", caremodel.ErrAnswer, i+1, c.Key))
		case c.Urgency < 0:
			errs = append(errs, fmt.Errorf("%w: clinical item %q: urgency %d", caremodel.ErrAnswer, c.Key, c.Urgency))
		case k >= 0:
			out[k].Clinical, out[k].Urgent, out[k].Due, out[k].urgency = true, c.Urgent, c.Due, c.Urgency
		default:
			out = append(out, AgendaItem{Key: c.Key, Text: c.Text, Clinical: true, Urgent: c.Urgent, Due: c.Due, urgency: c.Urgency})
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	slices.SortStableFunc(out, func(a, b AgendaItem) int {
		if c := cmp.Compare(a.Place(), b.Place()); c != 0 {
			return c
		}
		if a.Place() == 1 { // the person's order stands
			return 0
		}
		return cmp.Or(cmp.Compare(rank(a.urgency), rank(b.urgency)), cmp.Compare(later(a.Due), later(b.Due)), strings.Compare(a.Key, b.Key))
	})
	return out, nil
}

// Place is where an item stands on an agenda: 0 for what cannot wait, 1 for the person's own
// problems, 2 for the rest.
func (a AgendaItem) Place() int {
	switch {
	case a.Urgent:
		return 0
	case a.Patient:
		return 1
	}
	return 2
}

// rank puts 0, which is no rank, last.
func rank(n int) int {
	if n == 0 {
		return 1 << 30
	}
	return n
}

// later puts a day that is not recorded last.
func later(d registry.Date) registry.Date {
	if d == 0 {
		return registry.MaxDate
	}
	return d
}
