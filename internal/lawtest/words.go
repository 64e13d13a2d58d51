package lawtest

import (
	"encoding"
	"errors"
	"fmt"
	"testing"

	"github.com/chroniccare/chroniccare/internal/name"
)

type word interface {
	~uint8
	fmt.Stringer
	encoding.TextMarshaler
}

// Words checks that every value of an enumeration reads back what it writes, and that other
// words are refused.
func Words[T word, P interface {
	*T
	encoding.TextUnmarshaler
}](t *testing.T) {
	t.Helper()
	known := 0
	for v := range 256 {
		text, err := T(v).MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		var got T
		switch err := P(&got).UnmarshalText(text); {
		case err == nil && got.String() != string(text), err != nil && !errors.Is(err, name.ErrUnknown):
			t.Errorf("%T %d: %q is read as %q, %v", got, v, text, got, err)
		case err == nil && got == T(v):
			known++
		}
	}
	var x T
	if err := P(&x).UnmarshalText([]byte("no such word")); known < 2 || !errors.Is(err, name.ErrUnknown) {
		t.Errorf("%T: %d words, %v", x, known, err)
	}
}
