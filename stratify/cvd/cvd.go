package cvd

import (
	"embed"
	"errors"
	"fmt"

	"github.com/chroniccare/chroniccare/stratify"
)

//go:embed data
var data embed.FS

// file names the definition of an equation that stands in a file of its own.
func file(name string) string {
	switch name {
	case "pce@2013":
		return "data/pce2013.json"
	case "pce@2018":
		return "data/pce2018.json"
	case "framingham-lipids@2008":
		return "data/framingham2008_lipids.json"
	case "framingham-bmi@2008":
		return "data/framingham2008_bmi.json"
	case "score2@2021":
		return "data/score2.json"
	case "score2-op@2021":
		return "data/score2_op.json"
	case "score2-asia-pacific@2025":
		return "data/score2_asia_pacific.json"
	case "score2-diabetes@2023":
		return "data/score2_diabetes.json"
	}
	return ""
}

// Names lists the equations, PREVENT's last.
func Names() []string {
	names := []string{
		"pce@2013", "pce@2018", "framingham-lipids@2008", "framingham-bmi@2008",
		"score2@2021", "score2-op@2021", "score2-asia-pacific@2025", "score2-diabetes@2023",
	}
	for _, set := range sets() {
		for _, years := range []int{10, 30} {
			for _, outcome := range Outcomes() {
				names = append(names, PREVENT(set, years, outcome))
			}
		}
	}
	return names
}

// New compiles the equation of that name. An unknown name is [stratify.ErrVersion].
func New(name string) (*stratify.Model, error) {
	if f := file(name); f != "" {
		text, err := data.ReadFile(f)
		if err != nil {
			return nil, err
		}
		return stratify.Load(text)
	}
	defs, err := prevent(name)
	if err != nil {
		return nil, err
	}
	if name == "" || len(defs) == 0 {
		return nil, fmt.Errorf("%w: %q", stratify.ErrVersion, name)
	}
	return stratify.Compile(defs[0])
}

// Models compiles all equations, in the order of [Names].
func Models() ([]*stratify.Model, error) {
	var out []*stratify.Model
	var faults []error
	for _, name := range Names() {
		if file(name) == "" {
			continue
		}
		m, err := New(name)
		out, faults = append(out, m), append(faults, err)
	}
	defs, err := prevent("")
	faults = append(faults, err)
	for _, d := range defs {
		m, err := stratify.Compile(d)
		out, faults = append(out, m), append(faults, err)
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	return out, nil
}

// SCORE2 names the equation of the SCORE2 family for an age: SCORE2 up to 69 completed
// years, SCORE2-OP from 70. The equation itself refuses ages below 40 and above 89.
func SCORE2(age int) string {
	if age >= 70 {
		return "score2-op@2021"
	}
	return "score2@2021"
}
