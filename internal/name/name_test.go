package name

import (
	"errors"
	"strings"
	"testing"
)

type colour uint8

func (c colour) String() string { return [...]string{"", "red", "blue"}[min(c, 2)] }

func TestParse(t *testing.T) {
	for want := range colour(3) {
		got := colour(9)
		if err := Parse(&got, 3, []byte(want.String())); err != nil || got != want {
			t.Error(got, err)
		}
	}
	got := colour(1)
	err := Parse(&got, 3, []byte("green"))
	if !errors.Is(err, ErrUnknown) || got != 1 || !strings.Contains(err.Error(), `"green"`) || !strings.Contains(err.Error(), "red, blue") || !strings.Contains(err.Error(), "colour") {
		t.Error(got, err)
	}
}
