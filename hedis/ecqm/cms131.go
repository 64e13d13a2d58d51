package ecqm

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

// cms131 asks which people of 18 to 75 with diabetes had a retinal or dilated
// eye exam: in the year when they have retinopathy, in the year or the one before
// when they have none. A higher rate is better. Steward: NCQA. From MY2026 on an
// autonomous exam and recorded severity levels count, and people without eyes are
// excluded.
func cms131(y Year) hedis.Indicator {
	const left, right = "71490-7", "71491-5"
	r := y.rules()
	diabetes := version(r, diagnoses(vsDiabetes), visitDiagnoses(vsDiabetes))
	retinopathy := named("Diabetic retinopathy", exists(diagnoses(vsDiabeticRetinopathy).That(When(Overlaps, mp()))))
	exam := exams([]Set{vsRetinalOrDilatedEyeExam})
	lastYear := FromTo(PeriodStart().AddYears(-1), PeriodEnd().AddYears(-1))
	excluded := Any{r.hospice(), r.frailAndIll(), r.nursingHome(), r.palliative()}
	numerator := Any{
		named("Retinopathy and an eye exam in the period", All{retinopathy, named("Eye exam in the period", exists(exam.That(When(During, mp()))))}),
		named("No retinopathy and an eye exam in the period or the year before", All{not(retinopathy), named("Eye exam in the period or the year before", exists(exam.That(When(During, YearsBefore(1)))))}),
	}
	if y > MY2025 {
		excluded = append(excluded, named("Absence of both eyes", exists(Query{Kind: Diagnosis, Codes: []Code{snomed("15665641000119103")},
			Tests: []Test{When(Starts, UpToPeriodEnd())}})))
		eye := map[string]string{left: "left eye", right: "right eye"}
		severity := func(code string) Definition {
			return named("Severity level of retinopathy in the "+eye[code]+" in the period", exists(exams(nil, loinc(code)).That(ValueIn(vsDiabeticRetinopathySeverityLevel), When(During, mp()))))
		}
		clear := func(code string) Definition {
			return named("No apparent retinopathy in the "+eye[code]+" in the year before", exists(exams(nil, loinc(code)).That(ValueIs(loinc("LA18643-9")), When(During, lastYear))))
		}
		numerator = append(numerator,
			named("Autonomous eye exam in the period", exists(exams(nil, loinc("105914-6")).That(ValueIn(vsAutonomousEyeExamResultOrFinding), When(During, mp())))),
			named("Severity level of retinopathy in the period", Any{
				All{severity(left), severity(right)}, All{severity(left), clear(right)}, All{severity(right), clear(left)}}),

			named("No apparent retinopathy in both eyes in the year before", All{clear(left), clear(right)}))
	}
	return hedis.Indicator{
		ID: "CMS131", Title: "Diabetes: Eye Exam", Version: version(r, "13.1.000", "14.0.000"),
		Steward: "National Committee for Quality Assurance", Specification: "CMS eCQM CMS131, eCQI Resource Center",
		Question: "Which people of 18 to 75 with diabetes had the retinal exam that they need? With retinopathy it is due every year, without it every two.",
		Rates: []hedis.RateDef{{
			InitialPopulation: All{ageAtEnd(18, 75), named("Qualifying encounter", exists(r.encounters([]Set{vsOfficeVisit, vsAnnualWellnessVisit,
				vsPreventiveCareServicesEstablishedOfficeVisit18AndUp, vsPreventiveCareServicesInitialOfficeVisit18AndUp, vsHomeHealthcareServices,
				vsOphthalmologicalServices, vsTelephoneVisits}).That(When(During, mp())))),

				named("Diabetes", exists(diabetes.That(When(Overlaps, mp()))))},
			DenominatorExclusion: excluded,
			Numerator:            numerator,
		}},
	}
}
