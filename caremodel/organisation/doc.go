// Package organisation is the component "health care organisation" of the Chronic Care
// Model: leadership, an improvement strategy, open handling of errors, incentives for
// quality and agreements on co-ordination.
//
//   - does leadership pair clinicians with managers, and share goals: [Twins], [SharedGoals] (O1)
//   - which roles are missing, how many staff for the members: [Roles] (O1)
//   - improvement plans: [Aim], [PlanCheck]; progress: [Aim.Progress], [Aim.State]; is a series moving: [RunChart]; plan-do-study-act: [OverdueCycles] (O2)
//   - what went wrong and what was learned: [TallyIncidents] (O3)
//   - who is eligible for which incentive: [IncentiveFlags]; amounts are incentives' (O4)
//   - agreements between parties: [ComplianceOf], [CheckAgreements]; duties that the studies name: [StudyDuties] (O5)
//   - who runs a programme for which group: [WhoRuns] (O5)
//   - does a programme pay although members leave: [BusinessCase] (O2)
//
// Who answers for a network of providers is in caremodel: Accountability.
//
// Rates and progress are exact; the business case is an estimate in float64, in the
// caller's currency unit. A rate without a denominator is undefined. Limits on days are
// the caller's or named defaults of the library, never published figures.
package organisation
