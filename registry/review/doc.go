// Package review is for the visit and the case conference: how a person stands, what to do
// today, what went wrong, who came and who left.
//
//   - is there a care plan, and is it in date: [PlanState] of [CarePlan] by a [PlanPolicy], giving a [PlanResult] in a [State]; how many have one, by register, level and provider: [Coverage] of [Planned] with each [Answer], in [Cell]
//   - the four elements of planned care: [FourElements], each [Element] that is [Lacking]
//   - what to ask for at this visit: [Prompts], a [PromptList] of [Prompt]
//   - everything on a page, for the clinic and the patient's own view: [Summarise] of a [Subject] by a [SummaryPolicy] with [Measure], giving a [Summary] of registers ([On]), [LastValue] with [Trend], [Medicine]
//   - an unplanned admission looked back on: [UnplannedReview] by a [ReviewPolicy], an [AdmissionReview] as of [Before]
//   - lists of people compared: [Movement] of [Member], giving [Moves] of [Moved]; a definition and its successor: [Compare], giving a [Change] of [Changed]
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
