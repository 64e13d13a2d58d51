package readmission_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/chroniccare/chroniccare/stratify"
	"github.com/chroniccare/chroniccare/stratify/readmission"
)

// The reference program rounds each term to three decimals and the risk to 0.1 %.
func TestPARR30Corpus(t *testing.T) {
	dir := os.Getenv("CHRONICCARE_CORPUS")
	if dir == "" {
		t.Skip("CHRONICCARE_CORPUS is not set")
	}
	b, err := os.ReadFile(filepath.Join(dir, "stratify", "parr30.json"))
	if err != nil {
		t.Fatal(err)
	}
	var c struct{ Rows [][]any }
	if err := json.Unmarshal(b, &c); err != nil {
		t.Fatal(err)
	}
	name := map[string]string{
		"CongestiveHeartFailure": "congestive_heart_failure", "PeripheralVascularDisease": "peripheral_vascular_disease", "ChronicPulmonaryDisease": "chronic_pulmonary_disease",
		"DiabetesWithChronicComplications": "diabetes_with_chronic_complications", "RenalDisease": "renal_disease", "MetastaticCancerWithSolidTumor": "metastatic_cancer_with_solid_tumour",
		"OtherMalignantCancer": "other_malignant_cancer", "ModerateSevereLiverDisease": "moderate_or_severe_liver_disease", "OtherLiverDisease": "other_liver_disease",
		"HemiplegiaOrParaplegia": "hemiplegia_or_paraplegia", "Dementia": "dementia",
	}
	m, err := readmission.NewUnconfirmed("parr-30@2012")
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range c.Rows {
		num := func(k int) stratify.Datum { return stratify.Num(r[k].(float64), "") }
		in := stratify.Inputs{"age": num(0), "imd2007": num(1), "emergency_admissions": num(2), "emergency_admission_30d": num(3), "current_emergency": num(4)}
		for _, n := range name {
			in[n] = stratify.YesNo(false)
		}
		if _, given := r[5].(float64); given {
			in["hospital_effect"] = num(5)
		}
		for _, x := range r[6].([]any) {
			in[name[x.(string)]] = stratify.YesNo(true)
		}
		s := m.Score(in)
		if !s.Scored || math.Abs(s.Linear-r[7].(float64)) > 0.0005*float64(len(s.Terms)) || math.Abs(100*s.Value-r[8].(float64)) > 0.1 {
			t.Errorf("row %d: %v %v, want %v %v (%v)", i, s.Linear, 100*s.Value, r[7], r[8], s.Issues)
		}
	}
	if len(c.Rows) == 0 {
		t.Fatal("no rows")
	}
	t.Logf("%d rows agree", len(c.Rows))
}
