// Package feedback shows providers how they do with their own patients, against their
// peers and against the time before.
//
//   - in: a [Measure], a [Round] of [Result] of one period, earlier rounds, a [Policy] with [Names]
//   - out: [Reports], one [Report] for each provider, with a [Line] for each measure, [Peer] lines, [Past] results and their [Direction]; as text: [Report.Text]
//   - for the leader's visit: [Outliers] giving [Outlier] with a [Flag]; limits of a funnel plot: [Limits]
//   - benchmarks by themselves: [Mean], [Median], [BestDecile], [Achievable]
//
// # Rules
//
// Rates are compared as fractions, the better one by the measure's direction. A rank is
// a place among the providers with the least denominator or more; equal rates share it. The
// percentile is the share of the other ranked ones who do no better. Outliers lie
// beyond p ± z·√(p(1−p)/n), z 2 to warn and 3 to alarm, decided in whole numbers.
// The achievable benchmark sorts providers by (Num+1)/(Den+2) and pools the best until
// they hold a tenth of the patients (formula from the literature, not confirmed).
//
// Peers are named, masked by labels of the caller, or not listed at all. Whatever could
// tell a peer's small count, also by subtraction from a mean, is hidden by package
// population; a provider's own numbers and patients never are. Peers' ranks are left out
// where one of the ranked is hidden. What remains is order among all: a rank of one's own, a
// flag and a benchmark say how many do better or worse, hidden ones among them. With Dense
// ranks a reader may learn that a hidden peer is level with a shown one.
//
// Feedback on one's own panel with supportive review: King's Fund 2004, KF2004:310-311,
// KF2004:1138-1141; with names, and leaders who visit outliers: Nuffield Trust 2011,
// NT2011:16, NT2011:318-324. Referral and utilisation rates may be fed back; whether to
// pay on them is not decided here.
package feedback
