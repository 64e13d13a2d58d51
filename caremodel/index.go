package caremodel

import (
	"errors"
	"fmt"
)

// ManagementIndex is the care management index of Casalino et al. (JAMA 2003;289:434):
// four diseases by four processes, a point for each that an organisation uses: 0 to 16. Over
// half of the groups that it was first asked of used some process, under 1 % all (King's
// Fund 2004:2222-2226).
type ManagementIndex struct {
	Low  int    `json:"low"`
	High int    `json:"high"` // unknown cells counted as not used, and as used
	Any  Answer `json:"any"`  // at least one process is used; unknown when unknown cells decide
	All  Answer `json:"all"`  // all 16 are
}

// Diseases and processes of the index.
var (
	indexDiseases  = [4]string{"asthma", "heart failure", "depression", "diabetes"}
	indexProcesses = [4]string{"case management", "physician feedback", "guidelines with reminders", "registry"}
)

// ManagementIndexCells names the 16 cells, disease by disease.
func ManagementIndexCells() []string {
	var out []string
	for _, d := range indexDiseases {
		for _, p := range indexProcesses {
			out = append(out, d+": "+p)
		}
	}
	return out
}

// NewManagementIndex scores 16 answers in the order of [ManagementIndexCells]. Partly is
// an error: a process is used or not.
func NewManagementIndex(answers []Answer) (ManagementIndex, error) {
	var m ManagementIndex
	if len(answers) != 16 {
		return m, fmt.Errorf("%w: %d of 16 cells", ErrAnswer, len(answers))
	}
	var errs []error
	for i, a := range answers {
		switch a {
		case Yes:
			m.Low++
			m.High++
		case Unknown:
			m.High++
		case No:
		default:
			errs = append(errs, fmt.Errorf("%w: cell %d: %q", ErrAnswer, i+1, a))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return ManagementIndex{}, err
	}
	m.Any, m.All = No, No
	switch {
	case m.Low > 0:
		m.Any = Yes
	case m.High > 0:
		m.Any = Unknown
	}
	switch {
	case m.Low == len(answers):
		m.All = Yes
	case m.High == len(answers):
		m.All = Unknown
	}
	return m, nil
}
