package selfmanagement_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/chroniccare/chroniccare/caremodel/selfmanagement"
	"github.com/chroniccare/chroniccare/internal/lawtest"
)

func TestWords(t *testing.T) {
	lawtest.Words[selfmanagement.A](t)
	lawtest.Words[selfmanagement.Action](t)
	lawtest.Words[selfmanagement.Decision](t)
	lawtest.Words[selfmanagement.Test](t)
}

// Definitions read back what they write.
func TestReadsBack(t *testing.T) {
	rules, err := selfmanagement.Rules()
	if err != nil || len(rules) == 0 {
		t.Fatal(len(rules), err)
	}
	text, err := json.Marshal(rules)
	if err != nil {
		t.Fatal(err)
	}
	var got []selfmanagement.Rule
	if err := json.Unmarshal(text, &got); err != nil || !reflect.DeepEqual(got, rules) {
		t.Errorf("%+v, %v", got, err)
	}
}
