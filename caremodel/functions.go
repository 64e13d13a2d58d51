package caremodel

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/internal/table"
	"github.com/chroniccare/chroniccare/registry"
)

//go:embed data/functions.csv
var functionsCSV string

// Function is an exported function or method of the library with the elements that it
// serves.
type Function struct {
	Package  string   `json:"package"`  // such as "caremodel/decision"
	Name     string   `json:"name"`     // such as "Compile" or "Guide.Recommend"
	Elements []string `json:"elements"` // IDs of [Spine], at least one
}

// Functions lists every exported function and method of the six component packages in
// the model's order, then the main ones of the other packages. The assignment to elements
// is the library's own.
func Functions() ([]Function, error) { return parseFunctions(functionsCSV) }

func parseFunctions(text string) ([]Function, error) {
	t, err := table.Parse("functions", text)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDefinition, err)
	}
	spine, err := Spine()
	if err != nil {
		return nil, err
	}
	var out []Function
	var errs []error
	seen := map[string]bool{}
	for _, r := range t.Rows {
		elements := strings.Fields(r[1])
		for _, id := range elements {
			if !slices.ContainsFunc(spine, func(e Element) bool { return e.ID == id }) {
				errs = append(errs, fmt.Errorf("%w: %s: element %q", ErrDefinition, r[0], id))
			}
		}
		names := strings.Fields(r[2])
		if len(elements) == 0 || len(names) == 0 {
			errs = append(errs, fmt.Errorf("%w: %s: a row without elements or functions", ErrDefinition, r[0]))
		}
		for _, name := range names {
			if f := r[0] + "." + name; seen[f] {
				errs = append(errs, fmt.Errorf("%w: %s is there twice", ErrDefinition, f))
			} else {
				seen[f] = true
			}
			out = append(out, Function{r[0], name, elements})
		}
	}
	return out, errors.Join(errs...)
}

// ElementUse is an element with the functions of an integration that serve it.
type ElementUse struct {
	Element   Element  `json:"element"`
	Functions []string `json:"functions"` // sorted; none: the integration does not serve it
}

// ComponentUse counts the elements of a component that an integration serves.
type ComponentUse struct {
	Component Component     `json:"component"`
	Served    registry.Rate `json:"served"` // of its elements
}

// Integration says which elements of the model a product serves with this library.
type Integration struct {
	Elements   []ElementUse   `json:"elements"` // all 25, in the model's order
	Components []ComponentUse `json:"components"`
	Missing    []string       `json:"missing"` // IDs of elements that no function serves
}

// Covered says which elements of the model an integration serves, from the functions that
// it uses, each as "caremodel/decision.Guide.Recommend"; repeats count once. A name that
// [Functions] does not have is an [ErrDefinition]; all of them are named. That a function
// is called says nothing of how well: for that see [Profile] and the instruments.
func Covered(used []string) (Integration, error) {
	functions, err := Functions()
	if err != nil {
		return Integration{}, err
	}
	spine, err := Spine()
	if err != nil {
		return Integration{}, err
	}
	serve := map[string][]string{}
	var errs []error
	for _, name := range slices.Compact(slices.Sorted(slices.Values(used))) {
		i := slices.IndexFunc(functions, func(f Function) bool { return f.Package+"."+f.Name == name })
		if i < 0 {
			errs = append(errs, fmt.Errorf("%w: no function %q", ErrDefinition, name))
			continue
		}
		for _, id := range functions[i].Elements {
			serve[id] = append(serve[id], name)
		}
	}
	if err := errors.Join(errs...); err != nil {
		return Integration{}, err
	}
	out := Integration{Missing: []string{}}
	for _, c := range Components() {
		out.Components = append(out.Components, ComponentUse{Component: c})
	}
	for _, e := range spine {
		u := ElementUse{e, append([]string{}, serve[e.ID]...)}
		out.Elements = append(out.Elements, u)
		served := &out.Components[slices.Index(Components(), e.Component)].Served
		served.Den++
		if len(u.Functions) > 0 {
			served.Num++
		} else {
			out.Missing = append(out.Missing, e.ID)
		}
	}
	return out, nil
}
