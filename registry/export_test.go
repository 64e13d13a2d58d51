package registry

// Whole has the chart read lists up to a length whole.
func (c *Chart) Whole(length int) { c.short = int32(length) }

// CompareFacts is the canonical order.
func CompareFacts(a, b *Fact) int { return compareFacts(a, b) }

// Loaded makes the chart count as loaded so many times.
func (c *Chart) Loaded(times int32) { c.epoch = times }
