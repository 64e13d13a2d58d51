package fhir

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
)

// parseMoment reads a FHIR date, dateTime or instant and moves it to the zone
// (minutes east of UTC). A partial date gives its first day, and partial is true.
func parseMoment(s string, zone int) (m registry.Moment, partial bool, err error) {
	if len(s) < 11 || s[10] != 'T' {
		p, err := registry.ParseDate(s)
		if err != nil || len(s) == 8 { // YYYYMMDD is no FHIR date
			return m, false, fmt.Errorf("%w: not a FHIR date", ErrValue)
		}
		_, full := p.Date()
		return registry.At(p.Impute(registry.ImputeEarliest)), !full, nil
	}
	bad := func() (registry.Moment, bool, error) {
		return registry.Moment{}, false, fmt.Errorf("%w: not a FHIR dateTime", ErrValue)
	}
	p, err := registry.ParseDate(s[:10])
	if err != nil {
		return bad()
	}
	d, _ := p.Date()
	t := s[11:]
	two := func(i int) int {
		if i+2 > len(t) || t[i] < '0' || t[i] > '9' || t[i+1] < '0' || t[i+1] > '9' {
			return -1
		}
		return int(t[i]-'0')*10 + int(t[i+1]-'0')
	}
	h, mi := two(0), -1
	if len(t) >= 5 && t[2] == ':' {
		mi = two(3)
	}
	if h < 0 || h > 24 || mi < 0 || mi > 59 {
		return bad()
	}
	i, sec, ms := 5, 0, 0
	if i < len(t) && t[i] == ':' {
		if sec = two(i + 1); sec < 0 || sec > 60 {
			return bad()
		}
		i += 3
		if i < len(t) && t[i] == '.' {
			i++
			n := 0
			for ; i < len(t) && t[i] >= '0' && t[i] <= '9'; i++ {
				if n < 3 {
					ms = ms*10 + int(t[i]-'0')
				}
				n++
			}
			if n == 0 {
				return bad()
			}
			for ; n < 3; n++ {
				ms *= 10
			}
		}
	}
	if h == 24 {
		if mi != 0 || sec != 0 {
			return bad()
		}
		h, d = 0, d.AddDays(1)
	}
	offset, zoned := 0, true
	switch {
	case i == len(t):
		zoned = false // local time of the record: taken as it stands
	case t[i] == 'Z' && i+1 == len(t):
	case (t[i] == '+' || t[i] == '-') && i+6 == len(t) && t[i+3] == ':':
		oh, om := two(i+1), two(i+4)
		if oh < 0 || oh > 14 || om < 0 || om > 59 {
			return bad()
		}
		if offset = oh*60 + om; t[i] == '-' {
			offset = -offset
		}
	default:
		return bad()
	}
	minute := h*60 + mi
	if zoned {
		minute += zone - offset
	}
	for minute < 0 {
		minute, d = minute+1440, d.AddDays(-1)
	}
	for minute >= 1440 {
		minute, d = minute-1440, d.AddDays(1)
	}
	return registry.Moment{Day: d, Time: registry.NewClock(minute/60, minute%60, sec, ms)}, false, nil
}

// just before m: the end of a half-open interval.
func before(m registry.Moment) registry.Moment {
	switch {
	case m.Time > registry.Midnight:
		m.Time--
	case m.Time == registry.Midnight:
		m.Day, m.Time = m.Day.AddDays(-1), registry.DayEnd
	default:
		m.Day = m.Day.AddDays(-1)
	}
	return m
}
