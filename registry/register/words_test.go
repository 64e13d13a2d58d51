package register_test

import (
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry/register"
)

func TestWords(t *testing.T) {
	lawtest.Words[register.Band](t)
	lawtest.Words[register.Confidence](t)
	lawtest.Words[register.Conflict](t)
	lawtest.Words[register.DiabetesType](t)
	lawtest.Words[register.Reason](t)
	lawtest.Words[register.Side](t)
}
