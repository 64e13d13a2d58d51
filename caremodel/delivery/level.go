package delivery

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/internal/table"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify/eligibility"
	"github.com/chroniccare/chroniccare/stratify/tier"
)

//go:embed data/target-shares.csv
var sharesCSV string

// LevelState is what decides a person's level of care. The source gives no cut-offs: the
// answers are the caller's. Partly counts as yes; unknown is neither yes nor no.
type LevelState struct {
	Stable       caremodel.Answer `json:"stable"`       // well managed and stable
	Exacerbation caremodel.Answer `json:"exacerbation"` // recent and acute
	Complex      caremodel.Answer `json:"complex"`      // co-morbidities or the like ask for more than care management
}

// Levels finds levels of care by the rule of [eligibility.KaiserLevels]: 3 unstable and
// complex, for intensive case management; 2 unstable or after an exacerbation, for care
// management; 1 stable (King's Fund 2004, KF2004:987-991). Asked 3, 2, 1. It is immutable
// and may be shared.
type Levels struct{ decisions }

// NewLevels asks the rule about every state there is, so that [Levels.Level] does not
// allocate.
func NewLevels() *Levels {
	return &Levels{decideAll(eligibility.KaiserLevels(), eligibility.Stable, eligibility.AcuteExacerbation, eligibility.NeedsIntensive)}
}

// Level finds a person's level with its reasons; 0 is unknown, with what it can be. Answers
// share their storage: they are for reading.
func (l *Levels) Level(s LevelState) *eligibility.Levelled {
	return l.of(s.Stable, s.Exacerbation, s.Complex)
}

// decisions are a rule's answers for every state of its inputs.
type decisions []eligibility.Levelled

func decideAll(rule *eligibility.Levels, inputs ...eligibility.Input) decisions {
	n := 1
	for range inputs {
		n *= 3
	}
	out := make(decisions, n)
	for k := range out {
		in, digits := eligibility.Inputs{}, k
		for _, i := range inputs {
			switch digits % 3 {
			case 1:
				in[i] = eligibility.Yes()
			case 2:
				in[i] = eligibility.No()
			}
			digits /= 3
		}
		out[k] = rule.Evaluate(in)
	}
	return out
}

// of finds the answer for answers in the order of the inputs. Partly is yes: what is there in
// part is there.
func (d decisions) of(answers ...caremodel.Answer) *eligibility.Levelled {
	at, digit := 0, 1
	for _, a := range answers {
		switch a {
		case caremodel.Yes, caremodel.Partly:
			at += digit
		case caremodel.No:
			at += 2 * digit
		}
		digit *= 3
	}
	return &d[at]
}

// ServiceOf names the service of a level; 0 is everybody, including those without a
// chronic condition (King's Fund 2010, KF2010:193-195). "" outside 0 to 3.
func ServiceOf(level int) string {
	services := [...]string{"prevention", "self-management support", "disease management", "case management"}
	if level < 0 || level >= len(services) {
		return ""
	}
	return services[level]
}

// Published is a share of people that programmes took on, as published.
type Published struct {
	ID     string        `json:"id"`
	Low    registry.Rate `json:"low"`
	High   registry.Rate `json:"high"`
	Of     string        `json:"of"`
	Who    string        `json:"who"`
	Source string        `json:"source"`
}

// PublishedShares gives the published target shares, in the table's order.
func PublishedShares() ([]Published, error) {
	t, err := table.Parse("target-shares", sharesCSV)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", caremodel.ErrDefinition, err)
	}
	var out []Published
	var errs []error
	for _, r := range t.Rows {
		low, err1 := strconv.ParseInt(r[1], 10, 64)
		high, err2 := strconv.ParseInt(r[2], 10, 64)
		if err := errors.Join(err1, err2); err != nil || low > high || slices.ContainsFunc(out, func(p Published) bool { return p.ID == r[0] }) {
			errs = append(errs, fmt.Errorf("%w: target share %s from %s to %s", caremodel.ErrDefinition, r[0], r[1], r[2]))
			continue
		}
		out = append(out, Published{r[0], registry.Rate{Num: low, Den: 1000}, registry.Rate{Num: high, Den: 1000}, r[3], r[4], r[5]})
	}
	return out, errors.Join(errs...)
}

// Position of a share against a published one.
type Position string

// Positions.
const (
	Below   Position = "below"
	InRange Position = "in range"
	Above   Position = "above"
)

// Against is where a share stands against a published one.
type Against struct {
	Published
	Position Position `json:"position"` // "" when the share is undefined
}

// Share is how much of a population a programme took on.
type Share struct {
	Rate    registry.Rate `json:"rate"`
	Against []Against     `json:"against"`
}

// TargetShare sets a share against the published ones. Their ends are rounded outwards to
// whole people: 1 % of 1,001 is met by 10 as by 11. More people enrolled than eligible, or
// counts below zero, are [caremodel.ErrAnswer].
func TargetShare(enrolled, eligible int64) (Share, error) {
	s := Share{Rate: registry.Rate{Num: enrolled, Den: eligible}}
	if enrolled < 0 || eligible < enrolled {
		return s, fmt.Errorf("%w: %d enrolled of %d", caremodel.ErrAnswer, enrolled, eligible)
	}
	ps, err := PublishedShares()
	if err != nil {
		return s, err
	}
	for _, p := range ps {
		a := Against{Published: p}
		low, err1 := tier.Size(p.Low, int(eligible), tier.RoundDown)
		high, err2 := tier.Size(p.High, int(eligible), tier.RoundUp)
		if err := errors.Join(err1, err2); err != nil {
			return s, fmt.Errorf("%w: %w", caremodel.ErrDefinition, err)
		}
		switch {
		case eligible == 0:
		case enrolled < int64(low):
			a.Position = Below
		case enrolled > int64(high):
			a.Position = Above
		default:
			a.Position = InRange
		}
		s.Against = append(s.Against, a)
	}
	return s, nil
}
