package codetrie

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestMatchLaw(t *testing.T) {
	code := rapid.StringMatching(`[A-C][0-3]{0,3}`)
	rapid.Check(t, func(t *rapid.T) {
		trie := New()
		var prefixes []string
		for i, p := range rapid.SliceOfN(code, 1, 20).Draw(t, "prefixes") {
			prefixes = append(prefixes, p)
			if !trie.Add(p, 1<<i) {
				t.Fatal("not added")
			}
		}
		c := code.Draw(t, "code")
		var want uint64
		for i, p := range prefixes {
			if strings.HasPrefix(c, p) {
				want |= 1 << i
			}
		}
		for _, spelt := range []string{c, strings.ToLower(c), c[:1] + "." + c[1:]} {
			if got, ok := trie.Match(spelt); got != want || !ok {
				t.Fatalf("%s: %b, want %b", spelt, got, want)
			}
		}
	})
	trie := New()
	trie.Add("A", 1)
	for _, bad := range []string{"", ".", "A 1", "A-1", "Ä1"} {
		if got, ok := trie.Match(bad); ok || bad != "" && got != 0 && bad != "." {
			t.Errorf("%q: %b %v", bad, got, ok)
		}
	}
	if trie.Add("A*", 2) || trie.Add("", 2) {
		t.Error("a faulty prefix was added")
	}
}
