package codetrie

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestMatchLaw(t *testing.T) {
	code := rapid.StringMatching(`[A-C][0-3]{2,4}`)
	rapid.Check(t, func(t *rapid.T) {
		trie := New(ICD10)
		var prefixes []string
		for i, p := range rapid.SliceOfN(rapid.StringMatching(`[A-C][0-3]{0,3}`), 1, 20).Draw(t, "prefixes") {
			prefixes = append(prefixes, p)
			add := trie.Add
			if i%2 == 1 {
				add = trie.AddExact
			}
			if !add(p, 1<<i) {
				t.Fatal("not added")
			}
		}
		c := code.Draw(t, "code")
		var want uint64
		for i, p := range prefixes {
			if i%2 == 0 && strings.HasPrefix(c, p) || c == p {
				want |= 1 << i
			}
		}
		for _, spelt := range []string{c, strings.ToLower(c), c[:3] + "." + c[3:], " " + c + " ", c + "."} {
			if got, ok := trie.Match(spelt); got != want || !ok {
				t.Fatalf("%s: %b, want %b", spelt, got, want)
			}
		}
	})
}

func TestSpelling(t *testing.T) {
	ten, nine := New(ICD10), New(ICD9)
	for _, p := range []string{"A", "K70", "E812", "2500"} {
		if !ten.Add(p, 1) || !nine.Add(p, 1) {
			t.Fatal(p)
		}
	}
	for _, bad := range []string{"", ".", "   ", "A 1", "A-1", "Ä12", "K7.04", "K70.0.", "K7", "K7012345", "K70..0", "NA"} {
		if got, ok := ten.Match(bad); ok || got != 0 {
			t.Errorf("%q: %b %v", bad, got, ok)
		}
	}
	for _, bad := range []string{"2.50", "250000", "E81.21"} {
		if _, ok := nine.Match(bad); ok {
			t.Errorf("%q matches", bad)
		}
	}
	for _, good := range []string{"250.00", "E812.1", "25000", "250."} {
		if _, ok := nine.Match(good); !ok {
			t.Errorf("%q does not match", good)
		}
	}
	if ten.Add("A*", 2) || ten.Add("", 2) || ten.AddExact("-", 2) {
		t.Error("a faulty prefix was added")
	}
}
