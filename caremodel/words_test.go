package caremodel_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/internal/lawtest"
)

func TestWords(t *testing.T) {
	lawtest.Words[caremodel.Link](t)
	lawtest.Words[caremodel.TotalRule](t)
}

// Definitions read back what they write.
func TestReadsBack(t *testing.T) {
	for _, x := range []caremodel.Instrument{caremodel.ACIC(), caremodel.PACIC()} {
		text, err := json.Marshal(x)
		var got caremodel.Instrument
		if err := json.Unmarshal(text, &got); err != nil || !reflect.DeepEqual(got, x) {
			t.Errorf("%+v, %v", got, err)
		}
		if err != nil {
			t.Error(err)
		}
	}
}
