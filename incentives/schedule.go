package incentives

import (
	"errors"
	"fmt"
)

// Direction says which way is better. It reverses comparisons; it never subtracts
// from 1.
type Direction bool

// Directions.
const (
	HigherIsBetter Direction = false
	LowerIsBetter  Direction = true
)

// better compares two values: positive when a is better than b.
func (d Direction) better(a, b Exact) int {
	if d == LowerIsBetter {
		return b.Cmp(a)
	}
	return a.Cmp(b)
}

// Schedule turns a performance value into points or a share. Check reports every
// fault of its parameters.
type Schedule interface {
	Points(p Exact) Exact
	Check() error
}

// Threshold pays Full when the target is reached, and nothing otherwise.
type Threshold struct {
	Target Exact
	Strict bool // the value must be better than the target, not equal to it
	Better Direction
	Full   Exact
}

// Met reports whether the target is reached.
func (s Threshold) Met(p Exact) bool {
	c := s.Better.better(p, s.Target)
	return c > 0 || c == 0 && !s.Strict
}

// Points implements Schedule.
func (s Threshold) Points(p Exact) Exact {
	if s.Met(p) {
		return s.Full
	}
	return Exact{}
}

// Check implements Schedule: any target will do.
func (s Threshold) Check() error { return nil }

// Linear pays 0 up to Lower, Full from Upper on, and in proportion between them. For
// lower-is-better, Lower is the worse end and larger than Upper.
type Linear struct {
	Lower, Upper Exact
	Full         Exact
	Better       Direction
}

// Points implements Schedule.
func (s Linear) Points(p Exact) Exact {
	switch {
	case s.Better.better(p, s.Lower) <= 0:
		return Exact{}
	case s.Better.better(p, s.Upper) >= 0:
		return s.Full
	}
	return s.Full.Mul(p.Sub(s.Lower)).Quo(s.Upper.Sub(s.Lower))
}

// Check implements Schedule.
func (s Linear) Check() error {
	switch s.Better.better(s.Upper, s.Lower) {
	case 0:
		return fmt.Errorf("%w: linear from %s to %s; use a threshold", ErrZeroWidth, s.Lower, s.Upper)
	case -1:
		return fmt.Errorf("%w: linear from %s to %s", ErrThresholdOrder, s.Lower, s.Upper)
	}
	return nil
}

// Step is a floor of a ladder and what it is worth.
type Step struct{ Floor, Value Exact }

// Ladder pays the value of the best floor reached. Steps go from the worst floor to
// the best.
type Ladder struct {
	Steps      []Step
	Base       Exact // below the first floor
	Strict     bool  // a value exactly on a floor has not reached it
	Cumulative bool  // the steps reached add up
	Better     Direction
}

// Tier is the number of floors reached.
func (s Ladder) Tier(p Exact) int {
	n := 0
	for _, x := range s.Steps {
		c := s.Better.better(p, x.Floor)
		if c < 0 || c == 0 && s.Strict {
			break
		}
		n++
	}
	return n
}

// Points implements Schedule.
func (s Ladder) Points(p Exact) Exact {
	n := s.Tier(p)
	if s.Cumulative {
		sum := s.Base
		for _, x := range s.Steps[:n] {
			sum = sum.Add(x.Value)
		}
		return sum
	}
	if n == 0 {
		return s.Base
	}
	return s.Steps[n-1].Value
}

// Check implements Schedule.
func (s Ladder) Check() error {
	var errs []error
	if len(s.Steps) == 0 {
		errs = append(errs, fmt.Errorf("%w: a ladder without steps", ErrThresholdOrder))
	}
	for i := 1; i < len(s.Steps); i++ {
		if s.Better.better(s.Steps[i].Floor, s.Steps[i-1].Floor) <= 0 {
			errs = append(errs, fmt.Errorf("%w: floor %s after %s", ErrThresholdOrder, s.Steps[i].Floor, s.Steps[i-1].Floor))
		}
	}
	return errors.Join(errs...)
}

// Knot is a point of a polyline.
type Knot struct{ X, Y Exact }

// Polyline runs straight between its knots, and flat beyond the first and the last.
// Two knots of one X are a jump: at X itself the value is that of the second, or of
// the first when FromLeft.
type Polyline struct {
	Knots    []Knot
	FromLeft bool
}

// Points implements Schedule.
func (s Polyline) Points(p Exact) Exact {
	k := s.Knots
	if len(k) == 0 {
		return Exact{}
	}
	at := 0 // the last knot at or before p
	for at < len(k) && k[at].X.Cmp(p) <= 0 {
		at++
	}
	at--
	if at < 0 {
		return k[0].Y
	}
	if k[at].X.Cmp(p) == 0 {
		if s.FromLeft && at > 0 && k[at-1].X.Cmp(p) == 0 {
			return k[at-1].Y
		}
		return k[at].Y
	}
	if at == len(k)-1 {
		return k[at].Y
	}
	a, b := k[at], k[at+1]
	return a.Y.Add(b.Y.Sub(a.Y).Mul(p.Sub(a.X)).Quo(b.X.Sub(a.X)))
}

