package evaluate

import (
	"encoding/json"
	"errors"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/registry"
)

type goldenTable struct {
	Threshold, Sensitivity, Specificity, PPV, NPV float64
	TP, FP, TN, FN                                int64
}

type goldenCase struct {
	Name      string
	Y         []int
	P         []float64
	AUC       float64
	Variance  float64    `json:"auc_var_delong"`
	CI        [2]float64 `json:"auc_ci95"`
	CIndex    float64    `json:"c_index"`
	Dxy       float64
	Brier     float64
	Scaled    float64 `json:"brier_scaled"`
	OE        float64
	Intercept float64 `json:"calib_intercept_logistic"`
	Slope     float64 `json:"calib_slope"`
	Large     float64 `json:"calib_in_the_large"`
	Emax      float64
	Eavg      float64
	HL        struct {
		Chisq, P float64
		DF       int
	} `json:"hosmer_lemeshow"`
	R2          float64 `json:"nagelkerke_r2"`
	Youden      struct{ Threshold, Sensitivity, Specificity float64 }
	AtThreshold []goldenTable `json:"at_threshold"`
	ROC         struct {
		Threshold  []*float64
		Sens, Spec []float64
	}
	Second *struct {
		P      []float64
		AUC    float64
		Z      float64 `json:"delong_paired_z"`
		PValue float64 `json:"delong_paired_p"`
		NRI    float64 `json:"nri_continuous"`
		IDI    float64
		NRIZ   float64 `json:"nri_z"`
		IDIZ   float64 `json:"idi_z"`
	}
	Cost *struct {
		Cost     []float64
		Gini     float64
		Share    map[string]float64 `json:"share_of_cost_top"`
		Captured map[string]float64 `json:"share_of_cost_captured_by_top_predicted"`
		Lift     map[string]float64 `json:"lift_top"`
	}
}

type goldenFile struct {
	Cases []goldenCase
	RTM   []struct {
		Mu          float64 `json:"mu"`
		SD          float64 `json:"sd_total"`
		Reliability float64 `json:"reliability"`
		Cut         float64 `json:"cut"`
		Baseline    float64 `json:"expected_baseline"`
		Followup    float64 `json:"expected_followup"`
		Effect      float64 `json:"rtm_effect"`
	} `json:"regression_to_the_mean"`
}

func loadGolden(t *testing.T) goldenFile {
	t.Helper()
	dir := os.Getenv("CHRONICCARE_CORPUS")
	if dir == "" {
		t.Skip("CHRONICCARE_CORPUS is not set")
	}
	data, err := os.ReadFile(filepath.Join(dir, "stratify", "eval_stats.json"))
	if err != nil {
		t.Fatal(err)
	}
	var f goldenFile
	if err := json.Unmarshal(data, &f); err != nil {
		t.Fatal(err)
	}
	if len(f.Cases) == 0 || len(f.RTM) == 0 {
		t.Fatal("no cases")
	}
	return f
}

// near compares to 1e-9 (or another tolerance), relative above 1.
func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol*math.Max(1, math.Abs(want))) {
		t.Errorf("%s: %.13g, want %.13g", what, got, want)
	}
}

