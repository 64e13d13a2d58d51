package hcc

import (
	"slices"
	"strconv"
	"strings"
)

// Age cells, oldest last. Continuing enrollees and new enrollees differ at 65 to 69.
var (
	continuingCells  = [...]string{"0_34", "35_44", "45_54", "55_59", "60_64", "65_69", "70_74", "75_79", "80_84", "85_89", "90_94", "95_GT"}
	newEnrolleeCells = [...]string{"0_34", "35_44", "45_54", "55_59", "60_64", "65", "66", "67", "68", "69", "70_74", "75_79", "80_84", "85_89", "90_94", "95_GT"}
	sexes            = [2]string{"F", "M"}
)

// cell of a continuing enrollee.
func cell(age int) int {
	switch {
	case age < 35:
		return 0
	case age < 55:
		return (age - 25) / 10
	case age < 95:
		return (age-55)/5 + 3
	}
	return 11
}

// newCell of a new enrollee. At 64 the original reason for entitlement decides:
// those not entitled by disability count as 65.
func newCell(age int, orec byte) int {
	switch {
	case age == 64 && orec == '0':
		return 5
	case age < 65:
		return cell(age)
	case age < 70:
		return age - 60
	case age < 95:
		return (age-70)/5 + 10
	}
	return 15
}

var countNames = [...]string{"D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "D9", "D10P"}

// coefficients reads the factors of continuing enrollees. Every factor must find its
// term, and every interaction its factor.
func (l *loader) coefficients() {
	t := l.table("hcc_coefficients", coefficientsCSV)
	seen := map[string]bool{}
	for _, r := range t.Rows {
		if r[0] != string(l.Version) {
			continue
		}
		if seen[r[1]] {
			l.bad("factor %s twice", r[1])
		}
		seen[r[1]] = true
		f := l.factorTo(r[1])
		if f == nil {
			l.bad("factor %s has no definition", r[1])
			continue
		}
		if l.read(f, t.Header, r); f.known == [numSegments]bool{} {
			l.bad("factor %s has no value in any segment", r[1])
		}
	}
	for i := range l.interactions {
		if !seen[l.interactions[i].name] {
			l.bad("interaction %s has no factor", l.interactions[i].name)
		}
	}
	for i, n := range l.hccs {
		if l.hccFactor[i].known == [numSegments]bool{} {
			l.bad("HCC %d has no factor", n)
		}
	}
}

// read takes a row's factors into the segments that head its columns.
func (l *loader) read(f *factor, header, row []string) {
	for c := 2; c < len(header); c++ {
		if row[c] == "" {
			continue
		}
		s, err := ParseSegment(header[c])
		milli, ok := thousandths(row[c])
		if err != nil || !ok {
			l.bad("factor %s: %q in %s", row[1], row[c], header[c])
			continue
		}
		f.milli[s], f.known[s] = milli, true
	}
}

func thousandths(s string) (int32, bool) {
	whole, frac, _ := strings.Cut(s, ".")
	if len(frac) > 3 {
		return 0, false
	}
	n, err := strconv.ParseInt(whole+(frac + "000")[:3], 10, 32)
	return int32(n), err == nil
}

func (l *loader) factorTo(name string) *factor {
	if n, err := strconv.Atoi(strings.TrimPrefix(name, "HCC")); err == nil && strings.HasPrefix(name, "HCC") {
		if i, ok := l.index[n]; ok {
			return &l.hccFactor[i]
		}
		return nil
	}
	for i := range l.interactions {
		if l.interactions[i].name == name {
			return &l.interactions[i].factor
		}
	}
	if i := slices.Index(countNames[:], name); i >= 0 {
		if l.counts == nil {
			l.counts = make([]factor, len(countNames))
		}
		return &l.counts[i]
	}
	switch name {
	case "OriginallyDisabled_Female":
		return &l.origDisabled[0]
	case "OriginallyDisabled_Male":
		return &l.origDisabled[1]
	case "ORIGDS":
		return &l.origDS
	case "LTIMCAID":
		return &l.ltim
	}
	for s, prefix := range sexes {
		if i := slices.Index(continuingCells[:], strings.TrimPrefix(name, prefix)); i >= 0 && strings.HasPrefix(name, prefix) {
			return &l.cells[s][i]
		}
	}
	return nil
}

func (l *loader) newEnrollees() {
	t := l.table("hcc_coefficients_new_enrollee", newEnrolleeCSV)
	for _, r := range t.Rows {
		if r[0] != string(l.Version) {
			continue
		}
		part := strings.Split(r[1], "_")
		if len(part) < 3 || len(part[2]) < 3 {
			l.bad("new enrollee factor %s", r[1])
			continue
		}
		sex := slices.Index(sexes[:], part[2][2:3])
		at := slices.Index(newEnrolleeCells[:], strings.Join(append([]string{part[2][3:]}, part[3:]...), "_"))
		if sex < 0 || at < 0 {
			l.bad("new enrollee factor %s", r[1])
			continue
		}
		f := &l.newCells[index(part[0] == "MCAID")][index(part[1] == "ORIGDIS")][sex][at]
		if f.known != [numSegments]bool{} {
			l.bad("new enrollee factor %s twice", r[1])
		}
		l.read(f, t.Header, r)
	}
}

func index(b bool) int {
	if b {
		return 1
	}
	return 0
}
