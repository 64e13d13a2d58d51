package registry

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Benefit is a bit set of what a coverage pays for.
type Benefit uint16

// Benefits.
const (
	Medical Benefit = 1 << iota
	Pharmacy
	MentalHealth
	ChemicalDependency
	Dental
	PartA // hospital insurance of Medicare
	PartB // medical insurance of Medicare
)

var benefitNames = []string{"medical", "pharmacy", "mental health", "chemical dependency", "dental", "part A", "part B"}

// Has reports whether all of the wanted benefits are covered.
func (b Benefit) Has(want Benefit) bool { return b&want == want }

// String lists the benefits.
func (b Benefit) String() string {
	var s []string
	for i, n := range benefitNames {
		if b&(1<<i) != 0 {
			s = append(s, n)
		}
	}
	if len(s) == 0 {
		return "no benefit"
	}
	return strings.Join(s, ", ")
}

// Product lines, as [Enrolment] names them.
const (
	Commercial = "commercial"
	Medicaid   = "medicaid"
	Medicare   = "medicare"
)

// Enrolment is a span of coverage, both days included; a zero End is open and
// covers to the end of time, a zero Start reaches back without limit. A span
// whose end lies before its start covers no day.
type Enrolment struct {
	Period        Period  `json:"period"`
	Payer         string  `json:"payer,omitempty"`
	Product       string  `json:"product,omitempty"` // product line: "commercial", "medicaid", "medicare"
	Benefits      Benefit `json:"benefits,omitempty"`
	FeeForService bool    `json:"fee_for_service,omitempty"`
}

// ErrEnrolment is wrapped by every [EnrolmentError].
var ErrEnrolment = errors.New("registry: enrolment")

// EnrolmentError names a span that cannot be right, by its place in the input.
type EnrolmentError struct {
	Index   int
	Span    Enrolment
	Problem string
}

// Error names the span and what is wrong with it.
func (e *EnrolmentError) Error() string {
	return fmt.Sprintf("registry: enrolment span %d (%v to %v): %s", e.Index, e.Span.Period.Start, e.Span.Period.End, e.Problem)
}

// Unwrap gives [ErrEnrolment].
func (e *EnrolmentError) Unwrap() error { return ErrEnrolment }

// NormalizeEnrolments checks spans and returns the good ones merged and sorted:
// see [MergeEnrolments]. The error joins an [*EnrolmentError] for every span
// left out: end before start, a day outside the calendar. A span without a
// product line stays, and is reported: rules that ask for a line pass it over.
func NormalizeEnrolments(spans []Enrolment) ([]Enrolment, error) {
	var errs []error
	good := make([]Enrolment, 0, len(spans))
	for i, e := range spans {
		fault := func(p string) { errs = append(errs, &EnrolmentError{i, e, p}) }
		switch {
		case e.Period.Start < 0 || e.Period.End < 0 || e.Period.Start > MaxDate || e.Period.End > MaxDate:
			fault("a day outside the calendar")
			continue
		case !e.Period.Valid():
			fault("ends before it starts")
			continue
		case e.Product == "":
			fault("no product line")
		}
		good = append(good, e)
	}
	return MergeEnrolments(good), errors.Join(errs...)
}

// MergeEnrolments joins overlapping and adjacent spans (end + 1 day = start)
// that agree in payer, product line, benefits and fee-for-service, and leaves
// out spans without a day. The result is sorted by start, end, product, payer
// and benefits. Merging is idempotent and free of order.
func MergeEnrolments(spans []Enrolment) []Enrolment {
	ffs := func(b bool) int {
		if b {
			return 1
		}
		return 0
	}
	kind := func(a, b Enrolment) int {
		return cmp.Or(cmp.Compare(a.Product, b.Product), cmp.Compare(a.Payer, b.Payer), cmp.Compare(a.Benefits, b.Benefits), ffs(a.FeeForService)-ffs(b.FeeForService))
	}
	last := func(e Enrolment) Date {
		if e.Period.End == 0 {
			return MaxDate
		}
		return e.Period.End
	}
	in := slices.DeleteFunc(slices.Clone(spans), func(e Enrolment) bool { return !e.Period.Valid() })
	slices.SortFunc(in, func(a, b Enrolment) int {
		return cmp.Or(kind(a, b), cmp.Compare(a.Period.Start, b.Period.Start), cmp.Compare(last(a), last(b)))
	})
	var out []Enrolment
	for _, e := range in {
		if n := len(out); n > 0 && kind(out[n-1], e) == 0 && e.Period.Start <= last(out[n-1])+1 {
			if last(e) > last(out[n-1]) || e.Period.End == 0 {
				out[n-1].Period.End = e.Period.End
			}
			continue
		}
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b Enrolment) int {
		return cmp.Or(cmp.Compare(a.Period.Start, b.Period.Start), cmp.Compare(last(a), last(b)), kind(a, b))
	})
	return out
}
