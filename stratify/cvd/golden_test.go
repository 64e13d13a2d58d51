package cvd_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/golden"
	"github.com/chroniccare/chroniccare/stratify"
)

// Every equation of every model on two made-up persons in whom every term counts: no
// coefficient changes unseen.
func TestGolden(t *testing.T) {
	persons := []stratify.Inputs{woman(), {
		"age": stratify.Num(57, "years"), "sbp": stratify.Num(104, "mmHg"), "bp_treated": stratify.YesNo(true), "tc": stratify.Num(251, "mg/dL"), "hdl": stratify.Num(38, "mg/dL"), "statin": stratify.YesNo(true),
		"diabetes": stratify.YesNo(false), "smoker": stratify.YesNo(true), "egfr": stratify.Num(48, "mL/min/1.73m2"), "bmi": stratify.Num(27, "kg/m2"), "uacr": stratify.Num(120, "mg/g"), "hba1c": stratify.Num(6.1, "%"), "sdi": stratify.Num(8, ""),
	}, {
		"age": stratify.Num(44, "years"), "sbp": stratify.Num(133, "mmHg"), "bp_treated": stratify.YesNo(false), "tc": stratify.Num(180, "mg/dL"), "hdl": stratify.Num(61, "mg/dL"), "statin": stratify.YesNo(true),
		"diabetes": stratify.YesNo(true), "smoker": stratify.YesNo(true), "egfr": stratify.Num(71, "mL/min/1.73m2"), "bmi": stratify.Num(33, "kg/m2"), "hba1c": stratify.Num(7.9, "%"), "sdi": stratify.Num(5, ""),
	}}
	var b strings.Builder
	for _, m := range everyModel(t) {
		for i, p := range persons {
			in := stratify.Inputs{"age_at_diagnosis": stratify.Num(41, "years")}
			for name, d := range p {
				in[name] = d
			}
			if strings.HasPrefix(m.Name(), "score2-op") {
				in["age"] = stratify.Num(in["age"].Value+30, "years")
			}
			if strings.HasPrefix(m.Name(), "score2-diabetes") {
				in["diabetes"], in["hba1c"] = stratify.YesNo(true), stratify.Num(55, "mmol/mol")
			}
			for name := range in {
				if m.Index(name) < 0 {
					delete(in, name)
				}
			}
			for _, e := range m.Definition().Equations {
				for k, name := range m.Definition().Select {
					in[name] = stratify.Word(e.When[k])
				}
				for _, race := range []string{"black", "other"} {
					if m.Index("race") >= 0 && len(e.When) < 2 {
						in["race"] = stratify.Word(race)
					}
					s := m.Score(in)
					if !s.Scored {
						t.Fatal(s)
					}
					fmt.Fprintf(&b, "%s %v %d %s %.10g %.10g\n", m.Name(), e.When, i+1, in["race"].Text, s.Linear, s.Value)
					if m.Index("race") < 0 || len(e.When) == 2 {
						break
					}
				}
			}
		}
	}
	golden.Check(t, "risks.txt", b.String())
}
