package selfmanagement

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/internal/table"
)

//go:embed data/education.csv
var educationCSV string

// EducationState is what is known about a person that decides which education suits. The
// zero value knows nothing; unknown is neither yes nor no.
type EducationState struct {
	NewDiagnosis caremodel.Answer `json:"new_diagnosis"`
	Stable       caremodel.Answer `json:"stable"`
	MetEducator  caremodel.Answer `json:"met_educator"`
	CaseManaged  caremodel.Answer `json:"case_managed"`
	HighRisk     caremodel.Answer `json:"high_risk"`
	Exacerbation caremodel.Answer `json:"exacerbation"`
	Asks         caremodel.Answer `json:"asks"`
}

var stateNames = [...]string{"new diagnosis", "stable", "met an educator", "case-managed", "high risk", "exacerbation", "asks for it"}

func (s *EducationState) answers() [len(stateNames)]caremodel.Answer {
	return [...]caremodel.Answer{s.NewDiagnosis, s.Stable, s.MetEducator, s.CaseManaged, s.HighRisk, s.Exacerbation, s.Asks}
}

// EducationItem is a piece of education that suits, or might suit, a person.
type EducationItem struct {
	ID     string `json:"id"`
	Item   string `json:"item"`
	Way    string `json:"way"` // session, group, contact, material
	Urgent bool   `json:"urgent"`
	Why    string `json:"why"`    // the states that hold, or that are not known
	Source string `json:"source"` // document and lines
}

// Educator turns states into education plans. It is immutable and may be shared.
type Educator struct{ rows []educationRow }

type educationRow struct {
	EducationItem
	needs []int
}

// NewEducator loads the table of education (King's Fund 2004).
func NewEducator() (*Educator, error) { return parseEducation(educationCSV) }

func parseEducation(text string) (*Educator, error) {
	t, err := table.Parse("education", text)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", caremodel.ErrDefinition, err)
	}
	e := &Educator{}
	var errs []error
	for _, r := range t.Rows {
		row := educationRow{EducationItem: EducationItem{ID: r[0], Item: r[2], Way: r[3], Urgent: r[4] == "yes", Why: r[1], Source: r[5]}}
		for n := range strings.SplitSeq(r[1], " + ") {
			k := slices.Index(stateNames[:], n)
			if k < 0 {
				errs = append(errs, fmt.Errorf("%w: education %s: state %q", caremodel.ErrDefinition, r[0], n))
			}
			row.needs = append(row.needs, k)
		}
		if r[0] == "" || r[2] == "" || r[5] == "" || slices.ContainsFunc(e.rows, func(o educationRow) bool { return o.ID == r[0] }) {
			errs = append(errs, fmt.Errorf("%w: education %q: item %q, source %q, or the ID twice", caremodel.ErrDefinition, r[0], r[2], r[5]))
		}
		e.rows = append(e.rows, row)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return e, nil
}

// Plan lists the education that suits a state, in the table's order, urgent items first,
// each item once; and apart from it what would suit if states that are not known held.
// Partly counts as yes. The results use the storage of the buffers.
func (e *Educator) Plan(s EducationState, buf, maybe []EducationItem) (plan, unknown []EducationItem) {
	plan, unknown = buf[:0], maybe[:0]
	answers := s.answers()
	for i := range e.rows {
		r := &e.rows[i]
		worst := caremodel.Yes
		for _, n := range r.needs {
			switch answers[n] {
			case caremodel.No:
				worst = caremodel.No
			case caremodel.Unknown:
				if worst == caremodel.Yes {
					worst = caremodel.Unknown
				}
			}
		}
		same := func(o EducationItem) bool { return o.Item == r.Item }
		switch {
		case worst == caremodel.Yes && !slices.ContainsFunc(plan, same):
			plan = append(plan, r.EducationItem)
			unknown = slices.DeleteFunc(unknown, same)
		case worst == caremodel.Unknown && !slices.ContainsFunc(plan, same) && !slices.ContainsFunc(unknown, same):
			unknown = append(unknown, r.EducationItem)
		}
	}
	slices.SortStableFunc(plan, func(a, b EducationItem) int {
		switch {
		case a.Urgent == b.Urgent:
			return 0
		case a.Urgent:
			return -1
		}
		return 1
	})
	return plan, unknown
}
