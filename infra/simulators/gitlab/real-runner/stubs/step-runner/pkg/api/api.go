// Package api names a socket that nobody listens on.
package api

func DefaultSocketPath() string { return "/nonexistent" }
