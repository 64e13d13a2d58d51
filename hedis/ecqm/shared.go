package ecqm

import (
	. "github.com/chroniccare/chroniccare/registry"
)

// Codes that the specifications reference directly.
var (
	loinc  = func(c string) Code { return Code{System: LOINC, Value: c} }
	snomed = func(c string) Code { return Code{System: SNOMEDCT, Value: c} }
	cpt    = func(c string) Code { return Code{System: CPT, Value: c} }
	hcpcs  = func(c string) Code { return Code{System: HCPCS, Value: c} }
)

// period and yearBefore are the windows that most criteria use.
func mp() Window { return ThePeriod() }

// encounters are performed encounters of the sets or codes.
func (r rules) encounters(sets []Set, codes ...Code) Query {
	return Query{Kind: Encounter, Sets: sets, Codes: codes, Tests: []Test{StatusIn(r.performed...)}}
}

// diagnoses are conditions of any category.
func diagnoses(sets ...Set) Query { return Query{Kind: Diagnosis, Sets: sets} }

// problems are conditions of the problem list and health concerns.
func problems(sets ...Set) Query {
	return diagnoses(sets...).That(InCategory(ProblemListItem | HealthConcern))
}

// visitDiagnoses are encounter diagnoses.
func visitDiagnoses(sets ...Set) Query {
	return diagnoses(sets...).That(InCategory(EncounterDiagnosis))
}

func procedures(sets ...Set) Query {
	return Query{Kind: Procedure, Sets: sets, Tests: []Test{StatusIn(Completed)}}
}

func resulted() Test { return StatusIn(Final, Amended, Corrected) }

func observations(sets []Set, codes ...Code) Query {
	return Query{Kind: Observation, Sets: sets, Codes: codes, Tests: []Test{resulted()}}
}

func labs(sets []Set, codes ...Code) Query {
	return observations(sets, codes...).That(InCategory(Laboratory))
}

func exams(sets []Set, codes ...Code) Query {
	return observations(sets, codes...).That(InCategory(Exam))
}

func (r rules) assessments(codes ...Code) Query {
	q := observations(nil, codes...)
	if r.surveyCategory != 0 {
		q = q.That(InCategory(r.surveyCategory))
	}
	return q
}

func (r rules) studies(sets ...Set) Query {
	q := observations(sets)
	if r.imagingCategory != 0 {
		q = q.That(InCategory(r.imagingCategory))
	}
	return q
}

// medicationOrders are orders that are active or completed.
func (r rules) medicationOrders(sets []Set, codes ...Code) Query {
	return Query{Kind: MedicationOrder, Sets: sets, Codes: codes, Tests: []Test{StatusIn(Active, Completed), IntentIn(r.orders...)}}
}

// activeMedications are orders that are active.
func (r rules) activeMedications(sets ...Set) Query {
	return Query{Kind: MedicationOrder, Sets: sets, Tests: []Test{StatusIn(Active), IntentIn(r.orders...)}}
}

func (r rules) serviceOrders(sets ...Set) Query {
	return Query{Kind: ServiceRequest, Sets: sets, Tests: []Test{StatusIn(Active, Completed), IntentIn(r.orders...)}}
}

func ageAtEnd(min, max int) Definition   { return AgeAt{At: PeriodEnd(), Min: min, Max: max} }
func ageAtStart(min, max int) Definition { return AgeAt{At: PeriodStart(), Min: min, Max: max} }

func (r rules) female() Definition {
	if r.sexCoded {
		return sexCodeIs(snomed("248152002"))
	}
	return sexIs(Female)
}

// yes is the coded answer of an assessment.
func yes() Test { return ValueIs(snomed("373066001")) }

// hospice: hospice care at any time in the period.
func (r rules) hospice() Definition { return r.hospiceIn(mp(), mp()) }

// hospiceIn asks for hospice care in a window; discharges to hospice count in
// the window of their own.
func (r rules) hospiceIn(w, discharge Window) Definition {
	return named("Hospice care", Any{
		exists(r.encounters([]Set{vsEncounterInpatient}).That(DischargedTo(snomed("428361000124107"), snomed("428371000124100")), When(Ends, discharge))),
		exists(r.encounters([]Set{vsHospiceEncounter}).That(When(Overlaps, w))),
		exists(r.assessments(loinc("45755-6")).That(yes(), When(Overlaps, w))),
		exists(r.serviceOrders(vsHospiceCareAmbulatory).That(WhenOf(Authored, During, w))),
		exists(procedures(vsHospiceCareAmbulatory).That(When(Overlaps, w))),
		exists(diagnoses(vsHospiceDiagnosis).That(When(Overlaps, w))),
	})

}

