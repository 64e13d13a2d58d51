package lawtest

import (
	"testing"

	"pgregory.net/rapid"
)

func TestCheckSeesAllLaw(t *testing.T) {
	seen := Seen{}
	Check(t, seen, func(t *rapid.T) {
		if rapid.IntRange(0, 500).Draw(t, "n") == 77 {
			seen["rare"]++
		}
		seen["any"]++
	}, "any", "rare")
	if seen["any"] == 0 || seen["rare"] == 0 {
		t.Error(seen)
	}
}

func TestMissing(t *testing.T) {
	if s := (Seen{"a": 1}); s.missing([]string{"a"}) != "" || s.missing([]string{"a", "b"}) != "b" || s.missing(nil) != "" {
		t.Error(s)
	}
}
