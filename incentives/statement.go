package incentives

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strings"
)

// Evidence says how well a parameter or a rule is known.
type Evidence string

// Evidence labels.
const (
	Published   Evidence = "published"   // by the scheme's owner, a regulator, or in a peer-reviewed paper
	Secondary   Evidence = "secondary"   // by a third party
	Derived     Evidence = "derived"     // our arithmetic on a published rule
	Unconfirmed Evidence = "unconfirmed" // commonly described, no text read: only with an explicit opt-in
	OfCaller    Evidence = "caller"      // the source gives none: the caller chose it
)

// Currency is the unit of money and the decimal places of its smallest coin.
type Currency struct {
	Code   string `json:"code"`
	Places int    `json:"places"`
}

// GBP is the pound sterling.
func GBP() Currency { return Currency{"GBP", 2} }

// USD is the US dollar.
func USD() Currency { return Currency{"USD", 2} }

// EUR is the euro.
func EUR() Currency { return Currency{"EUR", 2} }

// Amount of minor units as text, such as 1234 pence as "12.34".
func (c Currency) Amount(minor int64) string {
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(c.Places)), nil)
	return Exact{new(big.Rat).SetFrac(big.NewInt(minor), scale)}.Fixed(c.Places)
}

// Minor is an exact amount in minor units, rounded.
func (c Currency) Minor(x Exact, m Mode) (int64, error) {
	if c.Places < 0 || c.Places > 4 || c.Code == "" {
		return 0, fmt.Errorf("%w: %q with %d places", ErrCurrency, c.Code, c.Places)
	}
	r := Rounding{m, 0}
	if err := r.fault(); err != nil {
		return 0, err
	}
	scale := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(c.Places)), nil))
	n := Exact{new(big.Rat).Mul(x.rat(), scale)}.Round(r).rat().Num()
	if !n.IsInt64() {
		return 0, fmt.Errorf("%w: %s", ErrMagnitude, x.Fixed(0))
	}
	return n.Int64(), nil
}

// Op is an operation of a trace.
type Op string

// Operations. Each can be replayed from its operands alone.
const (
	OpGiven    Op = "given"    // the first operand is an input
	OpSum      Op = "sum"      // of all operands
	OpDiff     Op = "diff"     // the first less all others
	OpProduct  Op = "product"  // of all operands
	OpQuotient Op = "quotient" // the first by the second
	OpMin      Op = "min"
	OpMax      Op = "max"
	OpRoot     Op = "root" // the square root of the first to 16 places, half up
)

// Operand is a named input of a step.
type Operand struct {
	Name  string `json:"name"`
	Value Exact  `json:"value"`
}

// TraceStep is one operation of an audit trace.
type TraceStep struct {
	Op       Op        `json:"op"`
	Operands []Operand `json:"operands"`
	Rounding *Rounding `json:"rounding,omitempty"`
	Result   Exact     `json:"result"`
	Clause   string    `json:"clause,omitempty"` // of the scheme
}

// Replay computes the step again from its operands.
func (s TraceStep) Replay() (Exact, error) {
	if len(s.Operands) == 0 {
		return Exact{}, fmt.Errorf("%w: step %q without operands", ErrParameter, s.Op)
	}
	x := s.Operands[0].Value
	rest := s.Operands[1:]
	switch s.Op {
	case OpGiven:
	case OpSum, OpDiff, OpProduct, OpMin, OpMax:
		for _, o := range rest {
			switch s.Op {
			case OpSum:
				x = x.Add(o.Value)
			case OpDiff:
				x = x.Sub(o.Value)
			case OpProduct:
				x = x.Mul(o.Value)
			case OpMin:
				x = x.Min(o.Value)
			case OpMax:
				x = x.Max(o.Value)
			}
		}
	case OpQuotient:
		if len(rest) != 1 || rest[0].Value.Sign() == 0 {
			return Exact{}, fmt.Errorf("%w: step quotient", ErrDivision)
		}
		x = x.Quo(rest[0].Value)
	case OpRoot:
		x = x.SquareRoot(16)
	default:
		return Exact{}, fmt.Errorf("%w: step %q", ErrParameter, s.Op)
	}
	if s.Rounding != nil {
		if err := s.Rounding.fault(); err != nil {
			return Exact{}, err
		}
		x = x.Round(*s.Rounding)
	}
	return x, nil
}

// Trace records a calculation step by step. Every operation returns its result.
type Trace struct{ Steps []TraceStep }

