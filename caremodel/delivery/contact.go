package delivery

import (
	"errors"
	"fmt"
	"slices"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

// Channel is a way of being in contact.
type Channel string

// Channels.
const (
	AtVisit   Channel = "visit"
	ByPhone   Channel = "phone"
	ByMessage Channel = "message"
	ByVideo   Channel = "video"
	InGroup   Channel = "group"
	AtHome    Channel = "home"
)

var channels = [...]Channel{AtVisit, ByPhone, ByMessage, ByVideo, InGroup, AtHome}

// Channels lists them in their fixed order.
func Channels() []Channel { return slices.Clone(channels[:]) }

func (c Channel) known() bool { return slices.Contains(channels[:], c) }

// Contact is one contact with a person that took place.
type Contact struct {
	ID      string        `json:"id"`
	Person  string        `json:"person"`
	On      registry.Date `json:"on"`
	Channel Channel       `json:"channel"`
	Role    string        `json:"role,omitempty"`
}

// CheckContacts reports contacts without an ID, person or day, by an unknown channel, or
// with an ID used twice, as [caremodel.ErrAnswer].
func CheckContacts(cs []Contact) error {
	var errs []error
	seen := map[string]bool{}
	for i, c := range cs {
		if c.ID == "" || seen[c.ID] || c.Person == "" || c.On == 0 || !c.Channel.known() {
			errs = append(errs, fmt.Errorf("%w: contact %d: %q with %q on %s by %q, or there twice", caremodel.ErrAnswer, i+1, c.ID, c.Person, c.On, c.Channel))
		}
		seen[c.ID] = true
	}
	return errors.Join(errs...)
}

// Cadence is the greatest number of days between contacts by level of care. The zero value
// is 90 days at level 1, 30 at level 2 and 14 at level 3 (our defaults).
type Cadence struct {
	Days [4]int `json:"days"`
} // by level; Days[0] is for people without one, 0: no rhythm

// Check reports negative days, and a higher level that is contacted less often than a lower
// one, as [caremodel.ErrPolicy].
func (c Cadence) Check() error {
	var errs []error
	for level, d := range c.Days {
		if d < 0 {
			errs = append(errs, fmt.Errorf("%w: cadence: every %d days at level %d", caremodel.ErrPolicy, d, level))
		}
	}
	for level := 2; level <= 3; level++ {
		if c.Of(level) > c.Of(level-1) {
			errs = append(errs, fmt.Errorf("%w: cadence: every %d days at level %d, every %d at level %d", caremodel.ErrPolicy, c.Of(level), level, c.Of(level-1), level-1))
		}
	}
	return errors.Join(errs...)
}

// Of is the greatest number of days between contacts at a level; 0 is no rhythm.
func (c Cadence) Of(level int) int {
	if level < 0 || level > 3 {
		return 0
	}
	if c.Days[level] == 0 {
		return [...]int{0, 90, 30, 14}[level]
	}
	return c.Days[level]
}

// SinceContact is where a person stands with contacts on a day.
type SinceContact struct {
	Last    registry.Date `json:"last"` // 0: never
	ID      string        `json:"id,omitempty"`
	Days    int           `json:"days"` // since the last contact, or since the start when there was none
	Due     registry.Date `json:"due"`  // of the next; 0: no rhythm
	Overdue int           `json:"overdue"`
}

// Since finds a person's last contact up to a day, and when the next is due at a level. from
// is when the rhythm began, such as the day of enrolment: contacts before it still count.
// Of several contacts on a day the highest ID speaks.
func (c Cadence) Since(contacts []Contact, person string, level int, from, asOf registry.Date) SinceContact {
	var s SinceContact
	for i := range contacts {
		x := &contacts[i]
		if x.Person == person && x.On != 0 && x.On <= asOf && (x.On > s.Last || x.On == s.Last && x.ID > s.ID) {
			s.Last, s.ID = x.On, x.ID
		}
	}
	start := s.Last
	if start == 0 {
		start = from
	}
	if start == 0 || start > asOf {
		return s
	}
	s.Days = int(asOf - start)
	if days := c.Of(level); days > 0 {
		s.Due = start.AddDays(days)
		s.Overdue = max(0, int(asOf-s.Due))
	}
	return s
}

// ChannelShare is the contacts by one channel and their share of all.
type ChannelShare struct {
	Channel Channel       `json:"channel"`
	N       int64         `json:"n"`
	Share   registry.Rate `json:"share"`
}

// Mix is how contacts were made in a period.
type Mix struct {
	Total    int64          `json:"total"`
	Channels []ChannelShare `json:"channels"` // all, in their fixed order
	LeftOut  int64          `json:"left_out"` // by an unknown channel, or undated
}

// ChannelMix counts contacts by channel.
func ChannelMix(contacts []Contact, period registry.Period) Mix {
	var m Mix
	for _, c := range channels {
		m.Channels = append(m.Channels, ChannelShare{Channel: c})
	}
	for i := range contacts {
		k := slices.Index(channels[:], contacts[i].Channel)
		if k < 0 || contacts[i].On == 0 {
			m.LeftOut++
			continue
		}
		if period.Contains(contacts[i].On) {
			m.Channels[k].N++
			m.Total++
		}
	}
	for k := range m.Channels {
		m.Channels[k].Share = registry.Rate{Num: m.Channels[k].N, Den: m.Total}
	}
	return m
}

// ChannelChange is how contacts by a channel changed: Relative is (after - before) / before,
// undefined when there were none before.
type ChannelChange struct {
	Channel  Channel       `json:"channel"` // "": all contacts
	Before   int64         `json:"before"`
	After    int64         `json:"after"`
	Relative registry.Rate `json:"relative"`
}

// Change compares two periods, all contacts first. Each rate is of its own channel: they do
// not add up. (Kaiser's record system: all attendances -26.2 %, primary care -25.3 %,
// specialists -21.5 %, phone eightfold, messages sixfold; King's Fund 2010, KF2010:695.)
func (m Mix) Change(after Mix) []ChannelChange {
	one := func(c Channel, before, after int64) ChannelChange {
		return ChannelChange{c, before, after, registry.Rate{Num: after - before, Den: before}}
	}
	out := []ChannelChange{one("", m.Total, after.Total)}
	for k, c := range channels {
		var b, a int64
		if k < len(m.Channels) {
			b = m.Channels[k].N
		}
		if k < len(after.Channels) {
			a = after.Channels[k].N
		}
		out = append(out, one(c, b, a))
	}
	return out
}
