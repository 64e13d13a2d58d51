package caremodel

import (
	"cmp"
	"slices"
)

// LanguageMatch is how a person and those who meet the person understand each other.
type LanguageMatch string

// Matches, the best first. The zero value is not known: the person's language is not
// recorded.
const (
	SameLanguage     LanguageMatch = "direct"
	WithInterpreter  LanguageMatch = "interpreter"
	NoCommonLanguage LanguageMatch = "none"
	LanguageNotKnown LanguageMatch = ""
)

// MatchLanguage compares the language that a person prefers, "" where it is not recorded,
// with those spoken, and whether an interpreter of it is there.
func MatchLanguage(preferred string, spoken []string, interpreter bool) LanguageMatch {
	switch {
	case preferred == "":
		return LanguageNotKnown
	case slices.Contains(spoken, preferred):
		return SameLanguage
	case interpreter:
		return WithInterpreter
	}
	return NoCommonLanguage
}

// Compare orders matches, the best first; none and not known are alike.
func (m LanguageMatch) Compare(o LanguageMatch) int {
	rank := func(x LanguageMatch) int {
		switch x {
		case SameLanguage:
			return 0
		case WithInterpreter:
			return 1
		}
		return 2
	}
	return cmp.Compare(rank(m), rank(o))
}
