// Package lawtest checks properties that would pass without looking: a law counts the states
// that it came to, and fails when one that it must see never came up.
package lawtest

import (
	"testing"

	"pgregory.net/rapid"
)

// Seen counts what a property saw, by name.
type Seen map[string]int

// missing is a name that was never seen, "" when all were.
func (s Seen) missing(must []string) string {
	for _, n := range must {
		if s[n] == 0 {
			return n
		}
	}
	return ""
}

// Check checks a property until it has seen all that it must, in at most 100 rounds.
func Check(t *testing.T, seen Seen, property func(*rapid.T), must ...string) {
	t.Helper()
	for range 100 {
		rapid.Check(t, property)
		if t.Failed() || seen.missing(must) == "" {
			return
		}
	}
	t.Errorf("vacuous: never reached %q", seen.missing(must))
}
