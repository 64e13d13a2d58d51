// Package name reads the words of enumerations back.
package name

import (
	"errors"
	"fmt"
	"strings"
)

// ErrUnknown is wrapped by every error about a word that an enumeration does not have.
var ErrUnknown = errors.New("unknown word")

// Parse sets x to the value, of the first n, whose word the text is. The error names the type and its words.
func Parse[T interface {
	~uint8
	String() string
}](x *T, n int, text []byte) error {
	words := make([]string, n)
	for i := range n {
		if words[i] = T(i).String(); words[i] == string(text) {
			*x = T(i)
			return nil
		}
	}
	return fmt.Errorf("%w: %.40q is no %T, which is one of %q", ErrUnknown, text, *x, strings.Join(words, ", "))
}
