// Package recall says what care each person is due, when, and how to bring them in.
//
//   - what is due to whom, what closes it, how often: [Recommendation]; several together, checked: [Compile]
//   - the gaps of a person on a day, with DEQM status and reasons: [Plan.Gaps]; on one line: [Gap.Text]
//   - what to plan for: [Upcoming], [ByUrgency]; how complete care is: [CareScore]
//   - declined, unsuitable, care elsewhere, newly diagnosed: [Exclusion] by facts, [Note] by hand; put aside for a while: a Note with Snooze; moved or opted out: [Away]
//   - dates alone: [Timing], [Schedule], [Every], [Season]
//   - published intervals as data: [FollowUps]; kidney checks by GFR and albumin: [NewKidneyGrid]
//   - one visit for several diseases: [MergeVisits]
//   - the next invitation: [Ladder], [Ladders]
//
// # Rules
//
// A due day is counted from the last valid evidence, or from the day on which the
// person became eligible, and never stepped from the last due day. Before Earliest a
// gap is not yet due, from Earliest due soon, from Due due, after OverdueAfter
// overdue, after Latest lapsed; each day is in exactly one state. A gap is closed when nothing is
// missing at the through date, also when the first due day has not come yet. Facts
// after the day of calculation don't exist for it; those after the through date don't
// count for it. Good evidence on or after the day of a decline beats the decline.
// Remarks and snoozes change no status. People who are dead, moved or opted out have no
// gaps, and the gap says why; those who never answered leave the score and stay on
// recall.
//
// Intervals are data for defaults and tests, not medical advice: whoever deploys them
// reviews them. A plan is immutable and may be shared; a chart belongs to one goroutine.
package recall