// Check implements Schedule.
func (s Polyline) Check() error {
	var errs []error
	if len(s.Knots) < 2 {
		errs = append(errs, fmt.Errorf("%w: a polyline of %d knots", ErrThresholdOrder, len(s.Knots)))
	}
	for i := 1; i < len(s.Knots); i++ {
		c := s.Knots[i].X.Cmp(s.Knots[i-1].X)
		if c < 0 || c == 0 && i > 1 && s.Knots[i-2].X.Cmp(s.Knots[i].X) == 0 {
			errs = append(errs, fmt.Errorf("%w: knot at %s after %s", ErrThresholdOrder, s.Knots[i].X, s.Knots[i-1].X))
		}
	}
	return errors.Join(errs...)
}

// Deciles scores by where a value lies between the lower bounds of deciles 2 to 10,
// all inclusive: the decile, plus the fraction of the way to the next.
type Deciles struct {
	Bounds  [9]Exact // of deciles 2 to 10
	Inverse bool     // lower is better
	Floor   *Exact   // least points, when there is one
	Cap     *Exact   // most points, of a topped-out measure
	Round   Rounding // of the points; no mode: exact
}

// Decile is the decile reached, 1 to 10, and the fraction within it; scored is false
// below decile 2, where no fraction is defined.
func (s Deciles) Decile(p Exact) (decile int, fraction Exact, scored bool) {
	dir := Direction(s.Inverse)
	at := -1
	for i, b := range s.Bounds {
		if dir.better(p, b) >= 0 {
			at = i
		}
	}
	switch {
	case at < 0:
		return 1, Exact{}, false
	case at == 8:
		return 10, Exact{}, true
	}
	return at + 2, p.Sub(s.Bounds[at]).Quo(s.Bounds[at+1].Sub(s.Bounds[at])), true
}

// Score gives the points; ok is false below decile 2 without a floor.
func (s Deciles) Score(p Exact) (points Exact, ok bool) {
	d, fraction, scored := s.Decile(p)
	if !scored && s.Floor == nil {
		return Exact{}, false
	}
	x := Exact{}
	if scored {
		x = Int(int64(d)).Add(fraction)
	}
	if s.Round.Mode != NoMode {
		x = x.Round(s.Round)
	}
	if s.Floor != nil {
		x = x.Max(*s.Floor)
	}
	if s.Cap != nil {
		x = x.Min(*s.Cap)
	}
	return x, true
}

// Points implements Schedule; a value that is not scored gives 0: see Score.
func (s Deciles) Points(p Exact) Exact {
	x, _ := s.Score(p)
	return x
}

// Check implements Schedule. Equal bounds are empty deciles and allowed.
func (s Deciles) Check() error {
	var errs []error
	for i := 1; i < len(s.Bounds); i++ {
		if Direction(s.Inverse).better(s.Bounds[i], s.Bounds[i-1]) < 0 {
			errs = append(errs, fmt.Errorf("%w: decile %d starts at %s, decile %d at %s", ErrThresholdOrder, i+2, s.Bounds[i], i+1, s.Bounds[i-1]))
		}
	}
	if s.Round.Mode != NoMode {
		errs = append(errs, s.Round.fault())
	}
	return errors.Join(errs...)
}

// AchieveImprove scores the better of achievement (against a threshold and a
// benchmark) and improvement (against one's own baseline). Which way is better
// follows from the sign of Benchmark - Threshold.
type AchieveImprove struct {
	Threshold, Benchmark Exact
	AchieveSlope         Exact // multiplies (p - threshold)/(benchmark - threshold)
	AchieveOffset        Exact
	AchieveMax           Exact
	ImproveSlope         Exact
	ImproveOffset        Exact
	ImproveMax           Exact
	Round                Rounding // of either score; no mode: exact
}

// AchieveImproveScore is both scores and the better one. nil is "cannot be scored".
type AchieveImproveScore struct {
	Achievement, Improvement, Score *Exact
}

// Score computes both scores. A nil performance cannot be scored for achievement,
// and then not at all; a nil baseline not for improvement.
func (s AchieveImprove) Score(p, baseline *Exact) AchieveImproveScore {
	if p == nil {
		return AchieveImproveScore{}
	}
	dir := HigherIsBetter
	if s.Benchmark.Cmp(s.Threshold) < 0 {
		dir = LowerIsBetter
	}
	round := func(x Exact) Exact {
		if s.Round.Mode == NoMode {
			return x
		}
		return x.Round(s.Round)
	}
	var a Exact
	switch {
	case dir.better(*p, s.Benchmark) >= 0:
		a = s.AchieveMax
	case dir.better(s.Threshold, *p) > 0:
	default: // multiply before dividing: the rounding sees the exact value
		a = round(s.AchieveSlope.Mul(p.Sub(s.Threshold)).Quo(s.Benchmark.Sub(s.Threshold)).Add(s.AchieveOffset))
	}
	out := AchieveImproveScore{Achievement: &a, Score: &a}
	if baseline == nil {
		return out
	}
	var i Exact
	switch {
	case dir.better(*p, s.Benchmark) >= 0:
		i = s.ImproveMax
	case dir.better(*p, *baseline) <= 0:
	default: // the baseline is worse than p, and p than the benchmark: no zero below
		i = round(s.ImproveSlope.Mul(p.Sub(*baseline)).Quo(s.Benchmark.Sub(*baseline)).Add(s.ImproveOffset)).Clamp(Exact{}, s.ImproveMax)
	}
	out.Improvement = &i
	best := a.Max(i)
	out.Score = &best
	return out
}