// palliative: palliative care at any time in the period.
func (r rules) palliative() Definition {
	return named("Palliative care", Any{
		exists(r.assessments(loinc("71007-9")).That(When(Overlaps, mp()))),
		exists(diagnoses(vsPalliativeCareDiagnosis).That(When(Overlaps, mp()))),
		exists(r.encounters([]Set{vsPalliativeCareEncounter}).That(When(Overlaps, mp()))),
		exists(procedures(vsPalliativeCareIntervention).That(When(Overlaps, mp()))),
	})

}

// nursingHome: 66 or older, and by the latest housing status living in a
// nursing home.
func (r rules) nursingHome() Definition {
	return named("Age 66 or older living long term in a nursing home", All{
		ageAtEnd(66, 0),
		the(Pick{From: r.assessments(loinc("71802-3")).That(When(Ends, UpToPeriodEnd())), By: Ends, Last: true, Exact: true},
			[]Test{ValueIs(snomed("160734000"))}),
	})

}

// frailty: a sign of frailty in the period.
func (r rules) frailty() Definition {
	return named("Frailty", Any{
		exists(Query{Kind: DeviceRequest, Sets: []Set{vsFrailtyDevice}, Tests: []Test{StatusIn(Active, Completed), IntentIn(r.orders...), WhenOf(Authored, During, mp())}}),
		exists(r.assessments(loinc("98181-1")).That(ValueIn(vsFrailtyDevice), When(Ends, mp()))),
		exists(diagnoses(vsFrailtyDiagnosis).That(When(Overlaps, mp()))),
		exists(r.encounters([]Set{vsFrailtyEncounter}).That(When(Overlaps, mp()))),
		exists(Query{Kind: Observation, Sets: []Set{vsFrailtySymptom}, Tests: []Test{StatusIn(Preliminary, Final, Amended, Corrected), When(Overlaps, mp())}}),
	})

}

// advancedIllness: an advanced illness or dementia medicine in the period or
// the year before.
func (r rules) advancedIllness() Definition {
	return named("Advanced illness or dementia medication in the period or the year before", Any{
		exists(diagnoses(vsAdvancedIllness).That(When(Starts, YearsBefore(1)))),
		exists(r.activeMedications(vsDementiaMedications).That(WhenOf(Covered, Overlaps, YearsBefore(1)))),
	})

}

// frailAndIll: 66 or older with frailty and advanced illness.
func (r rules) frailAndIll() Definition {
	return named("Age 66 or older with frailty and advanced illness", All{ageAtEnd(66, 0), r.frailty(), r.advancedIllness()})
}

// frailAndIllOrOld: 66 to 80 with frailty and advanced illness, or 81 or older
// with frailty.
func (r rules) frailAndIllOrOld() Definition {
	return named("Age 66 to 80 with frailty and advanced illness, or 81 or older with frailty", All{
		ageAtEnd(66, 0), r.frailty(), Any{ageAtEnd(81, 0), r.advancedIllness()},
	})

}

// adultOutpatient: the qualifying encounters that several adult measures share.
func (r rules) adultOutpatient() Definition {
	return named("Qualifying encounter", exists(r.encounters([]Set{vsOfficeVisit, vsAnnualWellnessVisit,
		vsPreventiveCareServicesEstablishedOfficeVisit18AndUp, vsPreventiveCareServicesInitialOfficeVisit18AndUp,
		vsHomeHealthcareServices, vsVirtualEncounter, vsTelephoneVisits}).That(When(During, mp()))))

}

// version picks what a year's specification says.
func version[T any](r rules, my2025, my2026 T) T {
	if r.year <= MY2025 {
		return my2025
	}
	return my2026
}

// Short forms of the algebra's literals.

func named(name string, d Definition) Definition { return Named{Name: name, Of: d} }
func exists(q Query) Definition                  { return Exists{Query: q} }
func not(d Definition) Definition                { return Not{Of: d} }
func the(p Pick, tests []Test) Definition        { return The{Pick: p, Is: tests} }
func itself(name string, tests []Test) Test      { return If(Is{Name: name, Tests: tests}) }
func sexIs(s Sex) Definition                     { return SexIs{Sex: s} }
func sexCodeIs(c Code) Definition                { return SexCodeIs{Code: c} }
func is(name string, tests []Test) Definition    { return Is{Name: name, Tests: tests} }
