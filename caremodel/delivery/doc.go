// Package delivery is the component delivery system design of the Chronic Care Model: who
// does what, when and for whom. Element ids are those of [caremodel.Spine].
//
// # Roles and tasks in the team (D1)
//
//   - who does what, to the limit of the licence: [Distribute] of [Task] to [Role], giving [Distribution] with [Assigned], [Unassigned] and [RoleLoad]
//   - a practice as a medical home: [HomePrinciples], [Designation] giving [Designated]; one responsible physician, consultations in time: [MedicalHome] with [Consultation], giving [HomeReport]
//
// # Planned contacts (D2)
//
//   - a visit prepared from a merged recall: [PlanVisit] with [Preparation], giving [PlannedVisit] of [VisitItem] by [Origin]; the day's meeting: [Huddle]; what was done and what goes to the next visit: [PlannedVisit.Complete], [Completion]
//   - programmes: [Programme] with [ProgrammeTask], [ContactRule], [ProgrammeGoal], [ReferralCriterion], [DischargeRule], [Caseload], [Programme.Capacity]; [CheckProgrammes]; ready-made ones: [Template], [Templates], [Limits], [TaskLimit]
//   - is a programme for a person: [Programme.Qualifies] of a [Candidate] gives [Qualification] with each [Ground]
//   - enrolment: [Enrolment], [State], [NewEnrolments], [Enrolments.Open], [Enrolments.Assess], [Enrolments.Step] of an [Episode] by [Route], against the rules by [Override]; places and who waits: [Enrolments.Admit], [Enrolments.WaitingList] of each [Waiter], giving [WaitingList]
//   - what is due to a person: [Enrolments.Plan] of [Followed] gives [PersonPlan] of [PlanItem] by [Kind], with each [PlanGap]; what was [Done]; a team's week by role: [Enrolments.TeamWork] gives [TeamWork] of [RoleWork]
//   - what a review asks and finds: [Programme.Agenda] of [Ask], [Programme.Review] gives [Reviewed], who may [Leave]; whose review is late: [OverdueReview]; the flow of people: [Enrolments.Flow], [FlowReport], [Leaving]
//
// # Case management for complex people (D3)
//
//   - levels: [NewLevels], [Levels] of [LevelState], [ServiceOf]; how many of a population: [TargetShare], [PublishedShares], [Published], [Share], [Against], [Position]
//   - the cycle: [Cycle], [CycleStep], [CyclePolicy], [Case], [CaseStatus], [Due]; who was responsible: [Management], [ManagerSpan]
//   - caseloads: [ManagersNeeded], [Assign] of [Client] to [Manager] by [AssignPolicy], giving [Assignments] with [Assignment], [NotAssigned] and [ManagerLoad]
//   - virtual wards: [Ward], [WardPerson], [Acuity], giving [WardRun] with [WardMove] and [WardReview]
//   - emergency cases: [NewHospitalist], [Hospitalist] with [Alternative], [Destination], [Destinations], [Emergency] and [Beds], giving [Diversion] with [Considered], and [Diversions]; [HospitalistBreakEven], [BreakEven]
//   - a diabetes pathway: [NewDiabetesPathway], [DiabetesPathway], [DiabetesLimits], [DiabetesState], [Measured]
//
// # Regular follow-up (D4)
//
//   - contacts: [Contact], [Channel], [Channels], [CheckContacts]; rhythm: [Cadence], [SinceContact]; channels: [ChannelMix], [Mix], [ChannelShare], [ChannelChange]
//   - after a discharge: [NewAfter], [After], [AfterPolicy] for a [Discharge], giving [FollowUp] in a [FollowUpState], [FollowUpShare]; [CheckDischarges], [PlannedDischarge]
//   - what came back: [Warranty] giving [Absorbed], [ReturnWithin] of [Event] giving [Returned]
//
// # Care that is understood (D5)
//
//   - language and material: [MatchMeeting] of [Needs] and [Meeting] with [Staff] and [Material], giving [Fit] with a [caremodel.LanguageMatch]; [FitShare]
//
// # Rules
//
// Days are civil and "as of" is an argument; what lies after it does not exist. Ties are
// broken by a stated key, the ID last; the order of input changes nothing. Shares are
// exact and undefined over 0. Whoever leaves a programme has a reason, and so has whoever
// enters against its rules. Functions that judge a person do not fail: bad input is found
// at the edge, all faults at once. Limits that are the library's own are said to be; where
// a source gives no figure and the library none, the caller must. Levels, ranking and
// staffing figures come from stratify, merged visits and published follow-up from
// registry/recall. Definitions are immutable and may be shared.
//
// Out of scope: booking, messages, rotas by hour, and money save the break-even of a post.
// Not medical advice.
package delivery
