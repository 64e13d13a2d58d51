// Package population counts people: who is in which cell, how many, how that changes,
// and what may be shown.
//
//   - sort people into cells by keys: [Stratify] with a [Key] of [Cell], giving a [Table] of [Group]; two keys against each other: [CrossTab]; keys from limits: [Bands] of [Band]
//   - ready-made keys: [ByControl] ([Control]), [ByLastVisit], [ByCount], [ByLevel]; ready-made lists: [NeverAttended], [OpenGaps], [HighestRisk]; any other list: [Slice]
//   - how common: [Prevalence], [Trend] ([Point]), [Incidence] ([Course])
//   - several diseases in one person: [NewMorbidity] with [Family], giving [Morbidity]; several lists in one: [MergeLists] of [List], giving [Line]
//   - counts of your own as a table: [OneWay], [TwoWay]
//   - hide small cells before a table leaves the house: [Grid.Suppress], [Disclosure.Rate], giving [Count] and [ShownRate]; merge cells instead: [Grid.CollapseRows], [Grid.CollapseCols] with [Collapse]
//
// # Rules
//
// Unknown is a cell of its own, the last. In a partition everybody is in exactly one
// cell and margins add up; a key whose cells may overlap says so, and its table has no
// totals. Populations are arguments: people of a register, of a panel, of anyone.
//
// Suppression hides counts from 1 to 10 (US CMS cell size rule; the limit is a
// parameter) and then further cells, until no hidden one can be computed from what is
// shown: the interval of values that each may have holds at least two. Whoever reads a
// table may know that counts are whole and not negative, and no more. A hidden count
// is a value of its own, never 0. Suppress each published table once, from its counts:
// several tables of the same people may give away together what each alone does not.
//
// The kinds of lists follow the source documents: control (KF2004:303-311), levels of
// care (KF2004:985-991), high-risk lists (King's Fund 2010, KF2010:428-430).
package population
