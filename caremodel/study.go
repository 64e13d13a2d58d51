package caremodel

import (
	_ "embed"
	"fmt"

	"github.com/chroniccare/chroniccare/internal/table"
)

//go:embed data/organisations.csv
var organisationsCSV string

// StudyOrganisation is one of the five organisations of the study with its profile.
type StudyOrganisation struct {
	Name string
	*Profile
}

// StudyOrganisations gives the five organisations of King's Fund 2004 as they were in
// 2003, by our reading: all used some components, none all.
func StudyOrganisations() ([]StudyOrganisation, error) {
	t, err := table.Parse("organisations", organisationsCSV)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDefinition, err)
	}
	var out []StudyOrganisation
	for col := 1; col < len(t.Header)-1; col++ {
		answers := map[string]Answer{}
		for _, r := range t.Rows {
			a, ok := parseAnswer(r[col])
			if !ok {
				return nil, fmt.Errorf("%w: %s of %s: %q", ErrDefinition, r[0], t.Header[col], r[col])
			}
			answers[r[0]] = a
		}
		p, err := NewProfile(answers)
		if err != nil {
			return nil, err
		}
		out = append(out, StudyOrganisation{t.Header[col], p})
	}
	return out, nil
}

