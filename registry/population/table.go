package population

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Group is a cell of a [Table] with its people, sorted.
type Group struct {
	Values []string `json:"values"` // one for each key
	People []string `json:"people"`
	Count  int64    `json:"count"`
}

// Table is a population sorted into cells. Cells come in the order of the keys'
// values, the last key fastest; cells without people are left out of a table of
// several keys.
type Table struct {
	Keys     []string `json:"keys"`
	Cells    []Group  `json:"cells"`
	People   int64    `json:"people"`             // in the population
	Multiple bool     `json:"multiple,omitempty"` // people may be in several cells: counts do not add up to People
	Overlaps []string `json:"overlaps,omitempty"` // people whom a partition has in several cells; counted in the first

	orders [][]string
}

// ids checks that people have IDs, each once.
func ids[P any](people []P, id func(P) string) (errs []error) {
	seen := make(map[string]bool, len(people))
	for i, p := range people {
		switch s := id(p); {
		case s == "":
			errs = append(errs, fmt.Errorf("%w: person %d has no ID", ErrDefinition, i+1))
		case seen[s]:
			errs = append(errs, fmt.Errorf("%w: person %s is there twice", ErrDefinition, s))
		default:
			seen[s] = true
		}
	}
	return errs
}

// Stratify sorts people into the cells of the keys. Faults of the keys and of the
// people's IDs come in one error.
func Stratify[P any](people []P, id func(P) string, keys ...Key[P]) (*Table, error) {
	var errs []error
	if len(keys) == 0 {
		errs = append(errs, fmt.Errorf("%w: no keys", ErrDefinition))
	}
	t := &Table{People: int64(len(people))}
	for i := range keys {
		errs = append(errs, keys[i].check()...)
		if slices.Contains(t.Keys, keys[i].Name) {
			errs = append(errs, fmt.Errorf("%w: key %q twice", ErrDefinition, keys[i].Name))
		}
		t.Keys = append(t.Keys, keys[i].Name)
		t.Multiple = t.Multiple || keys[i].Overlap
	}
	if errs = append(errs, ids(people, id)...); len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	at := map[string]int{} // combination of values -> its members
	var members, combos [][]string
	seen := make([]map[string]bool, len(keys))
	for i := range seen {
		seen[i] = map[string]bool{}
	}
	// the combinations of values of one person end to end, cut at ends; both reused
	var text, nextText []byte
	var ends, nextEnds []int
	var cells []string
	for _, p := range people {
		text, ends = text[:0], append(ends[:0], 0)
		overlap := false
		for i := range keys {
			var several bool
			cells, several = keys[i].of(p, cells[:0])
			overlap = overlap || several
			nextText, nextEnds = nextText[:0], nextEnds[:0]
			from := 0
			for _, end := range ends {
				for _, v := range cells {
					seen[i][v] = true
					nextText = append(nextText, text[from:end]...)
					nextText = appendValue(nextText, v)
					nextEnds = append(nextEnds, len(nextText))
				}
				from = end
			}
			text, nextText, ends, nextEnds = nextText, text, nextEnds, ends
		}
		who, from := id(p), 0
		for _, end := range ends {
			k, ok := at[string(text[from:end])]
			if !ok {
				k = len(members)
				at[string(text[from:end])] = k
				members = append(members, nil)
				combos = append(combos, valuesIn(text[from:end]))
			}
			members[k] = append(members[k], who)
			from = end
		}
		if overlap {
			t.Overlaps = append(t.Overlaps, who)
		}
	}
	slices.Sort(t.Overlaps)
	for i := range keys {
		t.orders = append(t.orders, keys[i].order(seen[i]))
	}
	if len(keys) == 1 { // with the cells that nobody is in
		for _, v := range t.orders[0] {
			var in []string
			if k, ok := at[string(appendValue(text[:0], v))]; ok {
				in = members[k]
			}
			t.Cells = append(t.Cells, Group{Values: []string{v}, People: in})
		}
	} else {
		for k, values := range combos {
			t.Cells = append(t.Cells, Group{Values: values, People: members[k]})
		}
		t.sort()
	}
	for i := range t.Cells {
		g := &t.Cells[i]
		slices.Sort(g.People)
		g.Count = int64(len(g.People))
	}
	return t, nil
}

// appendValue adds a value to a combination, with its length ahead, so that no two
// combinations read the same, whatever the values are.
func appendValue(text []byte, v string) []byte {
	return append(binary.AppendUvarint(text, uint64(len(v))), v...)
}

func valuesIn(text []byte) (values []string) {
	for len(text) > 0 {
		n, k := binary.Uvarint(text)
		values = append(values, string(text[k:k+int(n)]))
		text = text[k+int(n):]
	}
	return values
}

// sort puts cells in the order of the keys' values, the last key fastest.
func (t *Table) sort() {
	places := make([]map[string]int, len(t.orders))
	for i, order := range t.orders {
		places[i] = make(map[string]int, len(order))
		for k, v := range order {
			places[i][v] = k
		}
	}
	slices.SortFunc(t.Cells, func(a, b Group) int {
		for i, p := range places {
			if c := p[a.Values[i]] - p[b.Values[i]]; c != 0 {
				return c
			}
		}
		return 0
	})
}

// Margin is the table of one of the keys: its cells count everybody of a value once.
func (t *Table) Margin(key string) ([]Group, bool) {
	i := slices.Index(t.Keys, key)
	if i < 0 {
		return nil, false
	}
	var out []Group
	for _, v := range t.orders[i] {
		g := Group{Values: []string{v}}
		for _, c := range t.Cells {
			if c.Values[i] == v {
				g.People = append(g.People, c.People...)
			}
		}
		slices.Sort(g.People)
		g.People = slices.Compact(g.People)
		g.Count = int64(len(g.People))
		out = append(out, g)
	}
	return out, true
}

// OneWay makes a list of the cells' counts that [Grid.Suppress] takes, the values of a
// cell joined by " / ", with the total unless people may be in several cells.
func (t *Table) OneWay() *Grid {
	g := &Grid{ColKey: strings.Join(t.Keys, " / "), Rows: []string{"all"}, Cells: [][]Count{nil}, Overlaps: slices.Clone(t.Overlaps)}
	var sum int64
	for _, c := range t.Cells {
		g.Cols = append(g.Cols, strings.Join(c.Values, " / "))
		g.Cells[0] = append(g.Cells[0], Count{N: c.Count})
		sum += c.Count
	}
	if !t.Multiple {
		g.RowTotals = []Count{{N: sum}}
	}
	return g
}

// CrossTab counts people by two keys, with totals unless a key overlaps.
func CrossTab[P any](people []P, id func(P) string, rows, cols Key[P]) (*Grid, error) {
	t, err := Stratify(people, id, rows, cols)
	if err != nil {
		return nil, err
	}
	g := &Grid{RowKey: rows.Name, ColKey: cols.Name, Rows: t.orders[0], Cols: t.orders[1], Overlaps: t.Overlaps}
	g.Cells = make([][]Count, len(g.Rows))
	for i := range g.Cells {
		g.Cells[i] = make([]Count, len(g.Cols))
	}
	for _, c := range t.Cells {
		g.Cells[slices.Index(g.Rows, c.Values[0])][slices.Index(g.Cols, c.Values[1])].N = c.Count
	}
	if !t.Multiple {
		g.addTotals()
	}
	return g, nil
}
