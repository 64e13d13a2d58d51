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
//   - the components and their 25 elements: [Spine], [Components]; which functions of the library serve an element: [Functions], [Covered]
//   - an organisation beside the model: [NewProfile], [Profile.Compare]; the five plans of the study as references: [StudyOrganisations], [StudyFacts]; how the study chose them: [SelectionRule]
//   - success factors, barriers and principles of the studies: [Checklists], [ChecklistByID], [Checklist.Answer], [Checklist.Portfolio]
//   - questionnaires, scored by their published rule: [ACIC], [ACICShort], [PACIC], [PACICFiveAs], [PACICShort], [PCMHA], [PCRS], [Instrument.Score], [InstrumentScore.Change], [Instrument.Radar]; [NewManagementIndex]; [ActivationLevel]
//   - forms of integration: [Parties], [Direction], [Degree], [Level], [LadderStep], [Quadrant], [Features], [Openness], [Spectrum], [IntegrationKind], [IntegrationIndex], [ManagedCareModel], [Strategies]; who answers for a network: [Accountability]
//   - whether a programme worked: [Evaluate], [Evaluation.Intervals], [AnyOutcome]; published programmes as data: [StudyProgrammes]
//   - shared by the components: [Machine] and [History] for what may follow what, [Issue], and the errors
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
