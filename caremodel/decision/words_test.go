package decision_test

import (
	"testing"

	"github.com/chroniccare/chroniccare/caremodel/decision"
	"github.com/chroniccare/chroniccare/internal/lawtest"
)

func TestWords(t *testing.T) {
	lawtest.Words[decision.Action](t)
	lawtest.Words[decision.Strength](t)
}
