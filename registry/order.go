package registry

import (
	"cmp"
	"slices"
	"strings"
)

// compareFacts is the canonical order: earliest moment, then end, kind and ID. Of repeated
// facts the one recorded first comes first, and stays; what is left of the content decides
// between those of one moment, so that the order in which facts were given never matters.
func compareFacts(a, b *Fact) int {
	if x, y := a.When.Earliest(), b.When.Earliest(); x != y {
		return compareMoments(x, y)
	}
	return cmp.Or(compareSpans(a.When, b.When), int(a.Kind)-int(b.Kind), strings.Compare(a.ID, b.ID), compareContent(a, b))
}

// compareContent orders facts by everything else that they hold.
func compareContent(a, b *Fact) int {
	return cmp.Or(
		compareMoments(a.Authored, b.Authored),
		cmp.Compare(a.Status, b.Status),
		cmp.Compare(a.Verification, b.Verification),
		compareCodes(a.Codes, b.Codes),
		cmp.Compare(a.Intent, b.Intent),
		compareBools(a.Negated, b.Negated),
		compareBools(a.Refused, b.Refused),
		cmp.Compare(a.Category, b.Category),
		compareMoments(a.LastSeen, b.LastSeen),
		compareResults(&a.Value, &b.Value),
		slices.CompareFunc(a.Components, b.Components, func(x, y Component) int {
			return cmp.Or(compareCodes(x.Codes, y.Codes), compareResults(&x.Value, &y.Value))
		}),
		compareCodes(a.Reasons, b.Reasons),
		compareCodes(a.Sites, b.Sites),
		compareCodes(a.Severity, b.Severity),
		strings.Compare(a.EncounterID, b.EncounterID),
		compareVisits(a.Visit, b.Visit),
		compareSupplies(a.Supply, b.Supply),
		strings.Compare(a.Setting, b.Setting),
		compareBools(a.Unqualified, b.Unqualified),
		cmp.Compare(a.Rank, b.Rank),
		strings.Compare(a.Provider, b.Provider),
		strings.Compare(a.Source, b.Source))
}

func compareMoments(a, b Moment) int {
	return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Time, b.Time))
}

func compareSpans(a, b Span) int {
	return cmp.Or(compareMoments(a.End, b.End), compareMoments(a.Start, b.Start), compareBools(a.Ongoing, b.Ongoing))
}

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func compareCodes(a, b []Code) int {
	return slices.CompareFunc(a, b, func(x, y Code) int {
		return cmp.Or(cmp.Compare(x.System, y.System), strings.Compare(x.Value, y.Value))
	})
}

func compareNumbers(a, b Number) int {
	return cmp.Or(cmp.Compare(a.Coef, b.Coef), cmp.Compare(a.Exp, b.Exp))
}

func compareResults(a, b *Value) int {
	return cmp.Or(
		cmp.Compare(a.Kind, b.Kind),
		compareNumbers(a.Quantity.Value, b.Quantity.Value),
		cmp.Compare(a.Quantity.Comparator, b.Quantity.Comparator),
		strings.Compare(a.Quantity.Unit, b.Quantity.Unit),
		compareCodes(a.Codes, b.Codes),
		strings.Compare(a.Text, b.Text),
		compareBools(a.Bool, b.Bool),
		compareMoments(a.Moment, b.Moment))
}

func compareVisits(a, b *Visit) int {
	if a == nil || b == nil {
		return compareBools(a != nil, b != nil)
	}
	return cmp.Or(
		strings.Compare(a.Class, b.Class),
		compareCodes(a.Disposition, b.Disposition),
		slices.CompareFunc(a.Diagnoses, b.Diagnoses, func(x, y EncounterDx) int {
			return cmp.Or(compareCodes(x.Codes, y.Codes), strings.Compare(x.Reference, y.Reference), compareBools(x.Principal, y.Principal),
				cmp.Compare(x.Sequence, y.Sequence), strings.Compare(x.OnAdmit, y.OnAdmit))
		}),
		compareCodes(a.LocationTypes, b.LocationTypes))
}

func compareSupplies(a, b *Supply) int {
	if a == nil || b == nil {
		return compareBools(a != nil, b != nil)
	}
	return cmp.Or(
		compareNumbers(a.Days, b.Days),
		compareNumbers(a.Quantity, b.Quantity),
		strings.Compare(a.QuantityUnit, b.QuantityUnit),
		compareNumbers(a.Dose, b.Dose),
		compareNumbers(a.TakenPer, b.TakenPer),
		compareNumbers(a.PerDays, b.PerDays),
		cmp.Compare(a.Refills, b.Refills),
		cmp.Compare(a.Start, b.Start),
		compareSpans(a.Bounds, b.Bounds))
}