func TestPublishedStatistics(t *testing.T) {
	const tol, fits = 1e-9, 1e-6
	rows, err := os.ReadFile(filepath.Join("testdata", "disputed.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range loadGolden(t).Cases {
		t.Run(c.Name, func(t *testing.T) {
			s, err := NewSample(c.Y, c.P)
			if err != nil {
				t.Fatal(err)
			}
			auc := s.AUC()
			near(t, "auc", auc.AUC.Value, c.AUC, tol)
			near(t, "c", auc.AUC.Value, c.CIndex, tol)
			near(t, "dxy", auc.SomersD().Value, c.Dxy, tol)
			near(t, "variance", auc.Variance.Value, c.Variance, tol)
			ci, err := auc.Interval(0.95)
			if err != nil {
				t.Fatal(err)
			}
			near(t, "low", ci.Low.Value, c.CI[0], tol)
			near(t, "high", ci.High.Value, c.CI[1], tol)
			if ci.Degenerate != (c.Variance == 0) {
				t.Error("degenerate interval not marked")
			}
			cal, err := s.Calibration()
			if err != nil {
				t.Fatal(err)
			}
			near(t, "brier", cal.Brier.Value, c.Brier, tol)
			near(t, "scaled", cal.BrierScaled.Value, c.Scaled, tol)
			near(t, "oe", cal.OE.Value, c.OE, tol)
			near(t, "large", cal.InTheLarge.Value, c.Large, fits)
			near(t, "r2", cal.Nagelkerke.Value, c.R2, tol)
			if strings.Contains(string(rows), "\n"+c.Name+",calib_slope,") { // no finite fit
				if c.Slope == 0 || c.AUC != 1 {
					t.Error("nothing to dispute")
				}
				if !errors.Is(cal.Slope.Err(), ErrSeparation) || !errors.Is(cal.Intercept.Err(), ErrSeparation) {
					t.Error("separation not found:", cal.Slope)
				}
			} else {
				near(t, "intercept", cal.Intercept.Value, c.Intercept, fits)
				near(t, "slope", cal.Slope.Value, c.Slope, fits)
			}
			hl, err := s.HosmerLemeshow(10)
			if err != nil {
				t.Fatal(err)
			}
			near(t, "hl", hl.ChiSquare.Value, c.HL.Chisq, tol)
			near(t, "hl p", hl.P.Value, c.HL.P, tol)
			if hl.DF != c.HL.DF {
				t.Errorf("df %d, want %d", hl.DF, c.HL.DF)
			}
			y, _ := s.Youden()
			v := y.Table.Value()
			near(t, "youden", y.Threshold, c.Youden.Threshold, tol)
			near(t, "youden sens", float64(v.Sensitivity.Num)/float64(v.Sensitivity.Den), c.Youden.Sensitivity, tol)
			near(t, "youden spec", float64(v.Specificity.Num)/float64(v.Specificity.Den), c.Youden.Specificity, tol)
			for _, g := range c.AtThreshold {
				if x := s.AtThreshold(g.Threshold); (x != Table{g.TP, g.FP, g.FN, g.TN}) {
					t.Errorf("at %v: %+v", g.Threshold, x)
				} else {
					v := x.Value()
					for _, r := range []struct {
						num, den int64
						want     float64
					}{{v.Sensitivity.Num, v.Sensitivity.Den, g.Sensitivity}, {v.Specificity.Num, v.Specificity.Den, g.Specificity},
						{v.PPV.Num, v.PPV.Den, g.PPV}, {v.NPV.Num, v.NPV.Den, g.NPV}} {
						near(t, "rate", float64(r.num)/float64(r.den), r.want, tol)
					}
				}
			}
			sm, err := Smooth(c.Y, c.P)
			if err != nil {
				t.Fatal(err)
			}
			near(t, "emax", sm.Greatest.Value, c.Emax, tol)
			near(t, "eavg", sm.Mean.Value, c.Eavg, tol)
			if len(c.ROC.Threshold) > 0 {
				roc := s.ROC()
				if len(roc) != len(c.ROC.Threshold) {
					t.Fatalf("%d roc points, want %d", len(roc), len(c.ROC.Threshold))
				}
				for i, r := range roc {
					if w := c.ROC.Threshold[i]; w != nil {
						near(t, "roc threshold", r.Threshold, *w, tol)
					} else if !math.IsInf(r.Threshold, 0) {
						t.Error("roc end", r.Threshold)
					}
					v := r.Table.Value()
					near(t, "roc sens", float64(v.Sensitivity.Num)/float64(v.Sensitivity.Den), c.ROC.Sens[i], tol)
					near(t, "roc spec", float64(v.Specificity.Num)/float64(v.Specificity.Den), c.ROC.Spec[i], tol)
				}
			}
			if c.Second != nil {
				cmp, err := CompareAUC(c.Y, c.P, c.Second.P)
				if err != nil {
					t.Fatal(err)
				}
				near(t, "second auc", cmp.B.AUC.Value, c.Second.AUC, tol)
				near(t, "z", cmp.Z.Value, c.Second.Z, tol)
				near(t, "p", cmp.P.Value, c.Second.PValue, tol)
				r, err := Reclassify(c.Y, c.P, c.Second.P)
				if err != nil {
					t.Fatal(err)
				}
				near(t, "nri", r.NRI.Value, c.Second.NRI, tol)
				near(t, "idi", r.IDI.Value, c.Second.IDI, tol)
				near(t, "nri z", r.NRIZ.Value, c.Second.NRIZ, tol)
				near(t, "idi z", r.IDIZ.Value, c.Second.IDIZ, tol)
			}
			if c.Cost != nil {
				r, err := Cohort{Score: c.P, Outcome: c.Y, Cost: c.Cost.Cost}.Rank()
				if err != nil {
					t.Fatal(err)
				}
				near(t, "gini", r.Concentration().Gini().Value, c.Cost.Gini, tol)
				for k, want := range c.Cost.Share {
					x, err := r.AtShare(fraction(t, k))
					if err != nil {
						t.Fatal(err)
					}
					near(t, "share "+k, x.Best.Value, want, tol)
					near(t, "captured "+k, x.Captured.Value, c.Cost.Captured[k], tol)
					near(t, "lift "+k, x.Table.Value().Lift.Value, c.Cost.Lift[k], tol)
				}
			}
		})
	}
}

// fraction reads a decimal fraction exactly.
func fraction(t *testing.T, s string) registry.Rate {
	t.Helper()
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		t.Fatal(s)
	}
	return registry.Rate{Num: r.Num().Int64(), Den: r.Denom().Int64()}
}

func TestPublishedRegression(t *testing.T) {
	for _, c := range loadGolden(t).RTM {
		r, err := Selection{c.Mu, c.SD, c.Reliability, c.Cut}.Expect()
		if err != nil {
			t.Fatal(err)
		}
		near(t, "first", r.First, c.Baseline, 1e-12)
		near(t, "second", r.Second, c.Followup, 1e-12)
		near(t, "fall", r.Fall, c.Effect, 1e-12)
	}
}
