package hedis2001

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
)

// FromEncounters lays out the diagnoses that encounters carry as facts of their
// own, as the indicators read them: one diagnosis fact a diagnosis, with the
// encounter's class as Setting, its place as Rank (1 is first-listed), its time,
// provider and ID. Records made from claims may hold such facts from the start;
// records in which encounters list or refer to diagnoses need this once, before
// they are charted: otherwise the claims rules do not see these diagnoses.
// Encounters called off or entered in error are passed over. The patient given
// is not changed; running it again adds nothing.
func FromEncounters(p *registry.Patient) *registry.Patient {
	out := *p
	out.Facts = append([]registry.Fact(nil), p.Facts...)
	have := map[string]bool{}
	byID := map[string]*registry.Fact{}
	for i := range p.Facts {
		if f := &p.Facts[i]; f.Kind == registry.Diagnosis {
			have[f.ID] = true
			byID[f.ID] = f
		}
	}
	for i := range p.Facts {
		f := &p.Facts[i]
		if f.Kind != registry.Encounter || f.Visit == nil || f.Negated {
			continue
		}
		switch f.Status {
		case registry.Planned, registry.Cancelled, registry.NotDone, registry.Declined, registry.Revoked, registry.Draft, registry.OnHold, registry.EnteredInError:
			continue
		}
		for k, d := range f.Visit.Diagnoses {
			id := fmt.Sprintf("%s/diagnosis/%d", f.ID, k+1)
			codes := d.Codes
			verification := registry.NotStated
			if g := byID[d.Reference]; g != nil && d.Reference != "" {
				codes = append(append([]registry.Code(nil), codes...), g.Codes...)
				verification = g.Verification
			}
			if have[id] {
				continue
			}
			rank := max(d.Sequence, 2)
			if d.Principal {
				rank = 1
			}
			out.Facts = append(out.Facts, registry.Fact{ID: id, Kind: registry.Diagnosis, Status: registry.Active, Verification: verification, Category: registry.EncounterDiagnosis,
				Codes: codes, When: f.When, Setting: f.Visit.Class, Rank: rank, EncounterID: f.ID, Provider: f.Provider, Source: f.Source})
		}
	}
	return &out
}
