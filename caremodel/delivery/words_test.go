package delivery_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/chroniccare/chroniccare/caremodel/delivery"
	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/stratify/tier"
)

func TestWords(t *testing.T) {
	lawtest.Words[delivery.Acuity](t)
}

// Definitions read back what they write.
func TestReadsBack(t *testing.T) {
	p := delivery.WardPerson{Person: tier.Person{ID: "p", Score: 0.5, Status: tier.Away}, Admitted: day(3, 1), Acuity: delivery.Monthly, GoalsMet: true, GP: "g"}
	text, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var got delivery.WardPerson
	if err := json.Unmarshal(text, &got); err != nil || !reflect.DeepEqual(got, p) {
		t.Errorf("%s: %+v, %v", text, got, err)
	}
}
