package main

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/chroniccare/chroniccare/stratify/tier"
)

// year is what is known of everybody in a year, in columns of the same people.
type year struct {
	people    []tier.Person // score: predicted chance of an unplanned admission in the next 12 months
	cost      []float64     // of the year
	admission []int         // unplanned, in the 12 months after the score
	sex       []string
}

// population makes n people and two years of them. Every figure is invented; the same n
// always gives the same people.
func population(n int) (first, second year) {
	rng := rand.New(rand.NewPCG(1997, 3))
	expit := func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
	for i := range n {
		age := 18 + rng.IntN(75)
		frailty := rng.NormFloat64()
		sex := []string{"women", "men"}[rng.IntN(2)]
		risk := -4 + 1.2*frailty + 0.028*float64(age-50)
		id := fmt.Sprintf("p%06d", i)
		area := []string{"north", "south", "east"}[rng.IntN(3)]
		for k, y := range []*year{&first, &second} {
			p := tier.Person{ID: id, Area: area, Keys: []float64{float64(age + k)}}
			p.Score = math.Round(1e4*expit(1.15*risk+0.25+0.5*rng.NormFloat64())) / 1e4
			event := 0
			if rng.Float64() < expit(risk) {
				event = 1
			}
			cost := math.Round(100*math.Exp(5.2+0.8*frailty+0.012*float64(age)+1.1*rng.NormFloat64())) / 100
			if rng.IntN(5) == 0 {
				cost = 0
			}
			switch draw := rng.IntN(1000); {
			case draw < 3:
				p.Score = math.NaN() // no data
			case draw < 8:
				p.Status = tier.OptedOut
			case k == 1 && draw < 20:
				p.Status = tier.Away
			case k == 1 && float64(draw) < 20+100*expit(risk):
				p.Status = tier.Dead
			}
			y.people = append(y.people, p)
			y.cost = append(y.cost, cost)
			y.admission = append(y.admission, event)
			y.sex = append(y.sex, sex)
			frailty = 0.85*frailty + 0.53*rng.NormFloat64()
			risk = -4 + 1.2*frailty + 0.028*float64(age+1-50) + 0.6*float64(event)
		}
	}
	return first, second
}
