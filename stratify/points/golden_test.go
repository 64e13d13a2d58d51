package points_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/golden"
	"github.com/chroniccare/chroniccare/stratify/points"
)

// Every weight, step and band of every score, in words.
func TestGolden(t *testing.T) {
	models, err := points.Models()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, m := range models {
		d := m.Definition()
		fmt.Fprintf(&b, "%s (%s)\n", m, d.Source)
		for _, f := range d.Factors {
			fmt.Fprintf(&b, "  %s of %s %s:", f.Name, f.Input, strings.TrimSpace(string(f.Transform)+" "+f.Word))
			for _, s := range f.Steps {
				switch {
				case s.Below != nil:
					fmt.Fprintf(&b, " below %v: %v;", *s.Below, s.Value)
				case s.UpTo != nil:
					fmt.Fprintf(&b, " up to %v: %v;", *s.UpTo, s.Value)
				default:
					fmt.Fprintf(&b, " else: %v", s.Value)
				}
			}
			b.WriteString("\n")
		}
		for _, e := range d.Equations {
			fmt.Fprintf(&b, "  %v constant %v\n", e.When, e.Constant)
			for _, term := range e.Terms {
				fmt.Fprintf(&b, "    %v x %s\n", term.Coef, strings.Join(term.Product, " x "))
			}
		}
		for _, x := range d.Bands {
			p := ""
			if x.Percent != nil {
				p = fmt.Sprintf(" (%v %%)", *x.Percent)
			}
			fmt.Fprintf(&b, "  from %v: %s%s\n", x.From, x.Name, p)
		}
	}
	golden.Check(t, "scores.txt", b.String())
}
