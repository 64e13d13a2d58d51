package main

import (
	"fmt"
	"strings"

	"github.com/chroniccare/chroniccare/registry/register"
)

// Charts are boxes with their figures as text beside them: they can be read aloud, and on
// a phone.

// drawLoads shows the minutes of each role against those it has.
func (a *account) drawLoads(b *strings.Builder) {
	most := int64(1)
	for _, l := range a.week.work.Loads {
		most = max(most, l.Of)
	}
	row := table(b, "Minutes of work and of working time, by role", "role", "minutes")
	for _, l := range a.week.work.Loads {
		row(l.Role, markup(fmt.Sprintf(`%d of %d<span class=bar aria-hidden=true style="width:%.1f%%"><i style="width:%.1f%%"></i></span>`,
			l.Minutes, l.Of, 100*float64(l.Of)/float64(most), 100*float64(l.Minutes)/float64(max(l.Of, 1)))))
	}
	b.WriteString(tableEnd)
}

var stateColours = map[register.State]string{register.Controlled: "#2f7350", register.Uncontrolled: "#a3311f", register.VisitedNoMeasure: "#a85c1d", register.MissedVisit: "#826610", register.LostToFollowUp: "#6b7884"}

// drawStates shows the partition of people with hypertension. What is hidden is one box:
// the reader knows what it adds up to.
func (a *account) drawStates(b *strings.Builder) {
	var list strings.Builder
	left, total := a.care.RowTotals[0].N, a.care.RowTotals[0]
	box := func(n int64, colour string) {
		if n > 0 && !total.Hidden {
			fmt.Fprintf(b, `<i style="flex:%d;background:%s"></i>`, n, colour)
		}
	}
	b.WriteString("<div class=stack aria-hidden=true>")
	for i, n := range a.care.Cells[0] {
		colour := stateColours[caredFor[i]]
		if n.Hidden {
			colour = "#dde4ea"
		} else {
			left -= n.N
			box(n.N, colour)
		}
		fmt.Fprintf(&list, `<li><i style="background:%s"></i>%s: %s`, colour, esc(a.care.Cols[i]), n)
	}
	box(left, "#dde4ea")
	fmt.Fprintf(b, "</div><ul class=key>%s</ul>", list.String())
}

// levelColours are of the levels of care, from the highest; white is legible on them.
var levelColours = []string{"#8c2d2d", "#a85c1d", "#826610", "#3a7354"}

// drawPyramid shows the levels of care as slices of equal height.
func (a *account) drawPyramid(b *strings.Builder) {
	b.WriteString("<ol class=levels>")
	n := float64(len(a.levels.Levels))
	for i, l := range a.levels.Levels {
		half := func(level int) float64 { return 8 + 42*float64(level)/n } // per cent of the width
		up, down := half(i), half(i+1)
		fmt.Fprintf(b, `<li><b style="background:%s;clip-path:polygon(%.1f%% 0,%.1f%% 0,%.1f%% 100%%,%.1f%% 100%%)">%d</b> %s`,
			levelColours[i%len(levelColours)], 50-up, 50+up, 50+down, 50-down, l.People, esc(a.pyramid.Levels[i]))
	}
	b.WriteString("</ol>")
}
