package ecqm_test

import (
	"testing"

	"github.com/chroniccare/chroniccare/hedis/ecqm"
	"github.com/chroniccare/chroniccare/registry/registrytest"
)

func TestLaws(t *testing.T) {
	sets := everySet()
	for _, y := range ecqm.Years() {
		e, err := ecqm.New(y, sets)
		if err != nil {
			t.Fatal(err)
		}
		for i, ind := range e.Indicators() {
			t.Run(y.String()+"/"+ind.ID, func(t *testing.T) {
				t.Log(registrytest.CheckIndicator(t, e.Subject(i)))
			})
		}
	}
}
