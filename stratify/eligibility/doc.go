// Package eligibility has the stratification and eligibility systems of the documents that
// this library was made from, each as a named rule that says why and why not.
//
//   - is this person eligible: [New] for a [Programme] by ID ("evercare", "pace", "sipa", "prisma", ...), [Programme.Evaluate] with [Inputs], which gives [Eligible]: for, against, missing
//   - which level of care: [KaiserLevels], [BrentTiers]
//   - whom of a population: [HealthPartners], [HealthPartnersDiabetes], [Anthem], [StudyPlans], [Torbay], [KaiserPyramid], each a pyramid of stratify/tier
//   - a ward's list from month to month: [VirtualWard]; how many nurses: [ProvenHealth]
//   - from a population to a list, step by step: [Plan.Find] of [Candidate] people, which gives a [List] with the flow, reasons, movement and composition by group
//   - previous use of care: [Prior]; the outcome that counts: [OutcomeWindow], [Unplanned], [Outcomes] with deaths; was the choice right: [Targeting]
//   - on charts: [Programme.Definition], [Prior.Definition], [FirstOf]
//   - all systems with their sources: [Systems]
//
// # Yes, no and cannot tell
//
// An input that is missing never counts as a no and never as a yes: the answer is then
// "cannot tell", unless other inputs decide. Where a source gives no figure the parameter
// is the caller's; where the library decided, the programme's notes say so.
//
// # Risk is not benefit
//
// [Impact] is a second step after ranking: people are left out with a stated reason only,
// preferred within a stated pool only, and the composition of the list by group is shown
// before and after; the care that the need calls for goes with each person. Nothing is
// multiplied into the score.
//
// # Sources
//
// Sources are given as document:lines of the texts that were read. 000: the King's Fund's
// study of managed care organisations in the United States (2004). 002: Gleave, Across the
// pond (Nuffield Trust 2009). 003: Curry and Ham, Clinical and service integration (King's
// Fund 2010). 004: Thorlby, Rosen and Smith, GP commissioning (Nuffield Trust 2011).
//
// The rules describe programmes of their time. They are not medical advice and no
// entitlement; programmes of that name may ask for other things today.
package eligibility
