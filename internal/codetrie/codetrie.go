// Package codetrie matches diagnosis codes against prefixes, each of which sets
// bits of a mask: one walk down the code's characters gives all bits.
package codetrie

// System is a version of the ICD: it says which spellings of a code are sound.
type System uint8

// Systems. Codes of ICD9 have 3 to 5 characters, with the dot after the third (after
// the fourth for external causes, E...); codes of ICD10 have 3 to 7, with the dot
// after the third. A dot at the end is let pass, and so are spaces around the code.
const (
	ICD10 System = iota
	ICD9
)

// Trie is built once and then immutable.
type Trie struct {
	system System
	// kids is the block of a node's branches in next. Most nodes are the last character
	// of a code and have none: block 0, which is empty.
	kids   []int32
	next   [][36]int32
	masks  []uint64
	leaves []uint64 // bits of exact entries
}

// New returns an empty trie.
func New(s System) *Trie {
	return &Trie{system: s, kids: make([]int32, 1), next: make([][36]int32, 1), masks: make([]uint64, 1), leaves: make([]uint64, 1)}
}

// places gives each character its branch: digits and letters in either case.
var places = func() (p [256]int8) {
	for i := range p {
		p[i] = -1
	}
	for i := range 10 {
		p['0'+i] = int8(i)
	}
	for i := range 26 {
		p['A'+i], p['a'+i] = int8(10+i), int8(10+i)
	}
	return p
}()

// Add makes every code that starts with the prefix carry the bits. A prefix that
// is empty or holds other characters than letters, digits and dots is not added,
// and Add says so.
func (t *Trie) Add(prefix string, bits uint64) bool {
	n, ok := t.node(prefix)
	if ok {
		t.masks[n] |= bits
	}
	return ok
}

// AddExact makes the code itself, and no longer one, carry the bits.
func (t *Trie) AddExact(code string, bits uint64) bool {
	n, ok := t.node(code)
	if ok {
		t.leaves[n] |= bits
	}
	return ok
}

func (t *Trie) node(s string) (n int32, ok bool) {
	for i := range len(s) {
		if s[i] == '.' {
			continue
		}
		k := places[s[i]]
		if k < 0 {
			return 0, false
		}
		ok = true
		if t.kids[n] == 0 {
			t.kids[n] = int32(len(t.next))
			t.next = append(t.next, [36]int32{})
		}
		branch := &t.next[t.kids[n]][k]
		if *branch == 0 {
			*branch = int32(len(t.masks))
			t.kids = append(t.kids, 0)
			t.masks = append(t.masks, 0)
			t.leaves = append(t.leaves, 0)
		}
		n = *branch
	}
	return n, ok
}

// Match gives the bits of all prefixes of the code and of the exact entry; ok is
// false for a code that the system cannot have.
func (t *Trie) Match(code string) (bits uint64, ok bool) {
	i, end := 0, len(code)
	for i < end && code[i] == ' ' {
		i++
	}
	for end > i && code[end-1] == ' ' {
		end--
	}
	dotAt, most := 3, 7
	if t.system == ICD9 {
		most = 5
		if i < end && (code[i] == 'E' || code[i] == 'e') {
			dotAt = 4
		}
	}
	n, chars, dots := int32(0), 0, 0
	for ; i < end; i++ {
		if code[i] == '.' {
			if dots++; dots > 1 || chars != dotAt && i != end-1 {
				return 0, false
			}
			continue
		}
		k := places[code[i]]
		if k < 0 {
			return 0, false
		}
		chars++
		if n < 0 {
			continue
		}
		if n = t.next[t.kids[n]][k]; n == 0 {
			n = -1 // no prefix goes on; the rest must still be well formed
		} else {
			bits |= t.masks[n]
		}
	}
	if chars < 3 || chars > most {
		return 0, false
	}
	if n > 0 {
		bits |= t.leaves[n]
	}
	return bits, true
}
