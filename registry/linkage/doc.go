// Package linkage finds the records that belong to one person, joins them, and joins the
// copies of their facts. Without one identity a person's risk cannot be seen whole
// (KF2004:2318-2320).
//
//   - identifiers: [Identifier], [ValidNHSNumber]; names: [NormalizeName]
//   - which records are one person: [Link] of [Person] with a [Policy] ([Field], [Weight]), giving a [Result] of links and a list to look at (each an [Edge]), clusters, and [Conflict]
//   - one record out of several: [Merge] with a [Survivorship] of [FieldRule] by [Rule], each [Choice] explained, out of [Origin]
//   - copies of facts and corrected versions: [Dedup] of a [Record] of [Fact], each with its [Source]; a record of one source to begin with: [NewRecord]; a fact as text: [FactText]
//   - how well it went: [Measure] giving a [Report] with [SourcePair]; with [Label] pairs precision and recall
//
// # Rules
//
// Records link by the same valid identifier in a system that the policy trusts, by
// agreement of all fields of a list, or by a weight of at least Upper: the sum over fields of log2(m/u)
// where they agree, log2((1-m)/(1-u)) where they differ, and 0 where one is missing
// (Fellegi and Sunter 1969). Between Lower and Upper a person looks. Partial birth dates
// agree when the days that they may mean overlap. A group with two different valid
// identifiers of one trusted system, or with two birth dates that cannot both be true,
// is a conflict: it is listed and its records stay apart.
//
// Merging keeps every source record, so it is free of order, associative, and can be
// done again with another policy. Facts are copies of one another when all that they say
// is the same but for where it was written down; the copies stay listed as sources. A
// corrected version replaces what it corrects. Different values on one day are both kept.
//
// Names are compared by letters: case, accents, apostrophes and punctuation don't
// matter. The fold covers Latin letters with diacritics (Latin-1, Latin Extended-A and
// the composed letters of Extended-B and Extended Additional, so Vietnamese too),
// ligatures, full-width forms and combining marks; other scripts are lower-cased and
// kept as they are, without transliteration.
//
// Out of scope: estimating m and u, nick-names (the caller's table), sound-alike
// matching. Everything is a plain value; nothing is shared or kept.
package linkage
