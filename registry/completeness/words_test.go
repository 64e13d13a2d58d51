package completeness_test

import (
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry/completeness"
)

func TestWords(t *testing.T) {
	lawtest.Words[completeness.Code](t)
	lawtest.Words[completeness.ItemState](t)
	lawtest.Words[completeness.TaskKind](t)
}
