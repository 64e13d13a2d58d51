package review_test

import (
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry/review"
)

func TestWords(t *testing.T) {
	lawtest.Words[review.Element](t)
	lawtest.Words[review.State](t)
	lawtest.Words[review.Trend](t)
}
