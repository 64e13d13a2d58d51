package recall

import (
	"errors"
	"fmt"
	"strings"

	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/chroniccare/chroniccare/registry"
)

// RemarkKind is what somebody, or a system, says about a gap (HL7 DEQM, gaps in
// care, remark codes). A remark never closes a gap.
type RemarkKind uint8

// Kinds of remarks.
const (
	OrderPlaced         RemarkKind = iota // hides reminders for a while
	SatisfiedInEHR                        // ask for the evidence
	OutOfRange                            // done, value outside the limit
	PatientRefused                        // feeds a rule about declines, if the recommendation has one
	Rejected                              // the clinician says that it does not apply now
	Suppressed                            // not shown
	NotAssessed                           // shown, nothing done
	NotIngested                           // the receiving system could not process it
	AttributionMismatch                   // someone else's patient: a task for the panel
	Deferred                              // planned for later
	DocumentedElsewhere                   // done and recorded at another organisation: ask for the evidence
	InapplicableGap                       // why a remark was made: the gap does not fit the patient
)

var remarkCodes = [...]string{"order-placed", "satisfied-in-EHR", "out-of-range", "patient-refused", "rejected", "suppressed", "not-assessed",
	"not-ingested", "attribution-mismatch", "deferred", "documented-elsewhere", "inapplicable-gap"}

// String gives the DEQM code.
func (k RemarkKind) String() string { return remarkCodes[min(int(k), len(remarkCodes)-1)] }

// MarshalText gives the DEQM code.
func (k RemarkKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (k *RemarkKind) UnmarshalText(text []byte) error { return name.Parse(k, len(remarkCodes), text) }

// ErrRemark is wrapped by errors about remark codes and notes.
var ErrRemark = errors.New("recall: remark")

// ParseRemark reads a DEQM remark code; the error wraps [ErrRemark].
func ParseRemark(s string) (RemarkKind, error) {
	for i, c := range remarkCodes {
		if strings.EqualFold(c, s) {
			return RemarkKind(i), nil
		}
	}
	return 0, fmt.Errorf("%w: code %q", ErrRemark, s)
}

// Remark is a dated word on the gap of a key. An empty Key is about all gaps.
type Remark struct {
	Key    string        `json:"key"`
	Kind   RemarkKind    `json:"code"`
	On     registry.Date `json:"on"`
	By     string        `json:"by,omitempty"`
	Reason string        `json:"reason,omitempty"`
}

// Remarks is a set of kinds of remarks: bit 1<<kind.
type Remarks uint16

// Has reports whether the set holds a kind.
func (r Remarks) Has(k RemarkKind) bool { return r>>k&1 == 1 }

// String lists the codes.
func (r Remarks) String() string {
	var s []string
	for i, c := range remarkCodes {
		if r.Has(RemarkKind(i)) {
			s = append(s, c)
		}
	}
	return strings.Join(s, ", ")
}

// MarshalText lists the codes.
func (r Remarks) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (r *Remarks) UnmarshalText(text []byte) error {
	var read Remarks
	if len(text) > 0 {
		for word := range strings.SplitSeq(string(text), ", ") {
			var k RemarkKind
			if err := k.UnmarshalText([]byte(word)); err != nil {
				return err
			}
			read |= 1 << k
		}
	}
	*r = read
	return nil
}
