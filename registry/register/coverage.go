package register

import "github.com/chroniccare/chroniccare/registry"

// CoverageFlag combines membership with coverage as the Warehouse files do: 0
// neither, 1 claims only, 2 coverage only, 3 both. Coverage means hospital and
// medical insurance, fee-for-service, on every day of the window. Nobody is covered in a
// window without two ends.
func CoverageFlag(in bool, p *registry.Patient, window registry.Period) int {
	flag := 0
	if in {
		flag = 1
	}
	if window.Days() == 0 {
		return flag
	}
	day := window.Start
	for day != 0 && day <= window.End { // walk from span to span
		next := registry.Date(0)
		for _, e := range p.Enrolments {
			if e.FeeForService && e.Benefits.Has(registry.PartA|registry.PartB) && e.Period.Contains(day) {
				end := e.Period.End
				if end == 0 || end > window.End {
					end = window.End
				}
				next = max(next, end.AddDays(1))
			}
		}
		if next == 0 {
			return flag
		}
		day = next
	}
	return flag + 2
}

// UntilDeath is the part of a window up to the day of death, for [CoverageFlag] of people
// who die within it; the Warehouse's own rule for them is not confirmed, and the whole
// window the default. Deaths outside the window change nothing.
func UntilDeath(p *registry.Patient, window registry.Period) registry.Period {
	if d := p.Death.Day; window.Contains(d) {
		window.End = d
	}
	return window
}
