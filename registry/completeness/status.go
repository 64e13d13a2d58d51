package completeness

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/chroniccare/chroniccare/internal/table"
	"github.com/chroniccare/chroniccare/registry"
)

//go:embed data/status-codes.csv
var statusCSV string

// standing says which statuses and verifications of a fact stand, by the field of the table:
// those that don't are marked. A fact without a status stands.
type standing struct {
	fallen       map[string]uint64 // by field, bits 1<<status
	verification uint64
}

func loadStanding() (*standing, error) { return parseStanding(statusCSV) }

func parseStanding(text string) (*standing, error) {
	t, err := table.Parse("status-codes", text)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDefinition, err)
	}
	s := &standing{fallen: map[string]uint64{}}
	for _, r := range t.Rows {
		field, code, counts := r[0], r[1], r[3]
		yes := strings.HasPrefix(counts, "yes")
		if !yes && !strings.HasPrefix(counts, "no") && !strings.HasPrefix(counts, "never") && !strings.HasPrefix(counts, "policy") {
			return nil, fmt.Errorf("%w: status %s %s counts %q", ErrDefinition, field, code, counts)
		}
		if field == "condition-verification" {
			v := registry.ParseVerification(code)
			if v == registry.NotStated {
				return nil, fmt.Errorf("%w: verification %q", ErrDefinition, code)
			}
			if !yes {
				s.verification |= 1 << v
			}
			continue
		}
		st := registry.ParseStatus(code)
		if st == registry.StatusUnknown || yes { // "not known" stands like "not recorded"
			continue
		}
		s.fallen[field] |= 1 << st
	}
	return s, nil
}

// stands reports whether a fact of its kind stands by its status: preliminary and cancelled
// results, care not done and suspected diagnoses don't.
func (s *standing) stands(f *registry.Fact) bool {
	if f.Negated || f.Refused {
		return false
	}
	field := ""
	switch f.Kind {
	case registry.Diagnosis:
		if s.verification>>f.Verification&1 == 1 {
			return false
		}
		return true // resolved diagnoses were there: registers judge them
	case registry.Observation, registry.Assessment:
		field = "observation"
	case registry.Procedure, registry.Immunization, registry.MedicationDispense, registry.MedicationAdministration:
		field = "event"
	default:
		return true
	}
	return s.fallen[field]>>f.Status&1 == 0
}
