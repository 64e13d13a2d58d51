package caremodel

import (
	_ "embed"
	"fmt"
	"slices"

	"github.com/chroniccare/chroniccare/internal/table"
)

//go:embed data/spine.csv
var spineCSV string

// Component is one of the six of the Chronic Care Model.
type Component string

// Components.
const (
	Community         Component = "community"
	Organisation      Component = "organisation"
	SelfManagement    Component = "self-management support"
	DeliverySystem    Component = "delivery system design"
	DecisionSupport   Component = "decision support"
	InformationSystem Component = "clinical information system"
)

// Components lists the six in the model's order.
func Components() []Component {
	return []Component{Community, Organisation, SelfManagement, DeliverySystem, DecisionSupport, InformationSystem}
}

// Element is one of the 25 elements of the components.
type Element struct {
	ID        string    `json:"id"` // C1 to I5
	Component Component `json:"component"`
	Label     string    `json:"label"`
}

// Spine lists the 25 elements (King's Fund 2004, after Wagner).
func Spine() ([]Element, error) {
	t, err := table.Parse("spine", spineCSV)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDefinition, err)
	}
	var out []Element
	for _, r := range t.Rows {
		if slices.ContainsFunc(out, func(e Element) bool { return e.ID == r[0] }) || !slices.Contains(Components(), Component(r[1])) {
			return nil, fmt.Errorf("%w: element %v", ErrDefinition, r)
		}
		out = append(out, Element{r[0], Component(r[1]), r[2]})
	}
	return out, nil
}
