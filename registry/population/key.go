package population

import (
	"errors"
	"fmt"
	"slices"

	"github.com/chroniccare/chroniccare/registry"
)

// ErrDefinition is wrapped by every error about keys, bands and lists.
var ErrDefinition = errors.New("population: definition")

// Unknown names the cell of people whose value is not known.
const Unknown = "unknown"

// Cell is a named question of a key.
type Cell[P any] struct {
	Name string
	In   func(P) bool
}

// Key sorts people into cells: by Of, which gives the name of a person's cell ("" is
// unknown), or by Cells, of which the first that holds counts, unless they Overlap.
type Key[P any] struct {
	Name string
	// Order lists the cells in the order in which they are shown, also those that stay
	// empty. Names that Of gives besides come after them, sorted.
	Order []string
	Of    func(P) string
	Cells []Cell[P]
	// Overlap says that a person may be in several cells: tables count them in each and
	// have no totals. Without it a person in several cells is counted in the first and
	// reported.
	Overlap bool
}

func (k *Key[P]) check() (errs []error) {
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w: key %q: %s", ErrDefinition, k.Name, fmt.Sprintf(format, args...)))
	}
	if k.Name == "" {
		bad("no name")
	}
	if (k.Of == nil) == (len(k.Cells) == 0) {
		bad("exactly one of Of and Cells is needed")
	}
	if k.Overlap && k.Of != nil {
		bad("Of gives one cell and can't overlap")
	}
	names := slices.Clone(k.Order)
	for _, c := range k.Cells {
		if c.In == nil {
			bad("cell %q has no question", c.Name)
		}
		names = append(names, c.Name)
	}
	for i, n := range names {
		switch {
		case n == "":
			bad("a cell without a name")
		case n == Unknown:
			bad("the cell %q makes itself", Unknown)
		case slices.Contains(names[:i], n):
			bad("cell %q twice", n)
		}
	}
	return errs
}

// of appends the cells of a person; several means that a partition is none.
func (k *Key[P]) of(p P, dst []string) (cells []string, several bool) {
	if k.Of != nil {
		s := k.Of(p)
		if s == "" {
			s = Unknown
		}
		return append(dst, s), false
	}
	n := len(dst)
	for _, c := range k.Cells {
		if !c.In(p) {
			continue
		}
		if len(dst) > n && !k.Overlap {
			return dst, true
		}
		dst = append(dst, c.Name)
	}
	if len(dst) == n {
		dst = append(dst, Unknown)
	}
	return dst, false
}

// order is the names of the cells: as declared, then others, then unknown when
// somebody is in it.
func (k *Key[P]) order(seen map[string]bool) []string {
	out := slices.Clone(k.Order)
	for _, c := range k.Cells {
		out = append(out, c.Name)
	}
	var more []string
	for s := range seen {
		if s != Unknown && !slices.Contains(out, s) {
			more = append(more, s)
		}
	}
	slices.Sort(more)
	out = append(out, more...)
	if seen[Unknown] {
		out = append(out, Unknown)
	}
	return out
}

// Band is a range of values, From in it and To not; nil is open.
type Band struct {
	Name     string
	From, To *registry.Number
}

// Bands makes a key of a measured value, in canonical unit. The bands must follow one
// another without gap or overlap; people without a value, or outside the bands when
// their ends are closed, are unknown.
func Bands[P any](name string, value func(P) (registry.Number, bool), bands ...Band) (Key[P], error) {
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w: key %q: %s", ErrDefinition, name, fmt.Sprintf(format, args...)))
	}
	if len(bands) == 0 || value == nil {
		bad("no bands, or no value")
	}
	k := Key[P]{Name: name}
	for i, b := range bands {
		k.Order = append(k.Order, b.Name)
		if b.From != nil && b.To != nil && b.From.Cmp(*b.To) >= 0 {
			bad("band %q ends before it starts", b.Name)
		}
		if i == 0 {
			continue
		}
		switch a := bands[i-1]; {
		case a.To == nil || b.From == nil || a.To.Cmp(*b.From) > 0:
			bad("bands %q and %q overlap", a.Name, b.Name)
		case a.To.Cmp(*b.From) < 0:
			bad("a gap between bands %q and %q", a.Name, b.Name)
		}
	}
	k.Of = func(p P) string {
		v, ok := value(p)
		for _, b := range bands {
			if ok && (b.From == nil || v.Cmp(*b.From) >= 0) && (b.To == nil || v.Cmp(*b.To) < 0) {
				return b.Name
			}
		}
		return ""
	}
	errs = append(errs, k.check()...)
	return k, errors.Join(errs...)
}
