package registry

// Inspect visits a definition and everything in it, parents first: definitions
// ([All], [Exists] and so on), queries ([Query]), picks ([Pick]), tests ([Test])
// and windows ([Window]). It is for lints and other tools that read definitions.
// When visit returns false the node's parts are skipped.
func Inspect(d Definition, visit func(node any) bool) {
	if d == nil || !visit(d) {
		return
	}
	switch d := d.(type) {
	case All:
		for _, p := range d {
			Inspect(p, visit)
		}
	case Any:
		for _, p := range d {
			Inspect(p, visit)
		}
	case Not:
		Inspect(d.Of, visit)
	case Named:
		Inspect(d.Of, visit)
	case Exists:
		walkQuery(d.Query, visit)
	case Count:
		walkQuery(d.Of, visit)
	case The:
		walkPick(d.Pick, visit)
		walkTests(d.Is, visit)
	case Given:
		walkPick(d.Pick, visit)
		Inspect(d.Then, visit)
	case Is:
		walkTests(d.Tests, visit)
	case CoverDays:
		for _, q := range d.Of {
			walkQuery(q, visit)
		}
		visit(d.Window)
	case SupplyDays:
		walkQuery(d.Of, visit)
	case Rule:
		for _, q := range d.Reads {
			walkQuery(q, visit)
		}
	}
}

func walkPick(p Pick, visit func(any) bool) {
	if visit(p) {
		walkQuery(p.From, visit)
	}
}

func walkQuery(q Query, visit func(any) bool) {
	if !visit(q) {
		return
	}
	walkTests(q.Tests, visit)
	for _, o := range q.Or {
		walkQuery(o, visit)
	}
}

func walkTests(ts []Test, visit func(any) bool) {
	for _, t := range ts {
		if t == nil || !visit(t) {
			continue
		}
		switch t := t.(type) {
		case Timing:
			visit(t.Window)
		case anyOf:
			walkTests(t, visit)
		case noneOf:
			walkTests(t, visit)
		case allOf:
			walkTests(t, visit)
		case belongs:
			walkTests(t, visit)
		case with:
			walkQuery(t.q, visit)
		case ifTest:
			Inspect(t.d, visit)
		}
	}
}

// Resolve gives the first day of a bound that hangs on the period alone; false
// for other anchors and for open bounds.
func (b Bound) Resolve(p Period) (Date, bool) {
	switch b.kind {
	case anchorPeriodStart, anchorPeriodEnd, anchorCalendar:
		var bd Binder
		x := bd.bound(b)
		m, ok := x.at(&Chart{}, p)
		return m.Day, ok
	}
	return 0, false
}
