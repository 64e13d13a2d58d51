package registry

// Whole has the chart read lists up to a length whole.
func (c *Chart) Whole(length int) { c.short = int32(length) }
