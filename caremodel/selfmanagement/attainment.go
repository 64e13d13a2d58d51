package selfmanagement

import (
	"errors"
	"fmt"
	"math"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

// Attained is how far one goal was attained, on the scale of goal attainment scaling.
type Attained struct {
	Goal   string `json:"goal"`
	Level  int    `json:"level"`  // -2 much less than expected, 0 as expected, 2 much more
	Weight int    `json:"weight"` // at least 1; 0 is 1
}

// Attainment combines goals by goal attainment scaling: T = 50 + 10 Σwx / √((1-ρ)Σw² +
// ρ(Σw)²), 50 when every goal is attained as expected (Kiresuk and Sherman 1968). The
// correlation ρ of the goals is 3/10 when it is the zero Rate, by common practice, which
// was not confirmed. No goals, levels outside -2 to 2, negative weights and a correlation
// outside 0 to 1 are [caremodel.ErrAnswer], all named.
func Attainment(goals []Attained, correlation registry.Rate) (float64, error) {
	if correlation == (registry.Rate{}) {
		correlation = registry.Rate{Num: 3, Den: 10}
	}
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w: goal attainment: %s", caremodel.ErrAnswer, fmt.Sprintf(format, args...)))
	}
	if len(goals) == 0 {
		bad("no goals")
	}
	if !correlation.Proportion() {
		bad("a correlation of %d/%d", correlation.Num, correlation.Den)
	}
	var wx, w, ww float64
	for _, g := range goals {
		if g.Level < -2 || g.Level > 2 || g.Weight < 0 {
			bad("goal %q has level %d and weight %d", g.Goal, g.Level, g.Weight)
		}
		weight := float64(max(g.Weight, 1))
		wx, w, ww = wx+weight*float64(g.Level), w+weight, ww+weight*weight
	}
	if err := errors.Join(errs...); err != nil {
		return 0, err
	}
	rho := float64(correlation.Num) / float64(correlation.Den)
	return 50 + 10*wx/math.Sqrt((1-rho)*ww+rho*w*w), nil
}
