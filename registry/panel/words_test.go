package panel_test

import (
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry/panel"
)

func TestWords(t *testing.T) {
	lawtest.Words[panel.Method](t)
	lawtest.Words[panel.MoveKind](t)
	lawtest.Words[panel.Reason](t)
	lawtest.Words[panel.TieStep](t)
}
