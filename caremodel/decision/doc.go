// Package decision is the component "decision support" of the Chronic Care Model:
// guidelines inside daily practice, specialist knowledge joined with primary care, and
// guidelines shared with patients.
//
//   - guidelines as data: [Rule] with [Action], [Strength] and [Goal]; bound once to value sets with every fault named: [Compile], which may take a [Precedence] (K1)
//   - what to do for a person today, in order, with conflicts shown: [Guide.Recommend], giving [Recommendation]; unsettled conflicts: [Issues]; why, with the facts: [Guide.Explain] (K1)
//   - rules from the published follow-up items: [FollowUpRules] (K1)
//   - the same for the patient, by text key: [PatientView] (K4)
//   - what a reminder can be expected to change: [ExpectedEffect] (K1)
//   - referrals checked before they go out: [NewControl] of [ReferralRule] and [ReferralPolicy], [Control.Check] of [Referral], giving [Decision] with a [Verdict]; authorisations: [Control.Authorised] of [Authorisation], [AuthorisationState]; the week's cases for peers: [Control.CaseReview], [ReviewCase]; rates, fed back and never paid on: [ReferralRates], [ReferralRate] (K2)
//   - recommendations that were not followed, and why: [FindDeviations] of [Given] with [Justification], giving [Deviation]; [DeviationRates], [RuleDeviations]; a justified one silences the prompt for a time: [Silenced], [Silence] (K1)
//   - protocols of several sites or payers set side by side: [Reconcile] of [Protocol] with [ProtocolRule], giving [ProtocolDifference]; of a guide's rules: [ProtocolOf] (K1, K2)
//   - questions to specialists: [AnswerTimes] of [AdviceRequest], giving [Answers] (K2); teaching and visits to outliers: [EducationLog] of [Teaching] by [Method], giving [TeachingCount]; [VisitsDue] (K3)
//
// # Rules
//
// A rule that is superseded, expired or not yet in force never fires. What a person has
// already had is known from gaps (registry/recall): a recommendation whose key is closed
// there is not made. A justified deviation, a remark or a snooze silences; none of them
// closes a gap. Two rules that contradict each other are both shown and flagged, unless a
// precedence says which gives way: the stricter one is never chosen silently. Every
// recommendation names its source.
//
// A compiled guide is immutable and may be shared; a chart belongs to one goroutine.
// Rules are the caller's or published intervals. This is not medical advice.
package decision
