package caremodel

import (
	"errors"
	"fmt"
)

// ManagementIndex is the care management index of Casalino et al. (JAMA 2003;289:434):
// four diseases by four processes, a point for each that an organisation uses.
type ManagementIndex struct {
	Low, High int // unknown cells counted as not used, and as used
	Any, All  bool
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
	m.Any, m.All = m.Low > 0, m.Low == 16
	return m, errors.Join(errs...)
}

// ActivationLevel is the level of a Patient Activation score that comes from elsewhere,
// 0 to 100 (cuts at 47.1, 55.2 and 72.5); 0 is out of range.
func ActivationLevel(score float64) int {
	switch {
	case !(score >= 0 && score <= 100):
		return 0
	case score < 47.1:
		return 1
	case score < 55.2:
		return 2
	case score < 72.5:
		return 3
	}
	return 4
}
