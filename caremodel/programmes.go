package caremodel

import (
	_ "embed"
	"fmt"

	"github.com/chroniccare/chroniccare/internal/table"
)

//go:embed data/programmes.csv
var programmesCSV string

// StudyProgramme describes one of the integrated programmes for older people of the studies, as
// published. Who is eligible is a rule of stratify/eligibility, named by Eligibility.
type StudyProgramme struct {
	Name        string `json:"name"`
	Country     string `json:"country"`
	Model       string `json:"model"`       // "real" or "virtual" integration, "" where the source does not say
	Eligibility string `json:"eligibility"` // the row of eligibility.Systems
	Population  string `json:"population"`
	Dates       string `json:"dates"`
	Services    string `json:"services"`
	Size        string `json:"size"`
	Referral    string `json:"referral"`
	Payer       string `json:"payer"`
	Design      string `json:"design"` // of its evaluation
	Results     string `json:"results"`
	Source      string `json:"source"` // document:lines
}

// StudyProgrammes lists the programmes compared in King's Fund 2010, in its order.
func StudyProgrammes() ([]StudyProgramme, error) {
	t, err := table.Parse("programmes", programmesCSV)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDefinition, err)
	}
	var out []StudyProgramme
	for _, r := range t.Rows {
		out = append(out, StudyProgramme{r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9], r[10], r[11], r[12]})
	}
	return out, nil
}
