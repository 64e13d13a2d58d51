package caremodel_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/caremodel"
)

func ExampleFunctions() {
	functions, err := caremodel.Functions()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range functions {
		if f.Package == "caremodel/decision" && f.Name == "PatientView" {
			fmt.Println(f.Package, f.Name, f.Elements)
		}
	}
	// Output: caremodel/decision PatientView [K4]
}

func ExampleFunction() {
	// What in the library serves feedback to teams (I5)?
	functions, err := caremodel.Functions()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range functions {
		if f.Package == "registry/feedback" {
			fmt.Println(f.Package+"."+f.Name, "serves", f.Elements)
		}
	}
	// Output:
	// registry/feedback.Reports serves [I5 K3]
	// registry/feedback.Outliers serves [I5 K3]
	// registry/feedback.Report.Text serves [I5 K3]
	// registry/feedback.Achievable serves [I5 K3]
	// registry/feedback.Limits serves [I5 K3]
}

func ExampleCovered() {
	i, err := caremodel.Covered([]string{"registry/recall.Policy.Due", "registry/population.Stratify", "caremodel/decision.Guide.Recommend", "caremodel/delivery.PlanVisit"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range i.Components {
		fmt.Println(c.Component, c.Served)
	}
	// Output:
	// community 0/3 (0.0 %)
	// organisation 0/5 (0.0 %)
	// self-management support 0/3 (0.0 %)
	// delivery system design 1/5 (20.0 %)
	// decision support 1/4 (25.0 %)
	// clinical information system 2/5 (40.0 %)
}

func ExampleIntegration() {
	i, err := caremodel.Covered([]string{"registry/recall.Compile"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, e := range i.Elements {
		if e.Element.Component == caremodel.InformationSystem {
			fmt.Println(e.Element.ID, e.Element.Label, e.Functions)
		}
	}
	_, err = caremodel.Covered([]string{"registry/recall.Magic"})
	fmt.Println(err)
	// Output:
	// I1 reminders to providers and patients [registry/recall.Compile]
	// I2 sub-populations found for proactive care []
	// I3 individual care planning []
	// I4 information shared with patients and providers []
	// I5 performance of team and system watched []
	// caremodel: definition: no function "registry/recall.Magic"
}

func ExampleElementUse() {
	i, err := caremodel.Covered([]string{"registry/recall.Compile"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, e := range i.Elements {
		if len(e.Functions) > 0 {
			fmt.Println(e.Element.ID, e.Element.Label, e.Functions)
		}
	}
	// Output:
	// D2 planned contacts for evidence-based care [registry/recall.Compile]
	// I1 reminders to providers and patients [registry/recall.Compile]
}

func ExampleComponentUse() {
	i, err := caremodel.Covered([]string{"registry/review.PlanState", "registry/review.Summarise"})
	if err != nil {
		fmt.Println(err)
		return
	}
	c := i.Components[5]
	fmt.Println(c.Component, c.Served.Num, "of", c.Served.Den)
	// Output: clinical information system 2 of 5
}
