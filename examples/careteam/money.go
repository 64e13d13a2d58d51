package main

import (
	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/incentives/groups"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/feedback"
)

// results are the doctors' rates, now and a quarter ago, with the patients whose care is
// open; people for whom nobody answers are in none.
func (r *practice) results() (now, before feedback.Round) {
	now = feedback.Round{Period: registry.LastMonths(r.asOf, 3, registry.FarExclusive)}
	before = feedback.Round{Period: registry.LastMonths(r.quarterAgo(), 3, registry.FarExclusive)}
	for _, doc := range doctors {
		for m := range measures {
			a, b := feedback.Result{Provider: doc.id, Measure: measures[m].id}, feedback.Result{Provider: doc.id, Measure: measures[m].id}
			for i := range r.people {
				x := &r.people[i]
				if x.doctor != doc.id {
					continue
				}
				if count(&a.Rate, x.measured[m]) == unmet {
					a.Gaps = append(a.Gaps, x.ID)
				}
				count(&b.Rate, x.before[m])
			}
			now.Results, before.Results = append(now.Results, a), append(before.Results, b)
		}
	}
	return now, before
}

func count(r *registry.Rate, m measured) measured {
	if m != notAsked {
		r.Den++
	}
	if m == met {
		r.Num++
	}
	return m
}

// share is a doctor's part of the bonus.
type share struct {
	name   string
	score  incentives.Exact
	amount int64 // minor units
	salary int64
}

const leastPatients = 10 // a measure of fewer people is not scored

// bonus pays what follows from the rates: each measure from 0 at 50 % to all of it at
// 90 %, 7 % of the payroll on average, nobody above 10 % of salary, by the rules of the
// group that the study describes. The amounts add up to the cent.
func (r *practice) bonus(now feedback.Round) (shares []share, left int64, err error) {
	schedule := incentives.Linear{Lower: incentives.Frac(50, 100), Upper: incentives.Frac(90, 100), Full: incentives.Int(1)}
	var all []groups.Physician
	for _, doc := range doctors {
		var metrics []groups.Metric
		for _, x := range now.Results {
			if x.Provider == doc.id {
				metrics = append(metrics, groups.Metric{ID: x.Measure, Performance: incentives.OfCounts(x.Rate), Schedule: schedule, Minimum: leastPatients})
			}
		}
		score, _, err := groups.Score(metrics)
		if err != nil {
			return nil, 0, err
		}
		all = append(all, groups.Physician{ID: doc.id, Salary: doc.salary, Score: score})
		shares = append(shares, share{name: doc.name, score: score, salary: doc.salary})
	}
	paid, left, err := groups.KaiserPool(all)
	if err != nil {
		return nil, 0, err
	}
	for i := range shares {
		for _, p := range paid {
			if p.ID == doctors[i].id {
				shares[i].amount = p.Amount
			}
		}
	}
	return shares, left, nil
}
