// Package runner has the shapes of functions that steps would call.
package runner

import (
	"context"
	"io"
	"time"

	"google.golang.org/protobuf/types/known/structpb"
)

type BuiltinContext interface {
	GetEnvs() map[string]string
	GetEnvList() []string
	GetJobVars() map[string]*structpb.Value
	WorkDir() string
	GracefulExitDelay() time.Duration
	Pipe() (io.Writer, io.Writer)
	ListenCancel(context.Context) (context.Context, context.CancelFunc)
}
