package points_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/stratify"
	"github.com/chroniccare/chroniccare/stratify/points"
)

func ExampleNew() {
	m, err := points.New("cha2ds2-vasc@2010")
	if err != nil {
		fmt.Println(err)
		return
	}
	in := stratify.Inputs{
		"sex": stratify.Word("female"), "age": stratify.Num(75, "years"), "heart_failure": stratify.YesNo(true), "hypertension": stratify.YesNo(true),
		"diabetes": stratify.YesNo(false), "stroke": stratify.YesNo(false), "vascular": stratify.YesNo(false),
	}
	fmt.Println(m.Score(in))
	delete(in, "stroke")
	fmt.Println(m.Score(in))
	// Output:
	// cha2ds2-vasc@2010: 5 points
	// cha2ds2-vasc@2010: not computable (INPUT_MISSING stroke: needed by the model)
}

func ExampleNames() {
	fmt.Println(points.Names()[:4])
	// Output: [findrisc@2003 bode@2004 cha2ds2-vasc@2010 efi@2016]
}

func ExampleModels() {
	models, err := points.Models()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, m := range models[:2] {
		fmt.Println(m)
	}
	// Output:
	// findrisc@2003: Finnish Diabetes Risk Score
	// bode@2004: BODE index of chronic obstructive pulmonary disease
}