// Check reports a benchmark that equals the threshold, and faulty rounding.
func (s AchieveImprove) Check() error {
	var errs []error
	if s.Benchmark.Cmp(s.Threshold) == 0 {
		errs = append(errs, fmt.Errorf("%w: benchmark and threshold are both %s", ErrZeroWidth, s.Threshold))
	}
	if s.Round.Mode != NoMode {
		errs = append(errs, s.Round.fault())
	}
	return errors.Join(errs...)
}

// GapClosing is a personal target: from the baseline a fraction of the way to the
// goal, at least MinStep, and not beyond the goal.
type GapClosing struct {
	Fraction, Goal, MinStep Exact
}

// Target is the improvement target for a baseline. Whoever stands at the goal or
// beyond it keeps the goal.
func (s GapClosing) Target(baseline Exact) Exact {
	gap := s.Goal.Sub(baseline)
	step := gap.Mul(s.Fraction)
	if gap.Sign() >= 0 {
		return baseline.Add(step.Max(s.MinStep)).Min(s.Goal)
	}
	// lower is better
	return baseline.Add(step.Min(s.MinStep.Neg())).Max(s.Goal)
}

// Check reports a fraction outside 0 to 1 and a negative step.
func (s GapClosing) Check() error {
	if s.Fraction.Sign() < 0 || s.Fraction.Cmp(Int(1)) > 0 || s.MinStep.Sign() < 0 {
		return fmt.Errorf("%w: a fraction of %s, a step of %s", ErrRange, s.Fraction, s.MinStep)
	}
	return nil
}

// Grid is a table of two classifiers.
type Grid struct {
	Rows, Columns []string
	Cells         [][]Cell // by row, then column
}

// Cell is a percentage, or a multiple of a factor x that is solved afterwards.
type Cell struct {
	Value Exact
	OfX   bool
}

// At finds a cell; a class that the grid lacks is an ErrLookup.
func (g Grid) At(row, column string) (Cell, error) {
	for i, r := range g.Rows {
		for k, c := range g.Columns {
			if r == row && c == column && i < len(g.Cells) && k < len(g.Cells[i]) {
				return g.Cells[i][k], nil
			}
		}
	}
	return Cell{}, fmt.Errorf("%w: %q, %q", ErrLookup, row, column)
}

// Check reports rows or columns that are missing or repeated.
func (g Grid) Check() error {
	var errs []error
	if len(g.Cells) != len(g.Rows) {
		errs = append(errs, fmt.Errorf("%w: %d rows of cells for %d rows", ErrLookup, len(g.Cells), len(g.Rows)))
	}
	for i, r := range g.Cells {
		if len(r) != len(g.Columns) {
			errs = append(errs, fmt.Errorf("%w: row %d has %d cells for %d columns", ErrLookup, i, len(r), len(g.Columns)))
		}
	}
	for _, names := range [][]string{g.Rows, g.Columns} {
		seen := map[string]bool{}
		for _, n := range names {
			if seen[n] {
				errs = append(errs, fmt.Errorf("%w: class %q", ErrDuplicate, n))
			}
			seen[n] = true
		}
	}
	return errors.Join(errs...)
}

// Band is a layer of an amount and the share that is paid of it.
type Band struct {
	From  Exact // where the layer begins; it ends where the next begins
	Share Exact
}

// Bands pay layer by layer: corridors of shared savings, stop-loss layers.
type Bands []Band

// Of is the sum over the layers of an amount that is not negative.
func (b Bands) Of(amount Exact) Exact {
	var sum Exact
	for i, x := range b {
		top := amount
		if i+1 < len(b) {
			top = top.Min(b[i+1].From)
		}
		if top.Cmp(x.From) > 0 {
			sum = sum.Add(top.Sub(x.From).Mul(x.Share))
		}
	}
	return sum
}

// Check reports layers out of order and shares outside 0 to 1.
func (b Bands) Check() error {
	var errs []error
	for i, x := range b {
		if i > 0 && x.From.Cmp(b[i-1].From) <= 0 || x.From.Sign() < 0 {
			errs = append(errs, fmt.Errorf("%w: layer %d begins at %s", ErrThresholdOrder, i, x.From))
		}
		if x.Share.Sign() < 0 || x.Share.Cmp(Int(1)) > 0 {
			errs = append(errs, fmt.Errorf("%w: layer %d pays %s", ErrRange, i, x.Share))
		}
	}
	return errors.Join(errs...)
}
