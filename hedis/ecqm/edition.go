package ecqm

import (
	"fmt"

	"github.com/chroniccare/chroniccare/hedis"
	"github.com/chroniccare/chroniccare/registry"
)

// Year is a measurement (reporting) year of the programme.
type Year int

// The years that the package holds. MY2025 is the annual update of 2024 (QI-Core
// 4.1.1), MY2026 that of 2025 (QI-Core 6.0.0).
const (
	MY2025 Year = 2025
	MY2026 Year = 2026
)

// Years lists the years that the package holds.
func Years() []Year { return []Year{MY2025, MY2026} }

// String gives "MY2025".
func (y Year) String() string { return fmt.Sprintf("MY%d", int(y)) }

// Period is the calendar year.
func (y Year) Period() registry.Period { return registry.CalendarYear(int(y)) }

// rules are the differences between years in what shared libraries ask.
type rules struct {
	year            Year
	performed       []registry.Status // encounters that count as performed
	orders          []registry.Intent // intents that count as ordered
	surveyCategory  registry.Category // category an assessment must carry
	imagingCategory registry.Category // category a diagnostic study must carry
	confirmedActive bool              // cardiology and remission measures take confirmed, active diagnoses only
	sexCoded        bool              // sex is the recorded sex, not the administrative gender
}

func (y Year) rules() rules {
	if y <= MY2025 {
		return rules{
			year:            y,
			performed:       []registry.Status{registry.Finished, registry.Arrived, registry.Triaged, registry.InProgress, registry.OnLeave},
			orders:          []registry.Intent{registry.Order},
			surveyCategory:  registry.Survey,
			confirmedActive: true,
		}
	}
	return rules{
		year:            y,
		performed:       []registry.Status{registry.Finished},
		orders:          []registry.Intent{registry.Order, registry.OriginalOrder, registry.ReflexOrder, registry.FillerOrder, registry.InstanceOrder},
		imagingCategory: registry.Imaging,
		sexCoded:        true,
	}
}

// measures lists the definitions in the order of results.
func measures() []func(Year) hedis.Indicator {
	return []func(Year) hedis.Indicator{cms2, cms117, cms122, cms124, cms125, cms128, cms130, cms131, cms136, cms137, cms138,
		cms144, cms145, cms146, cms153, cms154, cms155, cms156, cms159, cms165, cms347, cms951}
}

// Programme is every measure of a year, over the calendar year.
func Programme(y Year) hedis.Programme {
	p := hedis.Programme{Name: y.String(), Period: y.Period()}
	for _, m := range measures() {
		p.Indicators = append(p.Indicators, m(y))
	}
	return p
}

// Measure is one measure of a year, and whether the package has it.
func Measure(id string, y Year) (hedis.Indicator, bool) {
	for _, m := range measures() {
		if d := m(y); d.ID == id {
			return d, true
		}
	}
	return hedis.Indicator{}, false
}

// New binds every measure of a year to value sets: FHIR ValueSet expansions
// decoded by registry/fhir, from a source that the caller is licensed for.
func New(y Year, sets []registry.ValueSet) (*hedis.Edition, error) {
	return hedis.New(Programme(y), sets)
}
