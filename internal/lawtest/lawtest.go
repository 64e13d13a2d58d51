// Package lawtest checks properties that would pass without looking: a law says what it must
// have seen, is checked until it has, and fails when that never comes up.
package lawtest

import (
	"testing"

	"pgregory.net/rapid"
)

// Seen counts what a property saw, by name.
type Seen map[string]int

// missing is one that was never seen, or false.
func missing[K comparable](seen map[K]int, must []K) (K, bool) {
	for _, n := range must {
		if seen[n] == 0 {
			return n, true
		}
	}
	var none K
	return none, false
}

// rounds bounds how often a property is checked, each time as often as the flags say.
const rounds = 100

// Check checks a property until it has seen all that it must.
func Check[K comparable](t *testing.T, seen map[K]int, property func(*rapid.T), must ...K) {
	t.Helper()
	if !until(t, property, func() bool { _, m := missing(seen, must); return !m }) {
		n, _ := missing(seen, must)
		t.Errorf("vacuous: never reached %v of %v", n, seen)
	}
}

// Until checks a property until what it counts is enough.
func Until(t *testing.T, property func(*rapid.T), enough func() bool) {
	t.Helper()
	if !until(t, property, enough) {
		t.Error("vacuous: the law never saw all that it must")
	}
}

// until is true too for a failed property, which has said so.
func until(t *testing.T, property func(*rapid.T), enough func() bool) bool {
	t.Helper()
	for range rounds {
		rapid.Check(t, property)
		if t.Failed() || enough() {
			return true
		}
	}
	return false
}
