// Package steps takes the place of the runner's own: there is no step runner in this build.
package steps

const SubCommandName = "steps"
