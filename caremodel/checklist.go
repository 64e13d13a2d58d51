package caremodel

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/chroniccare/chroniccare/internal/table"
	"github.com/chroniccare/chroniccare/registry"
)

//go:embed data/checklists.csv
var checklistsCSV string

// Checklist is a list of success factors, barriers or components of the studies.
type Checklist struct {
	ID     string   `json:"id"`
	Items  []string `json:"items,omitempty"`  // labels; the item's number is its place from 1
	Shares []int    `json:"shares,omitempty"` // per cent of programmes that had each item, as published; -1 not stated
	Source string   `json:"source"`           // document and lines
}

// Checklists lists them in the table's order.
func Checklists() ([]Checklist, error) {
	t, err := table.Parse("checklists", checklistsCSV)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDefinition, err)
	}
	var out []Checklist
	for _, r := range t.Rows {
		n := len(out)
		if n == 0 || out[n-1].ID != r[0] {
			out = append(out, Checklist{ID: r[0], Source: r[3]})
			n++
		}
		c := &out[n-1]
		c.Items = append(c.Items, r[2])
		share := -1
		if r[4] != "" {
			if share, err = strconv.Atoi(r[4]); err != nil || share < 0 || share > 100 {
				return nil, fmt.Errorf("%w: share %q of item %s of %s", ErrDefinition, r[4], r[1], r[0])
			}
		}
		c.Shares = append(c.Shares, share)
		if r[1] != strconv.Itoa(len(c.Items)) {
			return nil, fmt.Errorf("%w: item %s of %s", ErrDefinition, r[1], r[0])
		}
	}
	return out, nil
}

// ChecklistByID finds a checklist, such as shortell9.
func ChecklistByID(id string) (Checklist, error) {
	cs, err := Checklists()
	if err != nil {
		return Checklist{}, err
	}
	for _, c := range cs {
		if c.ID == id {
			return c, nil
		}
	}
	return Checklist{}, fmt.Errorf("%w: no checklist %q", ErrDefinition, id)
}

// ChecklistResult is an organisation's answers to a checklist.
type ChecklistResult struct {
	Met     []string `json:"met,omitempty"`
	Missing []string `json:"missing,omitempty"`
	Unknown []string `json:"unknown,omitempty"` // labels; partly is missing
	Share   Interval `json:"share"`
}

// Answer goes through the items by number. Numbers outside the list and other answers
// are errors.
func (c Checklist) Answer(answers map[int]Answer) (ChecklistResult, error) {
	var r ChecklistResult
	var errs []error
	numbers := make([]int, 0, len(answers))
	for n := range answers {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	for _, n := range numbers {
		if n < 1 || n > len(c.Items) || !answers[n].Valid() {
			errs = append(errs, fmt.Errorf("%w: %s item %d: %q", ErrAnswer, c.ID, n, answers[n]))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return r, err
	}
	var as []Answer
	for i, label := range c.Items {
		a := answers[i+1]
		as = append(as, a)
		switch a {
		case Yes:
			r.Met = append(r.Met, label)
		case Unknown:
			r.Unknown = append(r.Unknown, label)
		default:
			r.Missing = append(r.Missing, label)
		}
	}
	r.Share = interval(as)
	return r, nil
}

// ItemShare is how many organisations of a portfolio have an item.
type ItemShare struct {
	Item  string        `json:"item"`
	Share registry.Rate `json:"share"` // that have it, of those whose answer is known
	Rank  int           `json:"rank"`  // competition rank by share: 1, 2, 2, 4
	Dense int           `json:"dense"` // dense rank: 1, 2, 2, 3
}

// Portfolio ranks the items of a checklist by how common they are among organisations:
// partly is not having it, as in [Checklist.Answer], and unknown answers don't count. Ties
// keep the checklist's order; items that nobody answered come last. Faults of all
// organisations are [ErrAnswer], each by its place from 1.
func (c Checklist) Portfolio(organisations []map[int]Answer) ([]ItemShare, error) {
	var errs []error
	for i, o := range organisations {
		if _, err := c.Answer(o); err != nil {
			errs = append(errs, fmt.Errorf("organisation %d: %w", i+1, err))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	out := make([]ItemShare, len(c.Items))
	for i, label := range c.Items {
		s := &out[i]
		s.Item = label
		for _, o := range organisations {
			switch o[i+1] {
			case Unknown:
			case Yes:
				s.Share.Num++
				s.Share.Den++
			default:
				s.Share.Den++
			}
		}
	}
	slices.SortStableFunc(out, func(a, b ItemShare) int { return b.Share.Cmp(a.Share) })
	for i := range out {
		s := &out[i]
		s.Rank, s.Dense = i+1, 1
		if i > 0 {
			before := &out[i-1]
			if s.Dense = before.Dense + 1; s.Share.Cmp(before.Share) == 0 {
				s.Rank, s.Dense = before.Rank, before.Dense
			}
		}
	}
	return out, nil
}
