package hedis2001

import (
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

//go:embed data/sets.csv
var setsCSV string

// SetInfo describes a value set that the definitions name.
type SetInfo struct {
	Set      registry.Set
	Optional bool            // no numerator depends on it: without codes it matches nothing
	Starter  []registry.Code // codes of free systems; nil where there are none
}

// ErrTable is wrapped by errors about an embedded table.
var ErrTable = errors.New("hedis2001: table")

var systems = map[string]registry.System{"icd-9-cm": registry.ICD9CM, "icd-9-pcs": registry.ICD9PCS, "loinc": registry.LOINC, "hcpcs": registry.HCPCS, "cvx": registry.CVX}

// Sets lists the value sets in the order of the table. A value set of the
// caller belongs to one by its OID, which is the key given here.
func Sets() ([]SetInfo, error) {
	r := csv.NewReader(strings.NewReader(setsCSV))
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%w: sets: %w", ErrTable, err)
	}
	var out []SetInfo
	for _, row := range rows[1:] {
		s := registry.Set{Name: row[0], OID: row[1]}
		if len(out) == 0 || out[len(out)-1].Set != s {
			out = append(out, SetInfo{Set: s, Optional: row[2] == "yes"})
		}
		if row[3] == "" {
			continue
		}
		sys, ok := systems[row[3]]
		if !ok {
			return nil, fmt.Errorf("%w: sets: %s: code system %q", ErrTable, s.Name, row[3])
		}
		for _, spec := range strings.Fields(row[4]) {
			codes, err := expand(sys, spec)
			if err != nil {
				return nil, fmt.Errorf("%w: sets: %s: %w", ErrTable, s.Name, err)
			}
			out[len(out)-1].Starter = append(out[len(out)-1].Starter, codes...)
		}
	}
	return out, nil
}

// expand spells out a code of the table: "250.x" is every code that starts so,
// "295-299" every code of these categories, "491.20-491.22" these codes.
func expand(sys registry.System, spec string) ([]registry.Code, error) {
	icd := sys == registry.ICD9CM || sys == registry.ICD9PCS
	add := func(out []registry.Code, v string) []registry.Code {
		return append(out, registry.NewCode(string(sys), v))
	}
	var out []registry.Code
	if from, to, ok := strings.Cut(spec, "-"); ok && icd {
		lead := strings.TrimRight(from, "0123456789.")
		a, b := digits(from), digits(to)
		if a < 0 || b < a || len(from) != len(to) {
			return nil, fmt.Errorf("range %q", spec)
		}
		width := len(strings.ReplaceAll(from, ".", "")) - len(lead)
		for n := a; n <= b; n++ {
			v := lead + fmt.Sprintf("%0*d", width, n)
			if strings.Contains(from, ".") {
				out = add(out, v)
			} else {
				out = append(out, below(sys, v)...)
			}
		}
		return out, nil
	}
	if p, ok := strings.CutSuffix(spec, "x"); ok && icd {
		return below(sys, strings.ReplaceAll(p, ".", "")), nil
	}
	return add(nil, spec), nil
}

func digits(s string) int {
	n := 0
	for _, c := range strings.TrimLeft(s, "VE") {
		switch {
		case c == '.':
		case c < '0' || c > '9':
			return -1
		default:
			n = 10*n + int(c-'0')
		}
	}
	return n
}

// below is the prefix and everything it can have behind it: five digits at most
// for diagnoses, four for procedures.
func below(sys registry.System, prefix string) []registry.Code {
	most := 5
	if sys == registry.ICD9PCS {
		most = 4
	}
	out := []registry.Code{registry.NewCode(string(sys), prefix)}
	for i := 0; i < len(out); i++ {
		if len(out[i].Value) >= most {
			continue
		}
		for d := '0'; d <= '9'; d++ {
			out = append(out, registry.Code{System: out[i].System, Value: out[i].Value + string(d)})
		}
	}
	return out
}

// Starter gives the value sets that free code systems fill, and the names of
// those for which the caller must bring codes before the indicators can be
// bound. They are starter sets: enough to run, never the official lists. They
// hold ICD-9-CM, LOINC, CVX and HCPCS level II codes.
func Starter() (sets []registry.ValueSet, missing []string, err error) {
	infos, err := Sets()
	if err != nil {
		return nil, nil, err
	}
	for _, s := range infos {
		if s.Starter != nil {
			sets = append(sets, registry.ValueSet{OID: s.Set.OID, Name: s.Set.Name, Version: "starter", Codes: s.Starter})
		} else if !s.Optional {
			missing = append(missing, s.Set.Name)
		}
	}
	return sets, missing, nil
}
