// Package recall says what care each person is due, when, and how to bring them in.
//
//   - what is due to whom, what closes it, how often: [Recommendation] with [Step] and [PromptClass]; several together, checked: [Compile]; on one chart with registers: [Bind]
//   - ready to bind to your own value sets: [Starter] with [Bindings] of [ConditionBinding], [ItemBinding], [RowBinding]; what stayed unbound: [Unbound]
//   - the gaps of a person on a day, with DEQM [Status] and reasons: [Plan.Gaps] in a [Context]; on one line: [Gap.Text]; with the facts: [Plan.Explain]
//   - what to plan for: [Upcoming], [ByUrgency]; how complete care is: [CareScore], all or none: [Bundle], [BundleResult]
//   - declined, unsuitable, care elsewhere, newly diagnosed: [Exclusion] by facts, [Note] by hand, each of an [ExclusionKind]; put aside for a while: a Note with Snooze; ordered, refused, done elsewhere: [Remark] of a [RemarkKind], read by [ParseRemark], several as [Remarks]; moved or opted out: [Away]
//   - dates alone: [Timing], [Schedule] ([State]), [Every] with [Unit], [Calendar], [Season]
//   - after an event: [Trigger]; kidney checks by GFR and albumin: [GridRule], [NewKidneyGrid], [KidneyGrid] of [KidneyCell]; what a change asks for: [Plan.Evaluations], each an [Evaluation]
//   - published intervals as data: [FollowUps], each a [FollowUp]
//   - one visit for several diseases: [MergeVisits] of [Item] ([ItemOf] a gap) with [Test], by a [VisitPolicy] with [Placement], giving [Visit] with [PlannedTest] and [Apart]
//   - the next invitation: [Ladder] of [LadderStep], [Ladders]; where a person stands: [LadderState] in a [Stage] after each [Contact] with its [Outcome]
//   - who is to be called today, and who is not and why: [Policy.Due] of [Person] by [ContactRules] and [KeyRole], giving a [DueList] of [Recall] ([KeyStep]), [Reminder], [Held] and [RoleCount]
//
// # Rules
//
// A due day is counted from the last valid evidence, or from the day on which the
// person became eligible, and never stepped from the last due day. Before Earliest a
// gap is not yet due, from Earliest due soon, from Due due, after OverdueAfter
// overdue, after Latest lapsed; each day is in exactly one state. Only evidence closes a gap: who
// has none is open from the first day, not yet due or due soon, and comes on worklists and prompts
// by the state. What has lapsed is asked of nobody and is closed. Facts
// after the day of calculation don't exist for it; those after the through date don't
// count for it. Good evidence on or after the day of a decline beats the decline.
// Remarks and snoozes change no status, save a refusal where a recommendation has a rule about
// declines. People who are dead, moved or opted out have no
// gaps, and the gap says why; those who never answered leave the score and stay on
// recall.
//
// A trigger's window ends with a re-admission, or with what its Cancel finds; evidence after
// the window closes the gap late. What is asked for at each visit has no due day, counts for
// no score and is a prompt until done that day. Recommendations of one key merge: the
// earliest due day speaks, and evidence must be able to serve both.
//
// One message a person and day says everything that is to be asked for. Contacts that are not
// made are listed with the reason. An invitation ladder counts the contacts since the last evidence,
// or since the present round of 12 months for those who never answered; the UK ladder counts those
// of the measurement year.
//
// Intervals are data for defaults and tests, not medical advice: whoever deploys them
// reviews them. A plan is immutable and may be shared; a chart belongs to one goroutine.
package recall
