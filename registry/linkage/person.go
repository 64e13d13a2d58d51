package linkage

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/chroniccare/chroniccare/registry"
)

// ErrPolicy is wrapped by every error about a policy.
var ErrPolicy = errors.New("linkage: policy")

// ErrRecord is wrapped by every error about records and labels.
var ErrRecord = errors.New("linkage: record")

// Field is a part of a person's identity.
type Field uint8

// Fields. The last two are never compared, only carried over by [Merge].
const (
	FamilyName Field = iota
	GivenName
	BirthDate
	Gender
	Area // postcode or another area code
	Phone
	Language
	DeathDate
	numFields
)

const numCompared = Phone + 1

var fieldNames = [numFields]string{"family name", "given name", "birth date", "sex", "area", "phone", "language", "death date"}

// String gives the field in words.
func (f Field) String() string {
	if f >= numFields {
		return "unknown field"
	}
	return fieldNames[f]
}

// MarshalText gives the field in words.
func (f Field) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (f *Field) UnmarshalText(text []byte) error { return name.Parse(f, int(numFields), text) }

// Person is what one source says about who somebody is.
type Person struct {
	ID          string               `json:"id"` // unique in a run
	Source      string               `json:"source"`
	Recorded    registry.Date        `json:"recorded"` // when the source last looked; 0: not known
	Identifiers []Identifier         `json:"identifiers,omitempty"`
	Family      string               `json:"family,omitempty"`
	Given       string               `json:"given,omitempty"`
	Birth       registry.PartialDate `json:"birth"`
	Sex         registry.Sex         `json:"sex,omitempty"`
	Area        string               `json:"area,omitempty"`
	Phone       string               `json:"phone,omitempty"`
	Language    string               `json:"language,omitempty"`
	Death       registry.Date        `json:"death"`
}

// text is a field as its source wrote it, "" when it is not there.
func (p *Person) text(f Field) string {
	switch f {
	case FamilyName:
		return p.Family
	case GivenName:
		return p.Given
	case BirthDate:
		if p.Birth.Range().Start != 0 { // a date that does not exist says nothing
			return p.Birth.String()
		}
	case Gender:
		if p.Sex != registry.SexUnknown {
			return p.Sex.String()
		}
	case Area:
		return p.Area
	case Phone:
		return p.Phone
	case Language:
		return p.Language
	case DeathDate:
		if p.Death != 0 {
			return p.Death.String()
		}
	}
	return ""
}

// normal is a field as it is compared.
func (p *Person) normal(f Field, nicknames map[string]string) string {
	s := p.text(f)
	switch f {
	case FamilyName:
		return NormalizeName(s)
	case GivenName:
		n := NormalizeName(s)
		if full, ok := nicknames[n]; ok {
			return full
		}
		return n
	case Area, Phone:
		return strings.ReplaceAll(NormalizeName(s), " ", "")
	}
	return s
}

// compare is a total order: source, ID, record date, then everything else.
func (p Person) compare(q Person) int {
	c := cmp.Or(strings.Compare(p.Source, q.Source), strings.Compare(p.ID, q.ID), cmp.Compare(p.Recorded, q.Recorded))
	for f := Field(0); f < numFields && c == 0; f++ {
		c = strings.Compare(p.text(f), q.text(f))
	}
	return cmp.Or(c, slices.CompareFunc(p.Identifiers, q.Identifiers, compareIdentifiers))
}

func compareIdentifiers(a, b Identifier) int {
	return cmp.Or(strings.Compare(a.System, b.System), strings.Compare(a.Value, b.Value))
}
