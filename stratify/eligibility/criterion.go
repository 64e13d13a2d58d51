package eligibility

import (
	"errors"
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
)

// Definition is the programme as a definition on patients' charts, to be bound like any
// other and asked over a period whose last day is the index date. Age is read from the
// birth date; for each other input the caller gives a definition that answers it (for a
// number: that it is at least what the programme asks, as [Prior.Definition] does).
// [ErrParameter] lists every input without one. On a chart what is not found is not met;
// the finding says NotFound. Use [Programme.Evaluate] to tell "no" from "cannot tell".
func (p *Programme) Definition(answers map[Input]registry.Definition) (registry.Definition, error) {
	var errs []error
	for _, i := range p.Inputs() {
		if i != Age && answers[i] == nil {
			errs = append(errs, fmt.Errorf("%w: %s: no definition answers %q", ErrParameter, p.ID, i))
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	var routes registry.Any
	for _, r := range p.Routes {
		var all registry.All
		for _, c := range r.All {
			var d registry.Definition = registry.AgeAt{At: registry.PeriodEnd(), Min: c.Min}
			if c.Input != Age {
				d = registry.Named{Name: c.String(), Of: answers[c.Input]}
			}
			if c.Not {
				d = registry.Not{Of: d}
			}
			all = append(all, d)
		}
		routes = append(routes, registry.Named{Name: r.Name, Of: all})
	}
	return registry.Named{Name: p.Name, Of: routes}, nil
}

// FirstOf is the level, counted from 1, of the first criterion that holds, the top level's
// first; 0 when none holds. It is what a person's Rule in stratify/tier asks: levels of care by
// criteria on the chart, without a score.
func FirstOf(c *registry.Chart, period registry.Period, levels ...registry.Criterion) int {
	for i, x := range levels {
		if x != nil && x.Holds(c, period) {
			return i + 1
		}
	}
	return 0
}
