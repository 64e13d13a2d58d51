package caremodel

// ACIC is the Assessment of Chronic Illness Care, version 3.5: 34 items from 0 to 11 in
// seven scales; the programme score is the mean of the seven scale means, not of the items.
// Complete only, save for items that do not apply ([Instrument.Without]). Bands of means
// are cut at 3, 6 and 9: our reading of the published item levels, D 0-2, C 3-5, B 6-8 and
// A 9-11. A page that prints 1 to 11 for the scale of integration is not followed.
func ACIC() Instrument {
	i := Instrument{Name: "ACIC 3.5", Max: 11, Items: 34, Scored: 34, Total: MeanOfScales, Cuts: []int{3, 6, 9}, Bands: []string{"D", "C", "B", "A"}, Source: "Bonomi et al., Health Serv Res 2002;37:791"}
	n := 1
	for _, s := range []struct {
		name      string
		size      int
		component Component
	}{{"organisation", 6, Organisation}, {"community", 3, Community}, {"self-management", 4, SelfManagement}, {"decision support", 4, DecisionSupport},
		{"delivery system", 6, DeliverySystem}, {"information systems", 5, InformationSystem}, {"integration", 6, ""}} {
		sc := Scale{Name: s.name, Component: s.component}
		for range s.size {
			sc.Items = append(sc.Items, n)
			n++
		}
		i.Scales = append(i.Scales, sc)
	}
	return i
}

// ACICShort is the short form, 21 of the 34 items in the same scales: the caller names the
// items of each scale, in ACIC's order and by ACIC's numbers.
func ACICShort(items [7][]int) Instrument {
	i := ACIC()
	i.Name, i.Scored = "ACIC-S", 21
	for k := range i.Scales {
		i.Scales[k].Items = items[k]
	}
	return i
}

// PACIC is the Patient Assessment of Chronic Illness Care: 20 items from 1 to 5 in five
// scales; the total is the mean of all answered items, not of the scales. Missing
// answers by a published practice (BMC Health Serv Res 2018;18:412): none, none, and one
// in each longer scale, three in all. A scale over its limit is not scored; the total needs
// only the limit in all.
func PACIC() Instrument {
	return Instrument{Name: "PACIC-20", Min: 1, Max: 5, Items: 20, Scored: 20, Total: MeanOfItems, MaxMissing: 3, Source: "Glasgow et al., Med Care 2005;43:436", Scales: []Scale{
		{Name: "patient activation", Items: span(1, 3), MaxMissing: 0}, {Name: "delivery system and decision support", Items: span(4, 6), MaxMissing: 0}, {Name: "goal setting", Items: span(7, 11), MaxMissing: 1}, {Name: "problem solving", Items: span(12, 15), MaxMissing: 1}, {Name: "follow-up", Items: span(16, 20), MaxMissing: 1}}}
}

// PACICFiveAs is the scoring of the 26-item form by the five As, five items each. Which
// items belong to which A is the caller's: the map in circulation is not confirmed, and no
// map ships. The item that has no A is not scored. One answer a scale may be missing, by
// the library's decision.
func PACICFiveAs(assess, advise, agree, assist, arrange []int) Instrument {
	return Instrument{Name: "PACIC-26, 5As", Min: 1, Max: 5, Items: 26, Scored: 25, Total: MeanOfItems, MaxMissing: 5, Source: "Glasgow et al., Diabetes Care 2005;28:2655", Scales: []Scale{
		{Name: "assess", Items: assess, MaxMissing: 1}, {Name: "advise", Items: advise, MaxMissing: 1}, {Name: "agree", Items: agree, MaxMissing: 1}, {Name: "assist", Items: assist, MaxMissing: 1}, {Name: "arrange", Items: arrange, MaxMissing: 1}}}
}

// PACICShort is the 11-item form: a mean of the items that the caller names. How many
// answers may be missing is the caller's; no limit is set.
func PACICShort(items []int) Instrument {
	return Instrument{Name: "PACIC-S", Min: 1, Max: 5, Scored: 11, Total: MeanOfItems, MaxMissing: -1, Scales: []Scale{{Name: "PACIC-S", Items: items, MaxMissing: -1}}, Source: "Gugiu et al., J Eval Clin Pract 2010;16:509"}
}

// PCMHA is the Patient-Centered Medical Home Assessment: items from 1 to 12 in eight
// change concepts, whose items the caller names: version 1.3 has 33, version 4.0 36, and how
// many each concept has is not confirmed. The overall score is the mean of all items; set
// Total to [MeanOfScales] for the mean of concepts, which is not confirmed either. Bands of
// means are cut at 4, 7 and 10 (item levels D 1-3, C 4-6, B 7-9, A 10-12). Complete only.
func PCMHA(concepts [8][]int) Instrument {
	i := Instrument{Name: "PCMH-A", Min: 1, Max: 12, Total: MeanOfItems, Cuts: []int{4, 7, 10}, Bands: []string{"D", "C", "B", "A"}, Source: "Safety Net Medical Home Initiative; Daniel et al., Health Serv Res 2013;48:1879"}
	for k, name := range []string{"engaged leadership", "quality improvement strategy", "empanelment", "team-based relationships", "evidence-based care", "patient-centred interactions", "enhanced access", "care co-ordination"} {
		i.Scales = append(i.Scales, Scale{Name: name, Items: concepts[k]})
	}
	return i
}

// PCRS is the Primary Care Resources and Supports survey: 16 items from 1 to 10 in two
// parts, whose items the caller names. Where its bands D to A are cut is not confirmed: set
// Cuts and Bands for them. Complete only.
func PCRS(patientSupport, systemSupport []int) Instrument {
	return Instrument{Name: "PCRS", Min: 1, Max: 10, Items: 16, Scored: 16, Total: MeanOfScales, Scales: []Scale{{Name: "patient support", Items: patientSupport, MaxMissing: 0}, {Name: "organisational support", Items: systemSupport, MaxMissing: 0}}, Source: "Brownson et al., Jt Comm J Qual Patient Saf 2007;33:408"}
}

func span(from, to int) (out []int) {
	for i := from; i <= to; i++ {
		out = append(out, i)
	}
	return out
}
