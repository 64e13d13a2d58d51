// Package fhir turns FHIR R4 JSON into registry values and results back into
// FHIR: bytes in, values out, no I/O.
//
//   - one patient: [Bundle] (a Bundle or a lone Patient); many: [Lines] (NDJSON)
//   - value set expansions: [ValueSets]
//   - results: [MeasureReport] of [GroupReport] with [PopulationCount] and [StratumReport], individual or summary; to name a fact: [ReferenceTo]
//   - what was wrong: [Error] with a [Fault] for each impossible thing (resource,
//     path, value); what was odd but readable: [Issue]; what was not used: [Record.Unknown], each a [Count]
//
// It reads QI-Core 4.1.1 and 6.0.0 as they come: several codings, systems by URI
// or OID, contained and absolute references, partial dates, offsets. Instants are
// moved to one civil zone ([Options]), since measures reckon in days. A record
// with a fault is not decoded at all: nothing is lost silently.
//
// Resource types with facts: Patient, Condition, Encounter, Procedure, Observation,
// MedicationRequest, MedicationDispense, MedicationAdministration,
// MedicationStatement, Immunization, ServiceRequest, DeviceRequest, Coverage,
// AllergyIntolerance, AdverseEvent, Communication; Medication, Location, Task and
// Claim are read for what they say about those. All others are counted.
package fhir
