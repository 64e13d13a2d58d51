package main

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify"
)

// value is what a line says of one field, as text with its unit; empty text is absent. Both
// formats are read into it, so that one word means the same in both.
type value struct{ text, unit string }

// String is the value as it was given.
func (v value) String() string { return strings.TrimSpace(v.text + " " + v.unit) }

// The words that are taken beside the models' own.
const (
	yesNoWords = "yes, no, true, false, 1, 0"
	sexWords   = "female, male, F, M, 1 (male), 2 (female)"
)

func (v value) yesNo() (yes, ok bool) {
	switch strings.ToLower(v.text) {
	case "yes", "true", "1":
		return true, true
	case "no", "false", "0":
		return false, true
	}
	return false, false
}

func (v value) sex() registry.Sex {
	switch strings.ToLower(v.text) {
	case "female", "f", "2":
		return registry.Female
	case "male", "m", "1":
		return registry.Male
	}
	return registry.SexUnknown
}

func (v value) number() (x float64, ok bool) {
	x, err := strconv.ParseFloat(v.text, 64)
	return x, err == nil && !math.IsNaN(x) && !math.IsInf(x, 0)
}

// datum reads the value as an input of a model; ok is false when it is none.
func (v value) datum(in stratify.Input) (d stratify.Datum, ok bool) {
	switch in.Kind {
	case stratify.Flag:
		if yes, ok := v.yesNo(); ok {
			d = stratify.YesNo(yes)
			d.Unit = v.unit
			return d, true
		}
	case stratify.Category:
		if in.Name == "sex" && !slices.Contains(in.Choices, v.text) {
			if s := v.sex().String(); slices.Contains(in.Choices, s) {
				return stratify.Word(s), true
			}
		}
		return stratify.Word(v.text), slices.Contains(in.Choices, v.text)
	default:
		if x, ok := v.number(); ok {
			return stratify.Num(x, v.unit), true
		}
	}
	return stratify.Word(v.text), false
}

// words lists the words that a flag or category takes.
func words(in stratify.Input) string {
	switch {
	case in.Kind == stratify.Flag:
		return yesNoWords
	case in.Name == "sex" && len(in.Choices) == 2 && slices.Contains(in.Choices, "female") && slices.Contains(in.Choices, "male"):
		return sexWords
	}
	return strings.Join(in.Choices, ", ")
}

// refused says what was read in place of what an input takes.
func (v value) refused(in stratify.Input) string {
	if in.Kind == stratify.Flag || in.Kind == stratify.Category {
		return fmt.Sprintf("%q is no choice: it takes %s", v, words(in))
	}
	return fmt.Sprintf("%q is not a number", v)
}
