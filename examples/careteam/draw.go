package main

import (
	"fmt"
	"strings"

	"github.com/chroniccare/chroniccare/registry/register"
)

// drawLoads shows the minutes of each role against those it has.
func (a *account) drawLoads(b *strings.Builder) {
	most := int64(1)
	for _, l := range a.week.work.Loads {
		most = max(most, l.Of)
	}
	rows := len(a.week.work.Loads)
	fmt.Fprintf(b, `<svg viewBox="0 0 480 %d" role="img" aria-label="Minutes by role" width="100%%">`, rows*38+6)
	for i, l := range a.week.work.Loads {
		y := i*38 + 8
		of, used := 250*float64(l.Of)/float64(most), 250*float64(l.Minutes)/float64(most)
		fmt.Fprintf(b, `<text x="0" y="%d">%s</text><rect x="125" y="%d" width="%.1f" height="20" fill="#dde4ea" rx="3"/><rect x="125" y="%d" width="%.1f" height="20" fill="#2f6d8f" rx="3"/><text class="s" x="%.1f" y="%d">%d of %d</text>`,
			y+15, esc(l.Role), y, of, y, used, 130+of, y+15, l.Minutes, l.Of)
	}
	b.WriteString("</svg>")
}

// drawStates shows the partition of people with hypertension.
func (a *account) drawStates(b *strings.Builder) {
	colours := map[register.State]string{register.Controlled: "#2f7350", register.Uncontrolled: "#a3311f", register.VisitedNoMeasure: "#c0702a", register.MissedVisit: "#a5841a", register.LostToFollowUp: "#7a8896", register.Dead: "#1b2733"}
	var total int64
	for _, n := range a.states {
		total += n
	}
	b.WriteString(`<svg viewBox="0 0 480 120" role="img" aria-label="Hypertension by state of care" width="100%">`)
	x, row := 0.0, 0
	for s := register.Dead; s <= register.Uncontrolled; s++ {
		n := a.states[s]
		if n == 0 {
			continue
		}
		wide := 480 * float64(n) / float64(max(total, 1))
		fmt.Fprintf(b, `<rect x="%.1f" y="4" width="%.1f" height="34" fill="%s"/>`, x, wide, colours[s])
		fmt.Fprintf(b, `<rect x="%d" y="%d" width="11" height="11" fill="%s"/><text x="%d" y="%d">%s: %d</text>`, row%2*240, 52+row/2*22, colours[s], row%2*240+17, 62+row/2*22, esc(s.String()), n)
		x += wide
		row++
	}
	b.WriteString("</svg>")
}
