package delivery

import (
	"slices"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

// Needs is what a person needs in order to understand.
type Needs struct {
	Person   string `json:"person"`
	Language string `json:"language"` // preferred; "": not recorded
	Format   string `json:"format"`   // of material, as large print, audio, easy read; "": none stated
}

// Staff is a member of the team with the languages spoken.
type Staff struct {
	ID        string   `json:"id"`
	Languages []string `json:"languages,omitempty"`
}

// Material is what is handed out.
type Material struct {
	ID       string `json:"id"`
	Language string `json:"language"`
	Format   string `json:"format"`
}

// Meeting is a contact at which a person has to be understood.
type Meeting struct {
	ID          string        `json:"id"`
	Person      string        `json:"person"`
	On          registry.Date `json:"on"`
	Staff       []Staff       `json:"staff,omitempty"`
	Interpreter string        `json:"interpreter"` // language of the interpreter; "": none
	Booked      registry.Date `json:"booked"`      // day on which the interpreter was booked
	Materials   []Material    `json:"materials,omitempty"`
}

// Fit is how a meeting fits a person.
type Fit struct {
	Meeting  string                  `json:"meeting"`
	Language caremodel.LanguageMatch `json:"language"`
	By       string                  `json:"by,omitempty"`      // staff, the lowest ID that speaks it
	Material caremodel.Answer        `json:"material"`          // unknown when nothing was handed out
	Misfits  []string                `json:"misfits,omitempty"` // materials in another language or format, in order
	Fits     caremodel.Answer        `json:"fits"`              // understood, and no material that does not fit
	Issues   []caremodel.Issue       `json:"issues,omitempty"`
}

// MatchMeeting says how a meeting fits a person: directly, by an interpreter who was booked
// before the day, or not at all; and whether the material is in the language and in the
// format that the person asked for. Without a recorded language the match is not known, and
// an issue.
func MatchMeeting(n Needs, m Meeting) Fit {
	f := Fit{Meeting: m.ID}
	for _, s := range m.Staff {
		if n.Language != "" && slices.Contains(s.Languages, n.Language) && (f.By == "" || s.ID < f.By) {
			f.By = s.ID
		}
	}
	var spoken []string
	if f.By != "" {
		spoken = []string{n.Language}
	}
	f.Language = caremodel.MatchLanguage(n.Language, spoken, m.Interpreter == n.Language && m.Booked != 0 && m.Booked < m.On)
	if f.Language == caremodel.LanguageNotKnown {
		f.Issues = append(f.Issues, caremodel.Issue{Code: caremodel.LanguageUnknown, Subject: n.Person, On: m.On})
	}
	for _, x := range m.Materials {
		if n.Language != "" && x.Language != n.Language || n.Format != "" && x.Format != n.Format {
			f.Misfits = append(f.Misfits, x.ID)
		}
	}
	switch {
	case len(f.Misfits) > 0:
		f.Material = caremodel.No
	case len(m.Materials) > 0 && n.Language != "":
		f.Material = caremodel.Yes
	}
	switch {
	case f.Language == caremodel.NoCommonLanguage || f.Material == caremodel.No:
		f.Fits = caremodel.No
	case f.Language != caremodel.LanguageNotKnown:
		f.Fits = caremodel.Yes
	}
	return f
}

// FitShare is the share of meetings that fit, of those that can be judged; the others are
// counted apart.
func FitShare(fits []Fit) (share registry.Rate, unknown int64) {
	for _, f := range fits {
		switch f.Fits {
		case caremodel.Yes:
			share.Num++
			share.Den++
		case caremodel.No:
			share.Den++
		default:
			unknown++
		}
	}
	return share, unknown
}
