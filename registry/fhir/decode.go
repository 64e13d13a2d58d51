package fhir

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// Options of decoding; the zero value is the default.
type Options struct {
	// ZoneMinutes is the civil zone, in minutes east of UTC, in which days are
	// reckoned: instants with another offset are moved to it. The default is UTC.
	ZoneMinutes int
}

// Record is a decoded patient with what the decoder noticed.
type Record struct {
	Patient *registry.Patient
	Read    []Count // resources that became facts or were used, by type
	Unknown []Count // resources of types that hold no facts for the library, by type
	Issues  []Issue // odd but readable
}

// Bundle decodes one patient from a FHIR R4 Bundle (any type), or from a single
// Patient resource. Exactly one Patient must be in it. Everything impossible is
// reported together in an [*Error]; odd things that can be read all the same
// become Issues.
func Bundle(data []byte, o Options) (*Record, error) {
	var head struct {
		ResourceType string `json:"resourceType"`
		Entry        []struct {
			FullURL  string          `json:"fullUrl"`
			Resource json.RawMessage `json:"resource"`
		} `json:"entry"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return nil, &Error{[]Fault{jsonFault("Bundle", err)}}
	}
	d := decoder{zone: o.ZoneMinutes}
	switch head.ResourceType {
	case "Bundle":
		for i, e := range head.Entry {
			if len(e.Resource) > 0 && !bytes.Equal(e.Resource, []byte("null")) {
				d.read(e.Resource, e.FullURL, i)
			}
		}
	case "":
		return nil, &Error{[]Fault{{Resource: "input", Path: "resourceType", Err: ErrNotABundle}}}
	default:
		d.read(data, "", 0)
	}
	return d.finish()
}

// Lines decodes newline-delimited FHIR: bundles and single resources of any
// number of patients, in any order. Resources belong to the patient that their
// subject names. Records come in order of patient ID.
func Lines(data []byte, o Options) ([]*Record, error) {
	groups := map[string]*decoder{}
	var order []string
	var faults []Fault
	var whole []*Record
	get := func(id string) *decoder {
		g := groups[id]
		if g == nil {
			g = &decoder{zone: o.ZoneMinutes}
			groups[id] = g
			order = append(order, id)
		}
		return g
	}
	line := 0
	for len(data) > 0 {
		var l []byte
		l, data, _ = bytes.Cut(data, []byte("\n"))
		line++
		l = bytes.TrimSpace(l)
		if len(l) == 0 {
			continue
		}
		var head struct {
			ResourceType string    `json:"resourceType"`
			ID           string    `json:"id"`
			Subject      reference `json:"subject"`
			Patient      reference `json:"patient"`
			Beneficiary  reference `json:"beneficiary"`
		}
		if err := json.Unmarshal(l, &head); err != nil {
			faults = append(faults, jsonFault(fmt.Sprintf("line %d", line), err))
			continue
		}
		switch head.ResourceType {
		case "":
			faults = append(faults, Fault{Resource: fmt.Sprintf("line %d", line), Path: "resourceType", Err: ErrNotABundle})
		case "Bundle":
			r, err := Bundle(l, o)
			var e *Error
			if errors.As(err, &e) {
				for _, f := range e.Faults {
					f.Resource = fmt.Sprintf("line %d %s", line, f.Resource)
					faults = append(faults, f)
				}
				continue
			}
			whole = append(whole, r)
		case "Patient":
			get(head.ID).read(l, "", line)
		default:
			id := head.Subject.Reference
			if id == "" {
				id = head.Patient.Reference
			}
			if id == "" {
				id = head.Beneficiary.Reference
			}
			get(refID(id)).read(l, "", line)
		}
	}
	for _, id := range order {
		r, err := groups[id].finish()
		var e *Error
		if errors.As(err, &e) {
			for _, f := range e.Faults {
				if errors.Is(f, ErrNoPatient) {
					f.Value = id
				}
				faults = append(faults, f)
			}
			continue
		}
		whole = append(whole, r)
	}
	if len(faults) > 0 {
		return nil, &Error{faults}
	}
	slices.SortStableFunc(whole, func(a, b *Record) int { return strings.Compare(a.Patient.ID, b.Patient.ID) })
	return whole, nil
}

func jsonFault(where string, err error) Fault {
	f := Fault{Resource: where, Err: fmt.Errorf("%w: %v", ErrJSON, err)}
	var t *json.UnmarshalTypeError
	if errors.As(err, &t) {
		f.Path, f.Value, f.Err = t.Field, t.Value, fmt.Errorf("%w: a %s where FHIR has another type", ErrValue, t.Value)
	}
	return f
}

type decoder struct {
	zone     int
	patients []registry.Patient
	facts    []registry.Fact
	faults   []Fault
	issues   []Issue
	counted  []Count
	unknown  []Count
	seen     map[string]bool

	medications map[string][]registry.Code // of Medication resources, for references
	locations   map[string][]registry.Code
	aliases     map[string]string // full URL of an entry -> its ID
	medRefs     []medRef
	visits      []visitRefs
	refused     []string // orders that a Task turned down
	claims      []claim
	subjects    []subject
	ages        []ageRef
}

type medRef struct {
	fact      int
	reference string
	contained map[string][]registry.Code
}

type visitRefs struct {
	fact      int
	locations []string
}

type claim struct {
	encounters []string
	diagnosis  registry.EncounterDx
}

// ageRef is a condition that began, or ended, at an age.
type ageRef struct {
	fact, years int
	end         bool
}

type subject struct{ resource, id string }

func count(to *[]Count, typ string) {
	for i := range *to {
		if (*to)[i].Type == typ {
			(*to)[i].N++
			return
		}
	}
	*to = append(*to, Count{typ, 1})
}

// one is the resource being read.
type one struct {
	*decoder
	r    *resource
	name string
}

func (x *one) fault(path, value string, err error) {
	x.faults = append(x.faults, Fault{x.name, path, value, err})
}

func (x *one) issue(code, path, value string) {
	x.issues = append(x.issues, Issue{code, x.name, path, value})
}

func (x *one) moment(path, s string) registry.Moment {
	if s == "" {
		return registry.Moment{}
	}
	m, partial, err := parseMoment(s, x.zone)
	if err != nil {
		x.fault(path, s, err)
	}
	if partial {
		x.issue(PartialDate, path, s)
	}
	return m
}

func (x *one) span(path string, p *period) registry.Span {
	if p == nil {
		return registry.Span{}
	}
	s := registry.Span{Start: x.moment(path+".start", p.Start), End: x.moment(path+".end", p.End), Ongoing: p.End == ""}
	if s.End.Recorded() && s.End.Day < s.Start.Day {
		x.issue(EndBeforeStart, path, p.Start+" to "+p.End)
	}
	return s
}

// when is a point in time or a period.
func (x *one) when(path, at string, p *period) registry.Span {
	if at != "" {
		return registry.Instant(x.moment(path+"DateTime", at))
	}
	return x.span(path+"Period", p)
}

func (x *one) number(path string, n *json.Number) (registry.Number, bool) {
	if n == nil {
		return registry.Number{}, false
	}
	v, err := registry.ParseNumber(n.String())
	if err != nil {
		x.fault(path, n.String(), fmt.Errorf("%w: %w", ErrValue, err))
		return v, false
	}
	return v, true
}

func (x *one) quantity(path string, q *quantity) (registry.Quantity, bool) {
	if q == nil {
		return registry.Quantity{}, false
	}
	n, ok := x.number(path+".value", q.Value)
	if !ok {
		return registry.Quantity{}, false
	}
	unit := q.Unit
	if q.Code != "" && (q.System == "" || registry.CanonicalSystem(q.System) == registry.UCUM || q.System == "https://ucum.org") {
		unit = q.Code
	}
	out := registry.Quantity{Value: n, Unit: registry.CanonicalUnit(unit)}
	switch q.Comparator {
	case "":
	case "<":
		out.Comparator = registry.LessThan
	case "<=":
		out.Comparator = registry.AtMost
	case ">=":
		out.Comparator = registry.AtLeast
	case ">":
		out.Comparator = registry.MoreThan
	default:
		x.fault(path+".comparator", q.Comparator, fmt.Errorf("%w: not a comparator", ErrValue))
	}
	return out, true
}

func (x *one) value(path string, v *value) registry.Value {
	switch {
	case v.Quantity != nil:
		q, ok := x.quantity(path+"valueQuantity", v.Quantity)
		if !ok {
			return registry.Value{}
		}
		if q.Unit == "" {
			x.issue(UnitMissing, path+"valueQuantity", q.Value.String())
		}
		return registry.Value{Kind: registry.QuantityValue, Quantity: q}
	case v.Integer != nil:
		if n, ok := x.number(path+"valueInteger", v.Integer); ok {
			return registry.Value{Kind: registry.QuantityValue, Quantity: registry.Quantity{Value: n}}
		}
	case v.Concept != nil:
		return registry.Value{Kind: registry.CodedValue, Codes: x.codes(path+"valueCodeableConcept", *v.Concept), Text: v.Concept.Text}
	case v.String != nil:
		return registry.Value{Kind: registry.TextValue, Text: *v.String}
	case v.Bool != nil:
		return registry.Value{Kind: registry.BoolValue, Bool: *v.Bool}
	case v.DateTime != "":
		return registry.Value{Kind: registry.TimeValue, Moment: x.moment(path+"valueDateTime", v.DateTime)}
	}
	return registry.Value{}
}

func (x *one) codes(path string, cs ...concept) []registry.Code {
	out := concepts(cs).codes()
	for _, c := range out {
		if c.System == "" {
			x.issue(SystemMissing, path, c.Value)
		}
	}
	return out
}

var kinds = map[string]registry.Kind{
	"Condition": registry.Diagnosis, "Encounter": registry.Encounter, "Procedure": registry.Procedure, "Observation": registry.Observation,
	"MedicationRequest": registry.MedicationOrder, "MedicationDispense": registry.MedicationDispense,
	"MedicationAdministration": registry.MedicationAdministration, "MedicationStatement": registry.MedicationStatement,
	"Immunization": registry.Immunization, "ServiceRequest": registry.ServiceRequest, "DeviceRequest": registry.DeviceRequest,
	"Coverage": registry.Coverage, "AllergyIntolerance": registry.Allergy, "AdverseEvent": registry.AdverseEvent,
	"Communication": registry.Communication,
}

const (
	notDoneReason1 = "http://hl7.org/fhir/us/qicore/StructureDefinition/qicore-notDoneReason"
	notDoneReason2 = "http://hl7.org/fhir/us/qicore/StructureDefinition/qicore-doNotPerformReason"
	doNotPerform   = "http://hl7.org/fhir/us/qicore/StructureDefinition/qicore-doNotPerform"
	recordedSex    = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-sex"
)

func (d *decoder) read(raw []byte, fullURL string, at int) {
	var r resource
	if err := json.Unmarshal(raw, &r); err != nil {
		name := fmt.Sprintf("entry %d", at)
		if r.ResourceType != "" {
			name = r.ResourceType + "/" + r.ID
		}
		d.faults = append(d.faults, jsonFault(name, err))
		return
	}
	if r.ID == "" && fullURL != "" {
		r.ID = refID(fullURL)
	} else if fullURL != "" && refID(fullURL) != r.ID {
		if d.aliases == nil {
			d.aliases = map[string]string{}
		}
		d.aliases[refID(fullURL)] = r.ID
	}
	x := &one{d, &r, r.ResourceType + "/" + r.ID}
	if r.ID != "" {
		if d.seen == nil {
			d.seen = map[string]bool{}
		}
		if d.seen[x.name] {
			x.issue(DuplicateID, "id", r.ID)
		}
		d.seen[x.name] = true
	}
	switch r.ResourceType {
	case "Patient":
		x.patient()
	case "Medication":
		if d.medications == nil {
			d.medications = map[string][]registry.Code{}
		}
		d.medications[r.ID] = x.codes("code", r.Code...)
	case "Location":
		if d.locations == nil {
			d.locations = map[string][]registry.Code{}
		}
		d.locations[r.ID] = x.codes("type", r.Type...)
	case "Task":
		if r.Status == "rejected" && r.Code.has("fulfill") {
			d.refused = append(d.refused, refID(r.Focus.Reference))
		}
	case "Claim":
		x.claim()
	default:
		kind, ok := kinds[r.ResourceType]
		if !ok {
			if r.ResourceType == "" {
				d.faults = append(d.faults, Fault{Resource: fmt.Sprintf("entry %d", at), Path: "resourceType", Err: ErrNotABundle})
				return
			}
			count(&d.unknown, r.ResourceType)
			return
		}
		x.fact(kind)
	}
	count(&d.counted, r.ResourceType)
}

func (cs concepts) has(code string) bool {
	for _, c := range cs {
		if c.has(code) {
			return true
		}
	}
	return false
}

func (x *one) patient() {
	r := x.r
	p := registry.Patient{ID: r.ID, Birth: x.moment("birthDate", r.BirthDate).Day, Death: x.moment("deceasedDateTime", r.DeceasedDateTime)}
	p.Dead = r.DeceasedBoolean || p.Death.Recorded()
	if p.Dead && p.Death.Recorded() && p.Death.Day < p.Birth {
		x.issue(DeathBeforeBirth, "deceasedDateTime", r.DeceasedDateTime)
	}
	switch r.Gender {
	case "female":
		p.Gender = registry.Female
	case "male":
		p.Gender = registry.Male
	case "other":
		p.Gender = registry.OtherSex
	case "", "unknown":
	default:
		x.fault("gender", r.Gender, fmt.Errorf("%w: not an administrative gender", ErrValue))
	}
	for _, e := range r.Extension {
		if e.URL == recordedSex {
			p.SexCode = registry.NewCode(string(registry.SNOMEDCT), e.ValueCode)
		}
	}
	x.patients = append(x.patients, p)
}

func (x *one) claim() {
	r := x.r
	if r.Status != "active" || r.Use != "claim" {
		return
	}
	for _, item := range r.Item {
		var enc []string
		for _, e := range item.Encounter {
			enc = append(enc, refID(e.Reference))
		}
		for _, g := range r.Diagnosis {
			if g.Sequence == nil || !slices.Contains(item.DiagnosisSequence, *g.Sequence) {
				continue
			}
			n, _ := g.Sequence.Int64()
			x.claims = append(x.claims, claim{enc, registry.EncounterDx{
				Codes: x.codes("diagnosis.diagnosisCodeableConcept", g.DiagnosisConcept), Reference: refID(g.DiagnosisRef.Reference),
				Principal: g.Type.has("principal"), Sequence: int(n), OnAdmit: g.OnAdmission.first()}})
		}
	}
}

func (x *one) fact(kind registry.Kind) {
	r := x.r
	f := registry.Fact{ID: r.ID, Kind: kind, Status: registry.ParseStatus(r.Status), Intent: registry.ParseIntent(r.Intent), Source: ""}
	switch {
	case len(r.Code) > 0:
		f.Codes = x.codes("code", r.Code...)
	case len(r.CodeConcept.Coding) > 0:
		f.Codes = x.codes("codeCodeableConcept", r.CodeConcept)
	}
	for _, c := range r.Category {
		for _, k := range c.Coding {
			f.Category |= registry.ParseCategory(k.Code)
		}
	}
	f.Verification = registry.ParseVerification(r.VerificationStatus.first())
	f.Reasons = x.codes("reasonCode", r.ReasonCode...)
	f.Negated = r.DoNotPerform || f.Status == registry.NotDone
	for _, e := range r.Extension {
		if e.URL == notDoneReason1 || e.URL == notDoneReason2 {
			f.Reasons = append(f.Reasons, x.codes("extension(notDoneReason)", e.ValueConcept)...)
		}
	}
	for _, e := range append(r.Modifier, r.Extension...) {
		if e.URL == doNotPerform && e.ValueBoolean != nil && *e.ValueBoolean {
			f.Negated = true
		}
	}
	if len(r.BodySite) > 0 {
		f.Sites = r.BodySite.codes()
	}
	if len(r.Severity) > 0 {
		f.Severity = r.Severity.codes()
	}
	if f.EncounterID = refID(r.Encounter.Reference); f.EncounterID == "" {
		f.EncounterID = refID(r.Context.Reference)
	}
	f.Authored = x.moment("authoredOn", r.AuthoredOn)
	switch kind {
	case registry.Diagnosis:
		x.condition(&f)
	case registry.Encounter:
		x.encounter(&f)
	case registry.Procedure:
		f.When = x.when("performed", r.PerformedDateTime, r.PerformedPeriod)
	case registry.Observation:
		at := r.EffectiveDateTime
		if at == "" {
			at = r.EffectiveInstant
		}
		f.When = x.when("effective", at, r.EffectivePeriod)
		f.Authored = x.moment("issued", r.Issued)
		f.Value = x.value("", &r.value)
		for i := range r.Component {
			p := fmt.Sprintf("component[%d].", i)
			f.Components = append(f.Components, registry.Component{Codes: x.codes(p+"code", r.Component[i].Code), Value: x.value(p, &r.Component[i].value)})
		}
		f.Negated = f.Negated || f.Status == registry.Cancelled
		smoking := f.HasCode(registry.Code{System: registry.LOINC, Value: "72166-2"}) || f.HasCode(registry.Code{System: registry.LOINC, Value: "81229-7"})
		for _, p := range r.Meta.Profile {
			smoking = smoking || strings.HasSuffix(p, "/us-core-smokingstatus")
		}
		if smoking {
			f.Category |= registry.SmokingStatus
		}
	case registry.MedicationOrder, registry.MedicationDispense, registry.MedicationAdministration, registry.MedicationStatement:
		x.medication(&f)
	case registry.Immunization:
		f.Codes = x.codes("vaccineCode", r.VaccineCode)
		f.When = registry.Instant(x.moment("occurrenceDateTime", r.OccurrenceDate))
		f.Reasons = append(f.Reasons, x.codes("statusReason", r.StatusReason...)...)
	case registry.ServiceRequest, registry.DeviceRequest:
		f.When = registry.Instant(f.Authored)
	case registry.Coverage:
		f.Codes = x.codes("type", r.Type...)
		f.When = x.span("period", r.Period)
	case registry.Allergy:
		f.Status = registry.ParseStatus(r.ClinicalStatus.first())
		f.When = x.when("onset", r.OnsetDateTime, r.OnsetPeriod)
		f.Authored = x.moment("recordedDate", r.RecordedDate)
		f.LastSeen = x.moment("lastOccurrence", r.LastOccurrence)
	case registry.AdverseEvent:
		var event concept
		if json.Unmarshal(r.Event, &event) == nil {
			f.Codes = x.codes("event", event)
		}
		f.Authored = x.moment("recordedDate", r.RecordedDate)
		f.When = registry.Instant(x.moment("date", r.Date))
		if r.Date == "" {
			f.When = registry.Instant(f.Authored)
		}
	case registry.Communication:
		f.When = registry.Instant(x.moment("sent", r.Sent))
	}
	subj := r.Subject.Reference
	if subj == "" {
		subj = r.Patient.Reference
	}
	if subj != "" {
		x.subjects = append(x.subjects, subject{x.name, refID(subj)})
	}
	x.facts = append(x.facts, f)
}

func (x *one) condition(f *registry.Fact) {
	r := x.r
	f.Status = registry.ParseStatus(r.ClinicalStatus.first())
	f.Authored = x.moment("recordedDate", r.RecordedDate)
	active := f.Status == registry.Active || f.Status == registry.Recurrence || f.Status == registry.Relapse
	var onset registry.Span
	switch {
	case r.OnsetDateTime != "" || r.OnsetPeriod != nil:
		onset = x.when("onset", r.OnsetDateTime, r.OnsetPeriod)
	case r.OnsetAge != nil:
		x.atAge("onsetAge", r.OnsetAge, false)
	case r.OnsetRange != nil:
		x.atAge("onsetRange.low", r.OnsetRange.Low, false)
	}
	f.When.Start = onset.Start
	switch {
	case r.AbatementDateTime != "":
		f.When.End = x.moment("abatementDateTime", r.AbatementDateTime)
	case r.AbatementPeriod != nil:
		if p := x.span("abatementPeriod", r.AbatementPeriod); p.End.Recorded() {
			f.When.End = before(p.End)
		}
	case r.AbatementAge != nil:
		x.atAge("abatementAge", r.AbatementAge, true)
	}
	f.When.Ongoing = active && !f.When.End.Recorded()
	if f.When.End.Recorded() && f.When.End.Day < f.When.Start.Day {
		x.issue(EndBeforeStart, "abatement", r.AbatementDateTime)
	}
	if f.Category == 0 {
		for _, p := range r.Meta.Profile {
			switch {
			case strings.HasSuffix(p, "encounter-diagnosis"):
				f.Category |= registry.EncounterDiagnosis
			case strings.HasSuffix(p, "problems-health-concerns"):
				f.Category |= registry.ProblemListItem
			}
		}
	}
	// as a parent's criteria ask: what is said to be in error never counts
	if f.Status == registry.EnteredInError {
		f.Verification = registry.VerifiedInError
	}
}

// atAge notes that a condition began or ended at an age in years; the birth date
// may come later in the bundle.
func (x *one) atAge(path string, q *quantity, end bool) {
	v, ok := x.quantity(path, q)
	if !ok {
		return
	}
	if v.Unit != "a" || v.Value.Exp < 0 || v.Value.Exp > 3 || v.Value.Coef < 0 || v.Value.Coef > 1000 {
		x.issue(PartialDate, path, v.String())
		return
	}
	years := int(v.Value.Coef)
	for range v.Value.Exp {
		years *= 10
	}
	x.ages = append(x.ages, ageRef{len(x.facts), years, end})
}

func (x *one) encounter(f *registry.Fact) {
	r := x.r
	f.Codes = x.codes("type", r.Type...)
	f.When = x.span("period", r.Period)
	f.Visit = &registry.Visit{Class: r.Class.Code, Disposition: x.codes("hospitalization.dischargeDisposition", r.Hospitalization.DischargeDisposition)}
	for _, g := range r.Diagnosis {
		n := 0
		if g.Rank != nil {
			k, _ := g.Rank.Int64()
			n = int(k)
		}
		f.Visit.Diagnoses = append(f.Visit.Diagnoses, registry.EncounterDx{Reference: refID(g.Condition.Reference), Sequence: n, Principal: n == 1 && g.Use.has("billing")})
	}
	for _, g := range r.ReasonReference {
		f.Visit.Diagnoses = append(f.Visit.Diagnoses, registry.EncounterDx{Reference: refID(g.Reference)})
	}
	var locations []struct {
		Location reference `json:"location"`
	}
	if len(r.Location) > 0 && json.Unmarshal(r.Location, &locations) == nil && len(locations) > 0 {
		v := visitRefs{fact: len(x.facts)}
		for _, l := range locations {
			v.locations = append(v.locations, refID(l.Location.Reference))
		}
		x.visits = append(x.visits, v)
	}
}

func (x *one) medication(f *registry.Fact) {
	r := x.r
	f.Codes = x.codes("medicationCodeableConcept", r.Medication)
	if ref := r.MedicationRef.Reference; ref != "" {
		m := medRef{fact: len(x.facts), reference: ref}
		for _, raw := range r.Contained {
			var c resource
			if json.Unmarshal(raw, &c) == nil && c.ResourceType == "Medication" {
				if m.contained == nil {
					m.contained = map[string][]registry.Code{}
				}
				m.contained[c.ID] = x.codes("contained.code", c.Code...)
			}
		}
		x.medRefs = append(x.medRefs, m)
	}
	s := &registry.Supply{}
	f.Supply = s
	x.dosages(s, f.Authored)
	switch f.Kind {
	case registry.MedicationOrder:
		f.When = registry.Instant(f.Authored)
		s.Days = x.days("dispenseRequest.expectedSupplyDuration", r.DispenseRequest.ExpectedSupplyDuration)
		x.amount(s, "dispenseRequest.quantity", r.DispenseRequest.Quantity)
		if n, ok := x.number("dispenseRequest.numberOfRepeatsAllowed", r.DispenseRequest.Repeats); ok {
			s.Refills = int(min(max(n.Coef, -1), 999))
			if n.Exp > 0 {
				for range min(n.Exp, 3) {
					s.Refills *= 10
				}
			}
			if s.Refills < 0 {
				x.issue(NegativeSupply, "dispenseRequest.numberOfRepeatsAllowed", n.String())
				s.Refills = 0
			}
		}
		switch {
		case s.Bounds.Start.Recorded():
			s.Start = s.Bounds.Start.Day
		case f.Authored.Recorded():
			s.Start = f.Authored.Day
		default:
			s.Start = x.span("dispenseRequest.validityPeriod", r.DispenseRequest.ValidityPeriod).Start.Day
		}
	case registry.MedicationDispense:
		at := r.WhenHandedOver
		if at == "" {
			at = r.WhenPrepared
		}
		m := x.moment("whenHandedOver", at)
		f.When = registry.Instant(m)
		s.Start = m.Day
		s.Days = x.days("daysSupply", r.DaysSupply)
		x.amount(s, "quantity", r.Quantity)
		s.Bounds = registry.Span{} // a dispense covers what it supplies, nothing else
	default:
		f.When = x.when("effective", r.EffectiveDateTime, r.EffectivePeriod)
		s.Start = f.When.Start.Day
	}
}

func (x *one) amount(s *registry.Supply, path string, q *quantity) {
	v, ok := x.quantity(path, q)
	switch {
	case !ok:
	case v.Value.Coef < 0:
		x.issue(NegativeSupply, path, v.String())
	default:
		s.Quantity, s.QuantityUnit = v.Value, v.Unit
	}
}

// days reads a duration and gives it in days.
func (x *one) days(path string, q *quantity) registry.Number {
	v, ok := x.quantity(path, q)
	if !ok {
		return registry.Number{}
	}
	if v.Value.Coef < 0 {
		x.issue(NegativeSupply, path, v.String())
		return registry.Number{}
	}
	factor := int64(0)
	switch v.Unit {
	case "d", "":
		return v.Value
	case "wk":
		factor = 7
	case "mo":
		factor = 30
	case "a":
		factor = 365
	}
	if factor == 0 || v.Value.Coef > 1<<50 {
		x.issue(UnitMissing, path, v.String())
		return registry.Number{}
	}
	return registry.Num(v.Value.Coef*factor, v.Value.Exp)
}

// dosages reads how the medicine is taken. Dose and frequency count only when
// there is a single instruction with a single dose; the bounds of several are
// joined where they touch, and the first stretch counts.
func (x *one) dosages(s *registry.Supply, authored registry.Moment) {
	var spans []registry.Span
	for i := range x.r.DosageInstruction {
		rep := &x.r.DosageInstruction[i].Timing.Repeat
		path := fmt.Sprintf("dosageInstruction[%d].timing.repeat.", i)
		switch {
		case rep.BoundsPeriod != nil:
			spans = append(spans, x.span(path+"boundsPeriod", rep.BoundsPeriod))
		case rep.BoundsDuration != nil && authored.Recorded():
			if n := x.days(path+"boundsDuration", rep.BoundsDuration); n.Coef > 0 && n.Exp == 0 && n.Coef < 1<<20 {
				spans = append(spans, registry.Span{Start: authored, End: before(registry.Moment{Day: authored.Day.AddDays(int(n.Coef)), Time: authored.Time})})
			}
		case rep.BoundsRange != nil && authored.Recorded():
			lo := x.days(path+"boundsRange.low", rep.BoundsRange.Low)
			hi := x.days(path+"boundsRange.high", rep.BoundsRange.High)
			if lo.Exp == 0 && hi.Exp == 0 && hi.Coef < 1<<20 && lo.Coef <= hi.Coef {
				spans = append(spans, registry.Span{Start: registry.Moment{Day: authored.Day.AddDays(int(lo.Coef)), Time: authored.Time}, End: registry.Moment{Day: authored.Day.AddDays(int(hi.Coef)), Time: authored.Time}})
			}
		}
	}
	slices.SortFunc(spans, func(a, b registry.Span) int {
		o, _ := a.Start.Compare(b.Start, true)
		return o
	})
	for i, p := range spans {
		if i == 0 {
			s.Bounds = p
			continue
		}
		if s.Bounds.Ongoing || p.Start.Day > s.Bounds.End.Day {
			break
		}
		if o, _ := p.End.Compare(s.Bounds.End, true); p.Ongoing || o > 0 {
			s.Bounds.End, s.Bounds.Ongoing = p.End, p.Ongoing
		}
	}
	if len(x.r.DosageInstruction) != 1 {
		return
	}
	in := &x.r.DosageInstruction[0]
	rep := &in.Timing.Repeat
	if len(in.DoseAndRate) == 1 {
		dr := in.DoseAndRate[0]
		q := dr.DoseQuantity
		if dr.DoseRange != nil && dr.DoseRange.High != nil {
			q = dr.DoseRange.High
		}
		if v, ok := x.quantity("dosageInstruction[0].doseAndRate[0]", q); ok {
			s.Dose = v.Value
		}
	}
	n, ok := x.number("dosageInstruction[0].timing.repeat.frequencyMax", rep.FrequencyMax)
	if !ok {
		n, ok = x.number("dosageInstruction[0].timing.repeat.frequency", rep.Frequency)
	}
	per, okPer := x.number("dosageInstruction[0].timing.repeat.period", rep.Period)
	switch {
	case ok && okPer && n.Coef > 0 && per.Coef > 0 && per.Coef < 1<<40:
		s.TakenPer, s.PerDays = n, per
		switch registry.CanonicalUnit(rep.PeriodUnit) {
		case "s":
			s.TakenPer = times(n, 86400)
		case "min":
			s.TakenPer = times(n, 1440)
		case "h":
			s.TakenPer = times(n, 24)
		case "d":
		case "wk":
			s.PerDays = times(per, 7)
		case "mo":
			s.PerDays = times(per, 30)
		case "a":
			s.PerDays = times(per, 365)
		default:
			s.TakenPer, s.PerDays = registry.Number{}, registry.Number{}
			x.issue(UnitMissing, "dosageInstruction[0].timing.repeat.periodUnit", rep.PeriodUnit)
		}
	case len(rep.TimeOfDay) > 0:
		s.TakenPer, s.PerDays = registry.Num(int64(len(rep.TimeOfDay)), 0), registry.Num(1, 0)
	}
}

func times(n registry.Number, k int64) registry.Number {
	if n.Coef > 1<<44 {
		return registry.Number{}
	}
	return registry.Num(n.Coef*k, n.Exp)
}

// finish resolves references and checks the whole.
func (d *decoder) finish() (*Record, error) {
	switch len(d.patients) {
	case 0:
		d.faults = append(d.faults, Fault{Resource: "Bundle", Err: ErrNoPatient})
	case 1:
	default:
		ids := make([]string, len(d.patients))
		for i, p := range d.patients {
			ids[i] = p.ID
		}
		d.faults = append(d.faults, Fault{Resource: "Bundle", Path: "Patient.id", Value: strings.Join(ids, ", "), Err: ErrTwoPeople})
	}
	if len(d.faults) > 0 {
		return nil, &Error{d.faults}
	}
	alias := func(id string) string {
		if to, ok := d.aliases[id]; ok {
			return to
		}
		return id
	}
	name := func(i int) string { return d.facts[i].Kind.String() + "/" + d.facts[i].ID }
	for _, m := range d.medRefs {
		codes, ok := m.contained[strings.TrimPrefix(m.reference, "#")]
		if !ok {
			codes, ok = d.medications[alias(refID(m.reference))]
		}
		if !ok {
			d.issues = append(d.issues, Issue{OrphanReference, name(m.fact), "medicationReference", m.reference})
			continue
		}
		d.facts[m.fact].Codes = codes
	}
	for _, v := range d.visits {
		for _, l := range v.locations {
			codes, ok := d.locations[alias(l)]
			if !ok {
				d.issues = append(d.issues, Issue{OrphanReference, name(v.fact), "location", l})
			}
			f := d.facts[v.fact].Visit
			f.LocationTypes = append(f.LocationTypes, codes...)
		}
	}
	encounters := map[string]int{}
	orders := map[string]int{}
	for i := range d.facts {
		switch d.facts[i].Kind {
		case registry.Encounter:
			encounters[d.facts[i].ID] = i
		case registry.MedicationOrder, registry.ServiceRequest, registry.DeviceRequest:
			orders[d.facts[i].ID] = i
		}
	}
	for i := range d.facts {
		f := &d.facts[i]
		if f.EncounterID != "" {
			f.EncounterID = alias(f.EncounterID)
			if _, ok := encounters[f.EncounterID]; !ok {
				d.issues = append(d.issues, Issue{OrphanReference, name(i), "encounter", f.EncounterID})
			}
		}
		if f.Visit != nil {
			for k := range f.Visit.Diagnoses {
				f.Visit.Diagnoses[k].Reference = alias(f.Visit.Diagnoses[k].Reference)
			}
		}
	}
	for _, id := range d.refused {
		if i, ok := orders[alias(id)]; ok {
			d.facts[i].Refused = true
		} else {
			d.issues = append(d.issues, Issue{OrphanReference, "Task", "focus", id})
		}
	}
	for _, c := range d.claims {
		for _, e := range c.encounters {
			i, ok := encounters[alias(e)]
			if !ok {
				d.issues = append(d.issues, Issue{OrphanReference, "Claim", "item.encounter", e})
				continue
			}
			d.facts[i].Visit.Diagnoses = append(d.facts[i].Visit.Diagnoses, c.diagnosis)
		}
	}
	p := &d.patients[0]
	for _, s := range d.subjects {
		if alias(s.id) != p.ID {
			d.issues = append(d.issues, Issue{OtherSubject, s.resource, "subject", s.id})
		}
	}
	for _, a := range d.ages { // the year of life from one birthday to the next
		f := &d.facts[a.fact]
		if a.end {
			f.When.End, f.When.Ongoing = registry.At(p.Birth.AddYears(a.years+1).AddDays(-1)), false
		} else {
			f.When.Start = registry.At(p.Birth.AddYears(a.years))
		}
	}
	p.Facts = d.facts
	for _, c := range []*[]Count{&d.counted, &d.unknown} {
		slices.SortFunc(*c, func(a, b Count) int { return strings.Compare(a.Type, b.Type) })
	}
	return &Record{p, d.counted, d.unknown, d.issues}, nil
}
