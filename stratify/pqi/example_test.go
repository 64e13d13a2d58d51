package pqi_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/stratify/pqi"
)

func ExampleDischarge() {
	// Only the first diagnosis is the reason for the admission.
	s, d := exampleSoftware(), exampleStay()
	d.Diagnoses = []string{"S72.001A", "I50.9"}
	fmt.Println(s.Of(&d).Flags.List())
	// Output: []
}

func ExampleFinding() {
	s, err := pqi.New()
	if err != nil {
		fmt.Println(err)
		return
	}
	stay := pqi.Discharge{Age: 71, Sex: "F", Year: 2025, Quarter: 1, Diagnoses: []string{"I50.9", "E11.21"}}
	_, findings := s.Explain(&stay)
	for _, f := range findings {
		fmt.Println(f.Indicator, f.Met, f.Why, f.Codes)
	}
	// Output:
	// PQI 08 true a potentially avoidable admission [I50.9 (MRTCHFD)]
	// PQI 90 true by its parts [PQI 08]
	// PQI 92 true by its parts [PQI 08]
}

func ExampleFlags() {
	s, d := exampleSoftware(), exampleStay()
	f := s.Of(&d).Flags
	fmt.Println(f.Has(pqi.HeartFailure), f.Has(pqi.Chronic), f.Has(pqi.Acute))
	// Output: true true false
}

func ExampleIndicator() {
	// Asthma before 40, COPD or asthma from 40 on.
	s := exampleSoftware()
	for _, age := range []int{39, 40} {
		d := pqi.Discharge{Age: age, Sex: "M", Year: 2025, Quarter: 1, Diagnoses: []string{"J45.901"}}
		f := s.Of(&d).Flags
		fmt.Println(age, pqi.AsthmaYounger, f.Has(pqi.AsthmaYounger), pqi.COPDOrAsthma, f.Has(pqi.COPDOrAsthma))
	}
	// Output:
	// 39 PQI 15 true PQI 05 false
	// 40 PQI 15 false PQI 05 true
}

func ExampleNew() {
	s, err := pqi.New()
	fmt.Println("version", s.Version, err)
	// Output: version 2024 <nil>
}

func ExampleResult() {
	// A record without what is needed is dropped, and says why; a transfer in flags nothing.
	s, d := exampleSoftware(), exampleStay()
	d.Quarter = 0
	fmt.Printf("%q\n", s.Of(&d).Dropped)
	d = exampleStay()
	d.TransferIn = true
	fmt.Println(s.Of(&d).Transfer, s.Of(&d).Flags.List())
	// Output:
	// "the quarter is missing"
	// true []
}

func ExampleSoftware() {
	s, d := exampleSoftware(), exampleStay()
	for _, i := range s.Of(&d).Flags.List() {
		fmt.Println(i)
	}
	// Output:
	// PQI 08
	// PQI 90
	// PQI 92
}

func ExampleTransferIn() {
	// The admission source of older records, or the point of origin of newer ones.
	fmt.Println(pqi.TransferIn("2", ""), pqi.TransferIn("", "4"), pqi.TransferIn("1", ""), pqi.TransferIn("", ""))
	// Output: true true false false
}

// exampleSoftware has the code sets; exampleStay is an admission for heart failure.
func exampleSoftware() *pqi.Software {
	s, err := pqi.New()
	if err != nil {
		panic(err)
	}
	return s
}

func exampleStay() pqi.Discharge {
	return pqi.Discharge{Age: 71, Sex: "F", Year: 2025, Quarter: 1, Diagnoses: []string{"I50.9", "E11.21"}}
}
