package feedback_test

import (
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry/feedback"
)

func TestWords(t *testing.T) {
	lawtest.Words[feedback.Direction](t)
	lawtest.Words[feedback.Flag](t)
}
