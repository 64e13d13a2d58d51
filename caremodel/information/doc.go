// Package information is the component "clinical information systems" of the Chronic Care
// Model: individual care planning, and information shared with patients and providers.
//
//   - one plan for all of a person's conditions: [CarePlan] with [PlanProblem] and [PlanAction]; faults: [CarePlan.Check]; what is missing: [CarePlan.Missing] of [AllParts], each a [PlanPart]; what contradicts: [CarePlan.Conflicts]; when it is to be looked at: [CarePlan.ReviewDue] (I3)
//   - what the patient is given of it: [CarePlan.ForPatient] (I4)
//   - one assessment across agencies, each question asked once: [Repeated] of [AskedQuestion], giving [RepeatedQuestion] (I3)
//   - was the summary sent in time: [SentInTime] of [Event] and [Share], giving [Sent]; can patients and providers see the record: [Access]; who was offered the plan: [CopyOffered] (I4)
//
// The other elements of this component are the registry's: reminders (registry/recall),
// sub-populations (registry/population), data completeness (registry/completeness),
// feedback (registry/feedback), a summary for the portal and the coverage of plans in a
// population (registry/review). Rates of quality are hedis'.
//
// Rates are exact and undefined without a denominator. Nothing here sends anything.
package information
