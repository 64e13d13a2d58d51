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

func parseAnswer(s string) (Answer, bool) {
	switch s {
	case "unknown", "":
		return Unknown, true
	case "yes", "partly", "no":
		return Answer(s), true
	}
	return Unknown, false
}

// Interval holds a share that unknown answers leave open: low counts them as no, high
// as yes. Partly counts half.
type Interval struct{ Low, High *big.Rat }

// String gives both ends to two places.
func (i Interval) String() string { return i.Low.FloatString(2) + " to " + i.High.FloatString(2) }

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
