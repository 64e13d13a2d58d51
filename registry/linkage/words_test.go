package linkage_test

import (
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry/linkage"
)

func TestWords(t *testing.T) {
	lawtest.Words[linkage.Field](t)
	lawtest.Words[linkage.Origin](t)
}
