// Package eligibility has the stratification and eligibility systems of the documents that
// this library was made from, each as a named rule that says why and why not.
//
//   - is this person eligible: [New] for a [Programme] by ID ("evercare", "pace", "sipa", "prisma", ...) with [Parameters]; [Programme.Evaluate] of [Inputs] gives [Eligible]: whether [Answered], and each [Reason] for, against and missing
//   - what is known of a person: an [Answer] for each [Input], made by [Yes], [No] and [Number]; what a rule asks: each [Route] is a list of [Condition]
//   - which level of care: [KaiserLevels] and [BrentTiers], each [Levels] of [Level]; [Levels.Evaluate] gives [Levelled]
//   - whom of a population: [HealthPartners], [HealthPartnersDiabetes], [Anthem], [StudyPlans], [Torbay], [KaiserPyramid], each a pyramid of stratify/tier
//   - a ward's list from month to month: [VirtualWard] gives a [WardList]; how many nurses: [ProvenHealth]
//   - from a population to a list, step by step: [Plan.Find] of [Candidate] people gives a [List] of [Listed] people, with each [Step], the [Count] by reason, the movement and the [Composition] by group
//   - previous use of care: [Prior] counts each [Stay]; the outcome that counts: [OutcomeWindow], [Unplanned], [Outcomes] of [Followed] people by what [Deaths] mean; was the choice right: [Targeting] gives [Targeted]
//   - on charts: [Programme.Definition], [Prior.Definition], [FirstOf]
//   - all systems with their sources: [Systems], each a [System]
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
