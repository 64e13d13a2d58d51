package registry

// Misses gives the reasons, as bits 1<<[Reason], for which facts of the selector's kinds
// and codes do not pass, each fact by the first test that it fails; 0 when there is no such
// fact. A result that is only text where a value is asked for is [NonComputable], one
// without any value is [Missing]. It does not allocate: [Selector.Explain] tells the whole
// story.
func (s *Selector) Misses(c *Chart, p Period) (set uint16) {
	set = s.q.misses(c, p)
	for _, o := range s.q.or {
		set |= o.misses(c, p)
	}
	return set
}

func (q *boundQuery) misses(c *Chart, p Period) (set uint16) {
	for _, x := range c.list(q.slot) {
		i := x.fact
		f := &c.Patient.Facts[i]
		if f.Negated != q.negated {
			set |= 1 << InvalidAttribute
			continue
		}
		if q.depth >= 0 {
			c.bound[q.depth] = i
		}
		n := 0
		for n < len(q.tests) && q.tests[n].ok(c, p, f, i) {
			n++
		}
		if n == len(q.tests) {
			continue
		}
		r := q.tests[n].reason
		if r == ValueOutOfRange {
			switch {
			case f.Value.Kind == TextValue:
				r = NonComputable
			case f.Kind == Observation && f.empty():
				r = Missing
			}
		}
		set |= 1 << r
	}
	return set
}

// empty reports a result that says nothing: no value, nor one of a component.
func (f *Fact) empty() bool {
	if f.Value.Kind != NoValue {
		return false
	}
	for i := range f.Components {
		if f.Components[i].Value.Kind != NoValue {
			return false
		}
	}
	return true
}
