package readmission

import (
	"embed"
	"errors"
	"fmt"

	"github.com/chroniccare/chroniccare/stratify"
)

//go:embed data
var data embed.FS

// ErrUnconfirmed: the model's figures could not be checked against its publication, so
// it is made only on explicit request.
var ErrUnconfirmed = errors.New("readmission: unconfirmed model")

func file(name string) (path string, confirmed bool) {
	switch name {
	case "lace@2010":
		return "data/lace.json", true
	case "hospital@2016":
		return "data/hospital_2016.json", true
	case "hospital@2013":
		return "data/hospital_2013.json", true
	case "parr-30@2012":
		return "data/parr30.json", false
	}
	return "", false
}

// Names lists the scores that [New] makes.
func Names() []string { return []string{"lace@2010", "hospital@2016", "hospital@2013"} }

// UnconfirmedNames lists the models that need [NewUnconfirmed].
func UnconfirmedNames() []string { return []string{"parr-30@2012"} }

// New compiles the score of that name. An unknown name is [stratify.ErrVersion]; a
// model whose figures could not be checked is [ErrUnconfirmed].
func New(name string) (*stratify.Model, error) {
	if f, confirmed := file(name); f != "" && !confirmed {
		return nil, fmt.Errorf("%w: %q", ErrUnconfirmed, name)
	}
	return NewUnconfirmed(name)
}

// NewUnconfirmed is [New] for those who accept figures that could not be checked.
func NewUnconfirmed(name string) (*stratify.Model, error) {
	f, _ := file(name)
	if f == "" {
		return nil, fmt.Errorf("%w: %q", stratify.ErrVersion, name)
	}
	text, err := data.ReadFile(f)
	if err != nil {
		return nil, err
	}
	return stratify.Load(text)
}

// Models compiles the scores of [Names], in that order.
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
