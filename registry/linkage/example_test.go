package linkage_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/linkage"
)

func ExampleValidNHSNumber() {
	fmt.Println(linkage.ValidNHSNumber("943 476 5919"), linkage.ValidNHSNumber("943 476 5918"))
	// Output: true false
}

func ExampleIdentifier() {
	id := linkage.Identifier{System: linkage.NHSNumber, Value: "943 476 5919"}
	fmt.Println(id.Normal().Value, id.Valid())
	// Output: 9434765919 true
}

func ExampleOrigin() {
	fmt.Println(linkage.Laboratory, linkage.Device.SelfReported())
	// Output: laboratory true
}

func ExampleSource() {
	s := linkage.Source{System: "lab", ID: "7", Origin: linkage.Laboratory, When: registry.On(registry.Day(2024, 1, 2))}
	fmt.Println(s.System, s.ID, s.Origin, s.When)
	// Output: lab 7 laboratory 2024-01-02
}
