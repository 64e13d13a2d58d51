package tier_test

import (
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/stratify/tier"
)

func TestWords(t *testing.T) {
	lawtest.Words[tier.Kind](t)
}
