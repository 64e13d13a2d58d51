package caremodel

import "math/big"

// Answer about an element or a checklist's item.
type Answer string

// Answers; the zero value is unknown, which is neither yes nor no.
const (
	Unknown Answer = ""
	Yes     Answer = "yes"
	Partly  Answer = "partly"
	No      Answer = "no"
)

// Valid reports whether an answer is one of the four.
func (a Answer) Valid() bool { return a == Unknown || a == Yes || a == Partly || a == No }

func parseAnswer(s string) (Answer, bool) {
	if s == "unknown" {
		return Unknown, true
	}
	return Answer(s), Answer(s).Valid()
}

// Interval holds a share that unknown answers leave open: low counts them as no, high
// as yes. Partly counts half.
type Interval struct {
	Low  *big.Rat `json:"low"`
	High *big.Rat `json:"high"`
}

// String gives both ends to two places.
func (i Interval) String() string {
	if i.Low == nil || i.High == nil {
		return "undefined"
	}
	return i.Low.FloatString(2) + " to " + i.High.FloatString(2)
}

func interval(answers []Answer) Interval {
	var low, high int64 // halves
	for _, a := range answers {
		switch a {
		case Yes:
			low, high = low+2, high+2
		case Partly:
			low, high = low+1, high+1
		case Unknown:
			high += 2
		}
	}
	n := int64(2 * max(len(answers), 1))
	return Interval{big.NewRat(low, n), big.NewRat(high, n)}
}