// Do performs an operation, records it and returns the result. An operation that is
// impossible, such as a quotient by 0, records nothing and gives 0: schemes rule it out.
func (t *Trace) Do(clause string, op Op, r *Rounding, operands ...Operand) Exact {
	s := TraceStep{Op: op, Operands: operands, Rounding: r, Clause: clause}
	x, err := s.Replay()
	if err != nil {
		return Exact{}
	}
	s.Result = x
	t.Steps = append(t.Steps, s)
	return x
}

// LineStatus says what became of a line.
type LineStatus string

// Line statuses.
const (
	Paid            LineStatus = "paid"
	NotScored       LineStatus = "not scored"
	Gated           LineStatus = "gated"            // what would have been paid stands in the basis
	ProtectedIncome LineStatus = "protected income" // paid whatever the result
	RoundingLine    LineStatus = "rounding"         // the difference of rounding the total, not the lines
)

// Line is one item of a statement.
type Line struct {
	ID        string      `json:"id"`
	Component string      `json:"component"`
	Status    LineStatus  `json:"status"`
	Reason    string      `json:"reason,omitempty"`
	Points    *Exact      `json:"points,omitempty"` // before money
	Maximum   *Exact      `json:"maximum,omitempty"`
	Exact     Exact       `json:"exact"` // before rounding to money
	Minor     int64       `json:"-"`
	Amount    string      `json:"amount"`
	Clause    string      `json:"clause,omitempty"`
	Evidence  Evidence    `json:"evidence,omitempty"`
	Steps     []TraceStep `json:"steps,omitempty"`
}

// Statement is the result of a scheme: itemised, with totals that reconcile by
// construction.
type Statement struct {
	Scheme   string   `json:"scheme"`
	Version  string   `json:"version"`
	Period   string   `json:"period"`
	Party    string   `json:"party"`
	Currency Currency `json:"currency"`
	Lines    []Line   `json:"lines"`

	TotalMinor         int64    `json:"-"`
	PaidMinor          int64    `json:"-"`
	UndistributedMinor int64    `json:"-"`
	Findings           []string `json:"findings,omitempty"`
}

// Add rounds a line's exact amount to money and puts it on the statement.
func (s *Statement) Add(l Line, m Mode) error {
	minor, err := s.Currency.Minor(l.Exact, m)
	if err != nil {
		return fmt.Errorf("line %s: %w", l.ID, err)
	}
	if l.Status == NotScored || l.Status == Gated {
		minor = 0
	}
	l.Minor, l.Amount = minor, s.Currency.Amount(minor)
	sum := s.TotalMinor + minor
	if minor > 0 && sum < s.TotalMinor || minor < 0 && sum > s.TotalMinor {
		return fmt.Errorf("line %s: %w: the total overflows", l.ID, ErrMagnitude)
	}
	s.Lines = append(s.Lines, l)
	s.TotalMinor = sum
	return nil
}

// RoundTotal makes the total the rounded sum of the exact lines; a line of its own
// carries the difference to the rounded lines.
func (s *Statement) RoundTotal(r Rounding) error {
	var sum Exact
	for _, l := range s.Lines {
		if l.Status != NotScored && l.Status != Gated {
			sum = sum.Add(l.Exact)
		}
	}
	if err := r.fault(); err != nil {
		return err
	}
	minor, err := s.Currency.Minor(sum.Round(r), Down)
	if err != nil {
		return err
	}
	if d := minor - s.TotalMinor; d != 0 {
		x := Exact{new(big.Rat).SetFrac(big.NewInt(d), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(s.Currency.Places)), nil))}
		return s.Add(Line{ID: "rounding", Component: "rounding of the total", Status: RoundingLine, Exact: x, Clause: r.String()}, Down)
	}
	return nil
}

// BalanceMinor is the total less what was already paid; negative is to be paid back.
func (s *Statement) BalanceMinor() int64 { return s.TotalMinor - s.PaidMinor }

