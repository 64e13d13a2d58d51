package hedis

import (
	"fmt"
	"strings"
)

// Words renders the whole definition for a reader, one population after the
// other. Two years of a measure differ in words as they differ in logic: see
// [Changes].
func (d *Indicator) Words() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\nversion %s, steward %s\nimprovement: %s\n%s\n", d.ID, d.Title, d.Version, d.Steward, d.Improvement, d.Question)
	if d.Episodes != nil {
		fmt.Fprintf(&b, "\ncounts encounters:\n  %s\n", strings.ReplaceAll(d.Episodes.String(), "\n", "\n  "))
	}
	for i := range d.Rates {
		r := &d.Rates[i]
		b.WriteByte('\n')
		if len(d.Rates) > 1 || r.Name != "" {
			fmt.Fprintf(&b, "rate %d: %s\n", i+1, r.Name)
		}
		for k := range numPopulations {
			if q := r.of(k); q != nil {
				fmt.Fprintf(&b, "%s:\n  %s\n", k, strings.ReplaceAll(q.String(), "\n", "\n  "))
			}
		}
		for _, s := range r.Strata {
			fmt.Fprintf(&b, "stratum %s:\n  %s\n", s.Name, strings.ReplaceAll(s.Is.String(), "\n", "\n  "))
		}
	}
	for _, n := range d.Notes {
		fmt.Fprintf(&b, "\nnote: %s\n", n)
	}
	return b.String()
}

// Changes tells what changed from one version of an indicator to another: the
// lines of [Indicator.Words] that went (-) and came (+), each under the heading
// it stands under. No change gives "".
func Changes(from, to *Indicator) string {
	a, b := strings.Split(strings.TrimRight(from.Words(), "\n"), "\n"), strings.Split(strings.TrimRight(to.Words(), "\n"), "\n")
	// longest common subsequence
	n, m := len(a), len(b)
	l := make([][]int32, n+1)
	for i := range l {
		l[i] = make([]int32, m+1)
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			if a[i] == b[j] {
				l[i][j] = l[i+1][j+1] + 1
			} else {
				l[i][j] = max(l[i+1][j], l[i][j+1])
			}
		}
	}
	var out strings.Builder
	heading, said := "", ""
	line := func(sign, s string) {
		if heading != said && heading != s {
			out.WriteString("@ " + heading + "\n")
			said = heading
		}
		out.WriteString(sign + " " + s + "\n")
	}
	for i, j := 0, 0; i < n || j < m; {
		switch {
		case i < n && j < m && a[i] == b[j]:
			if a[i] != "" && a[i][0] != ' ' {
				heading = a[i]
			}
			i++
			j++
		case j >= m || i < n && l[i+1][j] >= l[i][j+1]:
			line("-", a[i])
			i++
		default:
			line("+", b[j])
			j++
		}
	}
	return out.String()
}
