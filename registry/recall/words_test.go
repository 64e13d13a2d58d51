package recall_test

import (
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry/recall"
)

func TestWords(t *testing.T) {
	lawtest.Words[recall.Outcome](t)
	lawtest.Words[recall.PromptClass](t)
	lawtest.Words[recall.RemarkKind](t)
	lawtest.Words[recall.State](t)
	lawtest.Words[recall.Status](t)
	for v := range 1 << 12 {
		text, _ := recall.Remarks(v).MarshalText()
		var got recall.Remarks
		if err := got.UnmarshalText(text); err != nil || got.String() != string(text) {
			t.Fatalf("%q is read as %q, %v", text, got, err)
		}
	}
	var none recall.Remarks
	if err := none.UnmarshalText([]byte("order-placed, later")); err == nil || none != 0 {
		t.Error(none, err)
	}
}
