// Package ast has the shapes of expressions that are never made.
package ast

type Expr interface{ Walk(Visitor) (Expr, error) }

type Visitor interface {
	Enter(Expr) (Visitor, error)
	Exit(Expr) (Expr, error)
}

type Template struct{}

func (t *Template) Walk(Visitor) (Expr, error) { return t, nil }
