package points

import (
	"embed"
	"fmt"

	"github.com/chroniccare/chroniccare/stratify"
)

//go:embed data
var data embed.FS

// tables lists the scores and the files they stand in. A new score is a new file and a
// row here.
func tables() [][2]string {
	return [][2]string{
		{"findrisc@2003", "findrisc.json"},
		{"bode@2004", "bode.json"},
		{"cha2ds2-vasc@2010", "cha2ds2_vasc.json"},
		{"efi@2016", "efi.json"},
		{"ausdrisk@2010", "ausdrisk.json"},
		{"atria-stroke@2013", "atria_stroke.json"},
		{"cat@2009", "cat.json"},
		{"ohfrs@2013", "ohfrs.json"},
		{"h2fpef@2018", "h2fpef.json"},
		{"ausdrisk-bmi@2010", "ausdrisk_bmi.json"},
		{"ausdrisk-waist-bmi@2010", "ausdrisk_waist_bmi.json"},
		{"ckd-epi@2021", "ckd_epi_2021.json"},
		{"ckd-epi@2009", "ckd_epi_2009.json"},
		{"ckd-epi-table@2009", "ckd_epi_table_2009.json"},
		{"kidney-failure-points@2011", "kidney_failure.json"},
		{"mumtaz@2019", "mumtaz.json"},
		{"abc-stroke-1y@2016", "abc_stroke_1y.json"},
		{"abc-stroke-3y@2016", "abc_stroke_3y.json"},
		{"tilburg@2010", "tilburg.json"},
		{"clinical-frailty@2020", "clinical_frailty.json"},
	}
}

// Names lists the scores.
func Names() (out []string) {
	for _, t := range tables() {
		out = append(out, t[0])
	}
	return out
}

// New compiles the score of that name; an unknown name is [stratify.ErrVersion].
func New(name string) (*stratify.Model, error) {
	for _, t := range tables() {
		if t[0] != name {
			continue
		}
		text, err := data.ReadFile("data/" + t[1])
		if err != nil {
			return nil, err
		}
		return stratify.Load(text)
	}
	return nil, fmt.Errorf("%w: %q", stratify.ErrVersion, name)
}

// Models compiles all scores, in the order of [Names].
func Models() ([]*stratify.Model, error) {
	var out []*stratify.Model
	for _, name := range Names() {
		m, err := New(name)
		if err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, nil
}
