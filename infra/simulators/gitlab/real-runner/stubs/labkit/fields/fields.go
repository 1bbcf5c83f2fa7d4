// Package fields names the fields of the runner's log.
package fields

const (
	DurationS      = "duration_s"
	HTTPStatusCode = "status"
)

type deprecation struct{ Standard string }

// Deprecated names have no successors here.
var Deprecated = map[string]deprecation{}

var VariantVersion = map[string]int{}
