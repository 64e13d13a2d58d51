// Package organisation is the component "health care organisation" of the Chronic Care
// Model: leadership, an improvement strategy, open handling of errors, incentives for
// quality and agreements on co-ordination.
//
//   - does leadership pair clinicians with managers, and share goals: [Twins] of [Post], [SharedGoals] (O1)
//   - which roles are missing, how many staff for the members: [Roles] by [RoleNeed], giving [RoleState]; roles that the studies name: [StudyRoles] (O1)
//   - improvement plans: [Aim], [PlanCheck]; progress: [Aim.Progress], [Aim.State], [AimState]; is a series moving: [RunChart] of [Point] by a [RunRule], giving [Chart] with [Run]; plan-do-study-act: [OverdueCycles] of [Cycle] by [Stage] (O2)
//   - does a programme pay although members leave: [BusinessCase], [BusinessResult]; at several turnovers: [BusinessCase.Table], [TurnoverRow] (O2)
//   - what went wrong and what was learned: [TallyIncidents] of [Incident], giving [Incidents] with [IncidentCell] and [CategoryCount]; [Incidents.Per1000], [Incidents.Pareto] (O3)
//   - who is eligible for which incentive: [IncentiveFlags] of [Incentive], giving [Flags]; amounts are incentives' (O4)
//   - agreements between parties: [ComplianceOf] of [Agreement] with [Duty] and [Occurrence], giving [Compliance] with [DutyCompliance]; faults: [CheckAgreements]; duties that the studies name: [StudyDuties] (O5)
//   - who runs a programme for which group: [WhoRuns] of [Runner], giving [ProgrammeCover] (O5)
//
// Who answers for a network of providers is in caremodel: Accountability.
//
// Rates and progress are exact; the business case is an estimate in float64, in the
// caller's currency unit. A rate without a denominator is undefined. Limits on days are
// the caller's or named defaults of the library, never published figures.
package organisation
