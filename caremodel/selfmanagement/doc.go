// Package selfmanagement is the component self-management support of the Chronic Care
// Model: how a person with a chronic condition is helped to manage it. Element ids are those
// of [caremodel.Spine].
//
// # The person at the centre (S1)
//
//   - a visit that starts with the person's own problems: [Agenda] of [Problem] and [ClinicalItem], giving [AgendaItem]
//   - who takes part, who does not, and why: [Participation] of [Offer], checked by [CheckOffers], giving [ParticipationReport] and [ReasonCount]
//
// # Assessment, goals, plans, problem solving, follow-up (S2)
//
//   - what is to be assessed and when again: [Assess] of [Assessment] by [Domain], with [AssessmentPolicy] and [DomainLimit], giving [DomainStatus]; all domains: [Domains]
//   - an outside activation score: [Activation], [ActivationCuts], [ActivationGain], [Gain]
//   - goals: [Goal], [CheckGoals], [Goal.At] with a [Measurement], giving [GoalAnswer]; the life cycle: [GoalStatuses], [GoalStatus], [GoalStatusRow]; several goals in one figure: [Attainment] of [Attained]
//   - action plans that a person believes in: [ActionPlan] with [PlanPolicy] ([PlanPolicy.Check]), [Acceptance], [Attempt] and [Result]; the life cycle: [PlanMachine], [PlanState]; follow-up not made: [OverduePlans], [OverduePlan]
//   - the five As on a topic: [CountAs] of [Counsel] by [A], [CheckCounsels], giving [FiveAs]; over a panel: [NewAsTally]
//
// # Readings sent from home (S2, D4)
//
//   - limits as data: [Rules], [Rule], [Limit], [Test], [Action]; bound once: [NewMonitor], [Monitor], [MonitorPolicy]
//   - what a person's readings say: [Monitored] with [Reading], [Part], [Schedule] and [Acknowledgement]; [Monitor.Watch] gives [Watch] with [Alert] and [Technical]
//   - the worklist of the day, one task a person: [Triage], giving [WorkItem] with a [Decision]
//
// # Lasting support (S3)
//
//   - which education suits whom: [NewEducator], [Educator.Plan] of [EducationState], giving [EducationItem]
//   - sessions: [Session], [Invitation], [Attendance], [CheckSessions], [Sessions], giving [SessionReport], [OverdueOutcome] and [Taught]; missed sessions: [ParticipationRule], [CancelFlag]
//
// # Rules
//
// Days are civil and "as of" is an argument; what lies after it does not exist. Progress and
// rates are exact; nil or a rate over 0 is undefined. Functions that judge a person do not
// fail: the functions named Check find bad input at the edge, all faults at once. Limits of
// self-monitoring are examples with their sources, to be reviewed by whoever deploys them;
// units come from registry/completeness. Definitions are immutable and may be shared; a Watch
// belongs to one goroutine.
//
// Out of scope: the wording of questionnaires, the scoring of licensed ones, devices,
// messages, and money. Not medical advice.
package selfmanagement
