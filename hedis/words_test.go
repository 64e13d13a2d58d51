package hedis_test

import (
	"testing"

	"github.com/chroniccare/chroniccare/hedis"
	"github.com/chroniccare/chroniccare/internal/lawtest"
)

func TestWords(t *testing.T) {
	lawtest.Words[hedis.GapStatus](t)
	lawtest.Words[hedis.RateState](t)
}