// Reconcile checks that the lines add up to the total and that every step can be
// replayed to its result.
func (s *Statement) Reconcile() error {
	var errs []error
	sum := int64(0)
	for _, l := range s.Lines {
		sum += l.Minor
		for i, st := range l.Steps {
			x, err := st.Replay()
			if err != nil {
				errs = append(errs, fmt.Errorf("line %s step %d: %w", l.ID, i, err))
			} else if !x.Equal(st.Result) {
				errs = append(errs, fmt.Errorf("%w: line %s step %d gives %s, not %s", ErrParameter, l.ID, i, x, st.Result))
			}
		}
		if n := len(l.Steps); n > 0 && !l.Steps[n-1].Result.Equal(l.Exact) {
			errs = append(errs, fmt.Errorf("%w: the steps of line %s end in %s, not %s", ErrParameter, l.ID, l.Steps[n-1].Result, l.Exact))
		}
		if off := l.Exact.Mul(Int(pow10(s.Currency.Places))).Sub(Int(l.Minor)); l.Status != NotScored && l.Status != Gated && (off.Cmp(Int(1)) >= 0 || off.Cmp(Int(-1)) <= 0) {
			errs = append(errs, fmt.Errorf("%w: line %s pays %s of %s", ErrParameter, l.ID, l.Amount, l.Exact))
		}
		if l.Amount != s.Currency.Amount(l.Minor) {
			errs = append(errs, fmt.Errorf("%w: line %s says %s", ErrParameter, l.ID, l.Amount))
		}
	}
	if sum != s.TotalMinor {
		errs = append(errs, fmt.Errorf("%w: lines add up to %d, the total is %d", ErrParameter, sum, s.TotalMinor))
	}
	return errors.Join(errs...)
}

func pow10(n int) int64 {
	p := int64(1)
	for range min(max(n, 0), 4) {
		p *= 10
	}
	return p
}

type statementJSON struct {
	statement
	Total         string `json:"total"`
	AlreadyPaid   string `json:"already_paid"`
	Balance       string `json:"balance"`
	Undistributed string `json:"undistributed"`
}

type statement Statement

// MarshalJSON writes the fields in a fixed order, money as text with fixed places.
func (s Statement) MarshalJSON() ([]byte, error) {
	c := s.Currency
	return json.Marshal(statementJSON{statement(s), c.Amount(s.TotalMinor), c.Amount(s.PaidMinor), c.Amount(s.BalanceMinor()), c.Amount(s.UndistributedMinor)})
}

// UnmarshalJSON reads what MarshalJSON wrote, replays every step and reconciles:
// a statement that does not add up is an error.
func (s *Statement) UnmarshalJSON(data []byte) error {
	var j statementJSON
	if err := json.Unmarshal(data, &j); err != nil {
		return err
	}
	*s = Statement(j.statement)
	minor := func(text string, to *int64) error {
		x, err := Parse(text)
		if err != nil {
			return err
		}
		n, err := s.Currency.Minor(x, Down)
		if err == nil && s.Currency.Amount(n) != text {
			err = fmt.Errorf("%w: %q", ErrCurrency, text)
		}
		*to = n
		return err
	}
	errs := []error{minor(j.Total, &s.TotalMinor), minor(j.AlreadyPaid, &s.PaidMinor), minor(j.Undistributed, &s.UndistributedMinor)}
	for i := range s.Lines {
		errs = append(errs, minor(s.Lines[i].Amount, &s.Lines[i].Minor))
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return s.Reconcile()
}

// pointsText gives a line's points, of how many if that is known.
func (l *Line) pointsText() string {
	if l.Points == nil {
		return ""
	}
	r := Rounding{HalfAwayFromZero, 2}
	if l.Maximum == nil {
		return l.Points.Round(r).Fixed(2)
	}
	return l.Points.Round(r).Fixed(2) + " of " + l.Maximum.Round(r).Fixed(2)
}

// Text is the statement for people.
func (s *Statement) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s, %s: %s\n", s.Scheme, s.Version, s.Period, s.Party)
	width, across := len("total"), 18
	if s.PaidMinor != 0 {
		width = len("already paid")
	}
	for _, l := range s.Lines {
		width, across = max(width, len(l.ID)), max(across, len(l.pointsText()))
	}
	for _, l := range s.Lines {
		note := ""
		if l.Status != Paid {
			note = " (" + string(l.Status)
			if l.Reason != "" {
				note += ": " + l.Reason
			}
			note += ")"
		}
		fmt.Fprintf(&b, "  %-*s  %-*s %12s %s%s\n", width, l.ID, across, l.pointsText(), l.Amount, s.Currency.Code, note)
	}
	fmt.Fprintf(&b, "  %-*s  %-*s %12s %s\n", width, "total", across, "", s.Currency.Amount(s.TotalMinor), s.Currency.Code)
	if s.PaidMinor != 0 {
		fmt.Fprintf(&b, "  %-*s  %-*s %12s %s\n", width, "already paid", across, "", s.Currency.Amount(s.PaidMinor), s.Currency.Code)
		fmt.Fprintf(&b, "  %-*s  %-*s %12s %s\n", width, "balance", across, "", s.Currency.Amount(s.BalanceMinor()), s.Currency.Code)
	}
	for _, f := range s.Findings {
		fmt.Fprintf(&b, "  note: %s\n", f)
	}
	return b.String()
}
