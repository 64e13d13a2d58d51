package linkage

import (
	"slices"

	"github.com/chroniccare/chroniccare/registry"
)

// Fact is a fact with every copy of it. ID, source, times of day, encounter, category
// and, save for claims, setting are those of the first source; all else is common to all.
type Fact struct {
	registry.Fact
	Sources []Source `json:"sources"` // sorted by system and ID
}

// Record is a person with facts, out of one source or several.
type Record struct {
	Person    Person   `json:"person"`
	Facts     []Fact   `json:"facts"`
	Corrected []Fact   `json:"corrected,omitempty"` // versions that others replace, kept for the record
	Parts     []Person `json:"parts"`               // what each source says of the person, sorted
}

// NewRecord is the record of one source. The facts' own Source names the system, that of the
// person when it is empty.
func NewRecord(p Person, origin Origin, facts ...registry.Fact) Record {
	r := Record{Person: p, Parts: []Person{p}}
	for _, f := range facts {
		if f.Source == "" {
			f.Source = p.Source
		}
		r.Facts = append(r.Facts, Fact{f, []Source{sourceOf(&f, origin)}})
	}
	return r
}

func sourceOf(f *registry.Fact, origin Origin) Source {
	s := Source{System: f.Source, ID: f.ID, Origin: origin, When: f.When, Authored: f.Authored, Encounter: f.EncounterID, Category: f.Category}
	if f.Kind != registry.Claim {
		s.Setting = f.Setting
	}
	return s
}

// Replacing says that the fact of a record with an ID corrects earlier versions of the same
// system. It changes nothing when there is no such fact.
func (r *Record) Replacing(id string, earlier ...string) {
	for i := range r.Facts {
		for k := range r.Facts[i].Sources {
			if s := &r.Facts[i].Sources[k]; s.ID == id {
				s.Replaces = append(slices.Clone(s.Replaces), earlier...)
				slices.Sort(s.Replaces)
				s.Replaces = slices.Compact(s.Replaces)
			}
		}
	}
}

// Patient is the record for questions: the person with the facts that stand. A birth
// date that is partial is put on its first possible day; asking for the age range is up to
// the caller, who has the person.
func (r *Record) Patient() *registry.Patient {
	p := &registry.Patient{ID: r.Person.ID, Birth: r.Person.Birth.Impute(registry.ImputeEarliest), Gender: r.Person.Sex, Death: registry.At(r.Person.Death), Dead: r.Person.Death != 0}
	for i := range r.Facts {
		p.Facts = append(p.Facts, r.Facts[i].Fact)
	}
	return p
}
