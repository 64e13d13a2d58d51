// Package caremodel is the Chronic Care Model as functions: what an organisation has in
// place, what should happen next for a person, whether it happened, and whether a
// programme worked. Each of the model's six components has a package of its own:
//
//   - community: caremodel/community
//   - health care organisation: caremodel/organisation
//   - self-management support: caremodel/selfmanagement
//   - delivery system design: caremodel/delivery
//   - decision support: caremodel/decision
//   - clinical information systems: caremodel/information, and the registry packages
//
// This package holds what is about the model as a whole.
//
//   - the components and their 25 elements: [Spine], [Element], [Components], [Component]; which functions of the library serve an element: [Functions], [Function]; what a product uses of the model: [Covered], [Integration] of [ElementUse] and [ComponentUse]
//   - an organisation beside the model: [NewProfile] of an [Answer] for each element, giving [Profile] of [ComponentProfile] with an [Interval]; beside another: [Profile.Compare], [Comparison], [Profile.Nearest]
//   - the five plans of the study as references: [StudyOrganisations], [StudyOrganisation], [StudyFacts], [OrganisationFacts]; how the study chose them: [SelectionRule], [Selected]
//   - success factors, barriers and principles of the studies: [Checklists], [ChecklistByID], [Checklist], [Checklist.Answer], [ChecklistResult]; how common each is: [Checklist.Portfolio], [ItemShare]
//   - questionnaires, scored by their published rule: [ACIC], [ACICShort], [PACIC], [PACICFiveAs], [PACICShort], [PCMHA], [PCRS]; any other: [Instrument] of [Scale] with a [TotalRule]; [Instrument.Score], [InstrumentScore], [ScaleScore]; items that do not apply: [Instrument.Without]; before and after: [InstrumentScore.Change], [ScaleChange]; as a chart: [Instrument.Radar], [RadarPoint]; the care management index: [NewManagementIndex], [ManagementIndex], [ManagementIndexCells]; an outside activation score: selfmanagement.ActivationCuts
//   - forms of integration: [Parties] with [Link], [PartyIntegration]; [Direction]; [Degree]; [Level], [UncoveredLevels]; [LadderStep], [LadderRungs]; [Grid]; [ManagedCareModel]; vehicles and models: [Features]; [Openness], [PeoplePerPhysician]; [Spectrum]; [IntegrationKind]; [IntegrationIndex], [NetworkScore]; [Strategies]
//   - who answers for a network: [Accountability], [Accountable]; whether it can: [AccountableSystem]
//   - whether a programme worked: [Evaluate], [Evaluation] against a [Comparator], giving [Effect] with its warnings; [Evaluation.Intervals] with [Uncertainty] on a [MeasureScale], giving [EffectBounds] of [Bounds]; [AnyOutcome] of [OutcomeDates]; published programmes as data: [StudyProgrammes], [StudyProgramme]
//   - what may follow what: [NewMachine], [Machine] of [Edge]; what happened: [History] of [Step]; how many were where, and for how long: [NewFlow], [Flow], [StateFlow], [Stock]
//   - shared by the components: [Issue], [IssueCode], [SortIssues]; how people understand each other: [MatchLanguage], [LanguageMatch]; [MedianDays]; the errors
//
// # Rules
//
// Dates are civil and "as of" is an argument. A share without a denominator is undefined
// and an unanswered element unknown; neither is 0: shares come as an [Interval] that
// unknown answers leave open. Shares, means and effects are exact fractions; intervals
// around effects are float64. Definitions are checked once, with all faults in one error;
// evaluating never fails, and what is wrong in a record becomes an [Issue]. Everything
// here is immutable or a plain value; nothing starts a goroutine.
//
// Questionnaires are structure and arithmetic only: their wording belongs to their owners
// and comes from the caller. Money is incentives' business, rates hedis'. Sources are
// named as document and lines: King's Fund 2004 and 2010, Nuffield Trust 2009 and 2011.
// Not medical advice.
package caremodel
