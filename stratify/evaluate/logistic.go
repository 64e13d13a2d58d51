package evaluate

import "math"

// clip keeps a probability inside the open interval, so that its logit is finite.
func clip(p float64) float64 { return min(max(p, 1e-12), 1-1e-12) }

func logit(p float64) float64 { p = clip(p); return math.Log(p / (1 - p)) }

func expit(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// loglik is the log-likelihood of events and non-events at log odds x.
func loglik(events, nonEvents, x float64) float64 {
	// log(1+exp(x)) without overflow
	soft := math.Max(x, 0) + math.Log1p(math.Exp(-math.Abs(x)))
	return events*(x-soft) - nonEvents*soft
}

// fit maximises the likelihood of log odds a + b x by Newton-Raphson with halved steps;
// with offset, b stays 1. ok is false when it does not converge in 200 steps.
func fit(points []Point, offset bool) (a, b float64, ok bool) {
	a, b = 0, 1
	at := func(a, b float64) (l, ga, gb, haa, hab, hbb float64) {
		for _, q := range points {
			x := logit(q.P)
			m := float64(q.Events + q.NonEvents)
			eta := a + b*x
			pr := expit(eta)
			l += loglik(float64(q.Events), float64(q.NonEvents), eta)
			r, w := float64(q.Events)-m*pr, m*pr*(1-pr)
			ga += r
			gb += r * x
			haa += w
			hab += w * x
			hbb += w * x * x
		}
		return
	}
	l, ga, gb, haa, hab, hbb := at(a, b)
	for range 200 {
		var da, db float64
		if offset {
			da = ga / haa
		} else {
			det := haa*hbb - hab*hab
			da, db = (ga*hbb-gb*hab)/det, (gb*haa-ga*hab)/det
		}
		if math.IsNaN(da) || math.IsInf(da, 0) || math.IsNaN(db) || math.IsInf(db, 0) {
			return 0, 0, false
		}
		step := 1.0
		for range 60 {
			l2, a2, b2, c2, d2, e2 := at(a+step*da, b+step*db)
			if l2 >= l-1e-10*math.Abs(l) {
				a, b = a+step*da, b+step*db
				l, ga, gb, haa, hab, hbb = l2, a2, b2, c2, d2, e2
				break
			}
			step /= 2
		}
		if math.Abs(da) <= 1e-12*(1+math.Abs(a)) && math.Abs(db) <= 1e-12*(1+math.Abs(b)) {
			return a, b, true
		}
	}
	// near the resolution of the sums Newton may hover: accept a flat gradient
	return a, b, math.Abs(ga) <= 1e-8*haa+1e-9 && math.Abs(gb) <= 1e-8*hbb+1e-9
}
