package hcc

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// Edit is a rule of the caller's for one diagnosis code: where it holds, the code gives the
// HCC, or nothing, instead of what the table says. It is the place for the age and sex
// edits of the Medicare Code Editor, which the CMS program offers switched off and whose
// tables are not shipped.
type Edit struct {
	Code string                               // ICD-10-CM, with or without dot
	Name string                               // for the explanation, such as "age>124"
	When func(age int, sex registry.Sex) bool // on the edit age
	HCC  int                                  // 0: the code is ignored
}

// With makes a model with further edits: those of the program come first, then these, the
// first that holds wins. The model says that it was changed. It reports every fault at once
// as [ErrModel]: a malformed code, no name or no condition, an HCC that the model does not
// have.
func (m *Model) With(edits ...Edit) (*Model, error) {
	out, err := New(m.Version, m.Year)
	if err != nil {
		return nil, err
	}
	var errs []error
	out.own = append(slices.Clone(m.own), edits...)
	l := loader{Model: out}
	for i := range out.own {
		x := &out.own[i]
		at := slices.Index(out.hccs, x.HCC)
		_, ok := out.trie.Match(x.Code)
		if !ok || x.Name == "" || x.When == nil || x.HCC != 0 && at < 0 {
			errs = append(errs, fmt.Errorf("%w %s: edit %q of code %q to HCC %d: malformed code, no name, no condition or no such HCC", ErrModel, out, x.Name, x.Code, x.HCC))
			continue
		}
		e := edit{own: x}
		what := "ignored"
		if x.HCC != 0 {
			e.to = single(at)
			what = fmt.Sprintf("HCC %d", x.HCC)
		}
		to := l.entry(plain(x.Code))
		to.edits = append(to.edits, e)
		out.Changes = append(out.Changes, fmt.Sprintf("%s %s: %s", plain(x.Code), x.Name, what))
	}
	if err := errors.Join(append(errs, l.errs...)...); err != nil {
		return nil, err
	}
	return out, nil
}

func plain(code string) string {
	return strings.ToUpper(strings.ReplaceAll(strings.TrimSpace(code), ".", ""))
}
