// Package codetrie matches codes against prefixes, each of which sets bits of a
// mask: one walk down the code's characters gives all bits. Only the digits and
// the letters, in either case, are characters; dots are skipped, and anything
// else ends in no match.
package codetrie

// Trie is built once and then immutable.
type Trie struct {
	next  [][36]int32
	masks []uint64
}

// New returns an empty trie.
func New() *Trie { return &Trie{next: make([][36]int32, 1), masks: make([]uint64, 1)} }

func index(b byte) int {
	switch {
	case b >= '0' && b <= '9':
		return int(b - '0')
	case b >= 'A' && b <= 'Z':
		return int(b-'A') + 10
	case b >= 'a' && b <= 'z':
		return int(b-'a') + 10
	}
	return -1
}

// Add makes every code that starts with the prefix carry the bits. A prefix that
// is empty or holds other characters is not added, and Add says so.
func (t *Trie) Add(prefix string, bits uint64) bool {
	n := int32(0)
	any := false
	for i := range len(prefix) {
		if prefix[i] == '.' {
			continue
		}
		k := index(prefix[i])
		if k < 0 {
			return false
		}
		any = true
		if t.next[n][k] == 0 {
			t.next[n][k] = int32(len(t.next))
			t.next = append(t.next, [36]int32{})
			t.masks = append(t.masks, 0)
		}
		n = t.next[n][k]
	}
	if any {
		t.masks[n] |= bits
	}
	return any
}

// Match gives the bits of all prefixes of the code; ok is false for a code that
// is empty or holds other characters.
func (t *Trie) Match(code string) (bits uint64, ok bool) {
	n := int32(0)
	for i := 0; i < len(code); i++ {
		if code[i] == '.' {
			continue
		}
		k := index(code[i])
		if k < 0 {
			return 0, false
		}
		ok = true
		if n >= 0 {
			if n = t.next[n][k]; n == 0 {
				n = -1 // no prefix goes on; the rest must still be well formed
			} else {
				bits |= t.masks[n]
			}
		}
	}
	return bits, ok
}
