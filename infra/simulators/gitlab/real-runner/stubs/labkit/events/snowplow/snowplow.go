// Package snowplow stands in for GitLab's usage events, which nobody collects here.
package snowplow

import (
	"errors"

	"github.com/prometheus/client_golang/prometheus"
	"gitlab.com/gitlab-org/labkit/v2/events/snowplow/metrics"
	"gitlab.com/gitlab-org/labkit/v2/events/snowplow/oidc"
)

var ErrEmitterStopped = errors.New("stopped")

type (
	Emitter       struct{}
	Tracker       struct{}
	EmitterOption func(*Emitter)
	SendCallback  func(successes, failures []SendResult)
)

type SendResult struct {
	EventCount, StatusCode int
	Err                    error
}

type BillingEventRequiredInput struct {
	Category, EventType, Realm, UnitOfMeasure string
	Quantity                                  float64
}

type BillingEventOptionalInput struct {
	Subject, DeploymentType, InstanceID, UniqueInstanceID   string
	ProjectID, NamespaceID, RootNamespaceID, OrganizationID int64
	Metadata                                                map[string]any
}

func nothing(*Emitter) {}

func WithCallback(SendCallback) EmitterOption                              { return nothing }
func WithTokenSource(*oidc.Source) EmitterOption                           { return nothing }
func WithMetricsCollectorOptions(...metrics.CollectorOption) EmitterOption { return nothing }

func NewEmitter(string, ...EmitterOption) (*Emitter, error) {
	return nil, errors.New("no usage events in this build")
}
func NewTracker(string, *Emitter) (*Tracker, error) { return &Tracker{}, nil }

func (*Emitter) Collector() prometheus.Collector { return nil }
func (*Tracker) Stop()                           {}
func (*Tracker) TrackBillingEventWithOptionalInput(BillingEventRequiredInput, BillingEventOptionalInput) error {
	return nil
}
