package caremodel

import "errors"

// Errors at the edge. Each is wrapped with what is wrong and where; every fault of an
// input comes at once.
var (
	ErrDefinition = errors.New("caremodel: definition") // a programme, rule, instrument or plan that cannot work
	ErrAnswer     = errors.New("caremodel: answer")     // an answer or figure outside its range
	ErrTransition = errors.New("caremodel: transition") // a step that a state does not allow
	ErrPolicy     = errors.New("caremodel: policy")     // a limit or parameter that makes no sense
)
