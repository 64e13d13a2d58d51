package fhir

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
)

type contains struct {
	System   string     `json:"system"`
	Code     string     `json:"code"`
	Abstract bool       `json:"abstract"`
	Contains []contains `json:"contains"`
}

type valueSet struct {
	ResourceType string `json:"resourceType"`
	ID           string `json:"id"`
	URL          string `json:"url"`
	Version      string `json:"version"`
	Name         string `json:"name"`
	Title        string `json:"title"`
	Identifier   []struct {
		Value string `json:"value"`
	} `json:"identifier"`
	Expansion *struct {
		Contains []contains `json:"contains"`
	} `json:"expansion"`
	Compose *struct {
		Include []struct {
			System  string     `json:"system"`
			Concept []contains `json:"concept"`
		} `json:"include"`
	} `json:"compose"`
}

// ValueSets decodes FHIR ValueSet resources, one a line or in a Bundle or as a
// JSON array: the expansion when there is one, else the codes that the
// definition lists one by one. Nested and abstract entries of an expansion are
// flattened and skipped. All faults come together in an [*Error].
func ValueSets(data []byte) ([]registry.ValueSet, error) {
	var out []registry.ValueSet
	var faults []Fault
	one := func(where string, raw []byte) {
		var v valueSet
		if err := json.Unmarshal(raw, &v); err != nil {
			faults = append(faults, jsonFault(where, err))
			return
		}
		if v.ResourceType != "ValueSet" {
			faults = append(faults, Fault{where, "resourceType", v.ResourceType, fmt.Errorf("%w: not a ValueSet", ErrValue)})
			return
		}
		id := v.URL
		if id == "" {
			id = v.ID
		}
		if id == "" && len(v.Identifier) > 0 {
			id = v.Identifier[0].Value
		}
		if id == "" {
			faults = append(faults, Fault{where, "url", v.Name, fmt.Errorf("%w: a ValueSet without url or id", ErrValue)})
			return
		}
		name := v.Title
		if name == "" {
			name = v.Name
		}
		s := registry.ValueSet{OID: registry.BareOID(id), Name: name, Version: v.Version}
		var add func(system string, cs []contains)
		add = func(system string, cs []contains) {
			for _, c := range cs {
				sys := c.System
				if sys == "" {
					sys = system
				}
				if c.Code != "" && !c.Abstract {
					s.Codes = append(s.Codes, registry.NewCode(sys, c.Code))
				}
				add(sys, c.Contains)
			}
		}
		switch {
		case v.Expansion != nil:
			add("", v.Expansion.Contains)
		case v.Compose != nil:
			for _, inc := range v.Compose.Include {
				add(inc.System, inc.Concept)
			}
		}
		out = append(out, s)
	}
	trimmed := bytes.TrimSpace(data)
	var bundle struct {
		ResourceType string `json:"resourceType"`
		Entry        []struct {
			Resource json.RawMessage `json:"resource"`
		} `json:"entry"`
	}
	var list []json.RawMessage
	switch {
	case len(trimmed) > 0 && trimmed[0] == '[':
		if err := json.Unmarshal(trimmed, &list); err != nil {
			return nil, &Error{[]Fault{jsonFault("input", err)}}
		}
		for i, raw := range list {
			one(fmt.Sprintf("item %d", i), raw)
		}
	case json.Unmarshal(trimmed, &bundle) == nil && bundle.ResourceType == "Bundle":
		for i, e := range bundle.Entry {
			one(fmt.Sprintf("entry %d", i), e.Resource)
		}
	case json.Valid(trimmed):
		one("input", trimmed)
	default:
		for n := 1; len(data) > 0; n++ {
			var l []byte
			l, data, _ = bytes.Cut(data, []byte("\n"))
			if l = bytes.TrimSpace(l); len(l) > 0 {
				one(fmt.Sprintf("line %d", n), l)
			}
		}
	}
	if len(faults) > 0 {
		return nil, &Error{faults}
	}
	return out, nil
}
