package caremodel

// Accountable says whether one body answers for a network of providers (Nuffield Trust
// 2009; King's Fund 2010).
type Accountable struct {
	Verdict          string   `json:"verdict"` // "ok", "nobody", "several" or "market only"
	Bodies           []string `json:"bodies,omitempty"`
	CoversIndividual bool     `json:"covers_individual"`
	CoversSystem     bool     `json:"covers_system"`
}

// Accountability gives the verdict: ok when exactly one body, a new one or one of the
// partners, is responsible (Nuffield Trust 2009:85-92, 920-930, 1024-1032; King's Fund
// 2010:635-647). A body named twice is one; an empty name is none. market says that only
// competition holds the network to account.
func Accountability(bodies []string, market, individual, system bool) Accountable {
	bs := distinct(bodies)
	a := Accountable{Bodies: bs, CoversIndividual: individual, CoversSystem: system}
	switch {
	case len(bs) == 1:
		a.Verdict = "ok"
	case len(bs) > 1:
		a.Verdict = "several"
	case market:
		a.Verdict = "market only"
	default:
		a.Verdict = "nobody"
	}
	return a
}

// Complete reports whether one body answers for both the individual and the system.
func (a Accountable) Complete() bool {
	return a.Verdict == "ok" && a.CoversIndividual && a.CoversSystem
}

// AccountableSystem reports whether an entity is an accountable care system: it has
// organised processes for quality and cost, and can be held to account for results; both
// are needed (Shortell and Casalino, in Nuffield Trust 2009:843-850). It lists what is
// missing.
func AccountableSystem(processes, heldToAccount bool) (ok bool, missing []string) {
	if !processes {
		missing = append(missing, "organised processes for quality and cost")
	}
	if !heldToAccount {
		missing = append(missing, "being held to account for results")
	}
	return missing == nil, missing
}
