// Package moa stands in for GitLab's expression language, of which a job without inputs has none.
package moa

import (
	"errors"

	"gitlab.com/gitlab-org/moa/ast"
)

// ParseTemplate refuses: the simulator's jobs have no inputs to interpolate.
func ParseTemplate(string) (ast.Expr, error) { return nil, errors.New("no expressions in this build") }

// EscapeTemplate leaves the text as it is.
func EscapeTemplate(text string) string { return text }
