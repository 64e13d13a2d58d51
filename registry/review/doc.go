// Package review is for the visit and the case conference: how a person stands, what to do
// today, what went wrong, who came and who left.
//
//   - is there a care plan, and is it in date: [PlanState]; how many have one, by register, level and provider: [Coverage]
//   - the four elements of planned care: [FourElements]
//   - what to ask for at this visit: [Prompts]
//   - everything on a page, for the clinic and the patient's own view: [Summarise]
//   - an unplanned admission looked back on: [UnplannedReview]
//   - lists of people compared: [Movement]; a definition and its successor: [Compare]
//
// # Rules
//
// A person has one plan for all conditions. A plan is current while its review is not overdue
// by more than the grace; drafts change nothing. Each person is in exactly one of five
// states. Survey rates have the right denominator: copies offered and plans understood of
// those with a plan, involvement of those who wanted it (KF2010:602).
//
// Prompts come overdue first, then by priority, due day and key, and are repeated until closed, put
// aside or excluded; what lies beyond the limit is counted. A summary shows what is known as of
// the day and invents nothing: a trend needs two values in one unit, or in units that can
// be converted. Every unplanned admission of a register member is looked at as a failure of
// planned care (KF2010:195): the review gives the state on the day before, not a verdict.
//
// Out of scope: drawing the page, and judging whether an admission could have been avoided. Not medical
// advice. Values are plain; a chart and a result belong to one goroutine.
package review
