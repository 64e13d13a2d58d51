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

func TestUntilLaw(t *testing.T) {
	n := 0
	Until(t, func(t *rapid.T) {
		if rapid.IntRange(0, 500).Draw(t, "n") == 77 {
			n++
		}
	}, func() bool { return n >= 3 })
	if n < 3 {
		t.Error(n)
	}
	if until(t, func(*rapid.T) {}, func() bool { return false }) {
		t.Error("what is never seen passes")
	}
}

func TestMissing(t *testing.T) {
	for _, c := range []struct {
		must []string
		want string
	}{{[]string{"a"}, ""}, {[]string{"a", "b"}, "b"}, {nil, ""}} {
		if got, is := missing(Seen{"a": 1}, c.must); got != c.want || is != (c.want != "") {
			t.Error(c.must, got, is)
		}
	}
}
