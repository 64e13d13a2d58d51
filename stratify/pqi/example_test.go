package pqi_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/stratify/pqi"
)

func ExampleDischarge() {
	s, err := pqi.New()
	if err != nil {
		fmt.Println(err)
		return
	}
	stay := pqi.Discharge{Age: 71, Sex: "F", Year: 2025, Quarter: 1, Diagnoses: []string{"I50.9", "E11.21"}}
	r := s.Of(&stay)
	fmt.Println(r.Flags.List(), r.Flags.Has(pqi.HeartFailure))
	// Output:
	// [PQI 08 PQI 90 PQI 92] true
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
	s, err := pqi.New()
	if err != nil {
		fmt.Println(err)
		return
	}
	stay := pqi.Discharge{Age: 71, Sex: "F", Year: 2025, Quarter: 1, Diagnoses: []string{"I50.9", "E11.21"}}
	r := s.Of(&stay)
	fmt.Println(r.Flags.List(), r.Flags.Has(pqi.HeartFailure))
	// Output:
	// [PQI 08 PQI 90 PQI 92] true
}

func ExampleIndicator() {
	s, err := pqi.New()
	if err != nil {
		fmt.Println(err)
		return
	}
	stay := pqi.Discharge{Age: 71, Sex: "F", Year: 2025, Quarter: 1, Diagnoses: []string{"I50.9", "E11.21"}}
	r := s.Of(&stay)
	fmt.Println(r.Flags.List(), r.Flags.Has(pqi.HeartFailure))
	// Output:
	// [PQI 08 PQI 90 PQI 92] true
}

func ExampleNew() {
	s, err := pqi.New()
	if err != nil {
		fmt.Println(err)
		return
	}
	stay := pqi.Discharge{Age: 71, Sex: "F", Year: 2025, Quarter: 1, Diagnoses: []string{"I50.9", "E11.21"}}
	r := s.Of(&stay)
	fmt.Println(r.Flags.List(), r.Flags.Has(pqi.HeartFailure))
	// Output:
	// [PQI 08 PQI 90 PQI 92] true
}

func ExampleResult() {
	s, err := pqi.New()
	if err != nil {
		fmt.Println(err)
		return
	}
	stay := pqi.Discharge{Age: 71, Sex: "F", Year: 2025, Quarter: 1, Diagnoses: []string{"I50.9", "E11.21"}}
	r := s.Of(&stay)
	fmt.Println(r.Flags.List(), r.Flags.Has(pqi.HeartFailure))
	// Output:
	// [PQI 08 PQI 90 PQI 92] true
}

func ExampleSoftware() {
	s, err := pqi.New()
	if err != nil {
		fmt.Println(err)
		return
	}
	stay := pqi.Discharge{Age: 71, Sex: "F", Year: 2025, Quarter: 1, Diagnoses: []string{"I50.9", "E11.21"}}
	r := s.Of(&stay)
	fmt.Println(r.Flags.List(), r.Flags.Has(pqi.HeartFailure))
	// Output:
	// [PQI 08 PQI 90 PQI 92] true
}

func ExampleTransferIn() {
	fmt.Println(pqi.TransferIn("", "4"), pqi.TransferIn("1", ""))
	// Output:
	// true false
}
