// Package qof is the UK Quality and Outcomes Framework: points from achievement between
// two thresholds, pounds from points, list size and prevalence.
//
//   - what is known of a [Year]: [Years], [YearOf]; the indicators of 2004/05: [Indicators2004]
//   - a contract, checked: [New] of a [Config] with each [Indicator] gives a [Scheme]
//   - a practice's year, itemised: [Scheme.Assess] of a [Practice] with each [Result]; [PointsTotal]
//   - the two eras of the prevalence factor: [Prevalence], against the [National] figures; where money is rounded, by evidence: [Policy]
//   - advance payments: [Aspiration]
//
// Points are exact; each line carries its trace. Prevalence is the register over the
// whole list. An indicator whose patients are all excepted, or without a denominator, is
// not scored, pays nothing and says so. The statutory rounding clause was not read, and
// 21 rows of 2004/05 are not confirmed: they need Config.AllowUnconfirmed. National
// prevalence, the cut-off and the mean of roots are the caller's. Errors wrap those of
// package incentives, all faults of a contract or a practice's year at once.
//
// Out of scope: the indicators' own rules (registry/register has the registers).
package qof
