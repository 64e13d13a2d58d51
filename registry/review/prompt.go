package review

import (
	"cmp"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

// Prompt is a line for today's visit about one item of care.
type Prompt struct {
	Key      string             `json:"key"`
	Title    string             `json:"title"`
	Rule     string             `json:"rule"`
	Version  string             `json:"version,omitempty"`
	Class    recall.PromptClass `json:"class"` // reminders do best for prescribing, prevention and treatment, less for diagnosis
	State    recall.State       `json:"state"`
	Due      registry.Date      `json:"due"` // 0: asked at each visit
	Priority int                `json:"priority"`
	Grade    string             `json:"grade,omitempty"` // of the evidence for the rule
	Reasons  []registry.Reason  `json:"reasons,omitempty"`
	Last     string             `json:"last_fact,omitempty"` // ID of the last evidence
	LastOn   registry.Date      `json:"last"`
	Remarks  recall.Remarks     `json:"remarks,omitempty"`
	Closes   string             `json:"closes"` // what would close it
}

// PromptList is what to ask for at a visit, with the storage that it needs.
type PromptList struct {
	Prompts []Prompt `json:"prompts"`
	More    int      `json:"more"`   // beyond the limit
	Hidden  int      `json:"hidden"` // put aside
}

// Prompts makes the list for a visit on a day out of the gaps of that day: what is open, what is
// due soon, and what is asked at each visit. Overdue comes first, then priority, grade, due day and key, what is
// asked at each visit among those that are due. A limit of 0 is none. A gap is prompted at every visit
// until it is closed, put aside or excluded.
func Prompts(gaps []recall.Gap, day registry.Date, limit int, out *PromptList) {
	if out.Prompts == nil { // an empty list looks the same whether used before or not
		out.Prompts = []Prompt{}
	}
	out.Prompts, out.More, out.Hidden = out.Prompts[:0], 0, 0
	for i := range gaps {
		g := &gaps[i]
		soon := g.Status != recall.NotApplicable && !g.Excluded && g.State == recall.DueSoon
		open := (g.Status == recall.OpenGap || g.OnRecall) && g.State >= recall.Due && g.State != recall.Lapsed
		switch {
		case !soon && !open && !g.Prompt:
			continue
		case day < g.Hidden:
			out.Hidden++
			continue
		}
		p := Prompt{Key: g.Key, Title: g.Title, Rule: g.Rule, Version: g.Version, Class: g.Class, State: g.State, Due: g.Due, Priority: g.Priority, Grade: g.Grade, Reasons: g.Reasons, LastOn: g.LastOn, Remarks: g.Remarks, Closes: g.Closes}
		if p.Title == "" {
			p.Title = g.Key
		}
		if !soon && !open {
			p.State, p.Due = recall.Due, 0
		}
		if g.Last != nil {
			p.Last = g.Last.ID
		}
		out.Prompts = append(out.Prompts, p)
	}
	slices.SortStableFunc(out.Prompts, byUrgency)
	if limit > 0 && len(out.Prompts) > limit {
		out.More = len(out.Prompts) - limit
		out.Prompts = out.Prompts[:limit]
	}
}

func byUrgency(a, b Prompt) int {
	late := func(p *Prompt) int {
		if p.State == recall.Overdue {
			return 0
		}
		return 1
	}
	last := func(n int) int { // 0 comes last
		if n == 0 {
			return 1 << 30
		}
		return n
	}
	grade := func(s string) string { // none comes last
		if s == "" {
			return "\uffff"
		}
		return s
	}
	return cmp.Or(cmp.Compare(late(&a), late(&b)), cmp.Compare(last(a.Priority), last(b.Priority)), strings.Compare(grade(a.Grade), grade(b.Grade)),
		cmp.Compare(last(int(a.Due)), last(int(b.Due))), strings.Compare(a.Key, b.Key))
}
