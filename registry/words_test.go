package registry_test

import (
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry"
)

func TestWords(t *testing.T) {
	lawtest.Words[registry.Reason](t)
}
