#!/usr/bin/env bash
# Builds the real gitlab-runner, with its shell executor, into .cleanroom/tools: the tests hold the simulated GitLab
# against it. Its sources come as a Go module and stay as they are, but for what ../real-runner/README.md names. Needs Go;
# builds nothing twice that is made of the same.
set -euo pipefail
cd "$(dirname "$0")/../../../.."

version=v1.11.1-0.20260903214710-fc1f1862bd91
ours=$PWD/infra/simulators/gitlab/real-runner
tools=$PWD/.cleanroom/tools
source=$tools/gitlab-runner.source
export GOFLAGS='-mod=mod -buildvcs=false'

# What it is made of; the version is in this file.
stamp=$(find infra/simulators/gitlab/bin/build-real-runner.sh infra/simulators/gitlab/real-runner -type f ! -name README.md -print0 |
  LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16)
if [ -x "$tools/gitlab-runner" ] && [ "$(cat "$tools/gitlab-runner.stamp" 2>/dev/null)" = "$stamp" ]; then exit; fi
mkdir -p "$tools"
# An outdated one must not be tested against, where the new one cannot be built.
rm -rf "$source" "$tools/gitlab-runner"
cd "$tools"
module=$(go mod download -json "gitlab.com/gitlab-org/gitlab-runner@$version" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
# The modules of Go are read-only; a copy like that could not be removed when it is interrupted.
cp -r --no-preserve=mode "$module" "$source"

cd "$source"
cp "$ours/main.go" main.go
cp "$ours/steps.go" commands/steps/steps.go
cp "$ours/localserver.go" steps/localserver/localserver.go
rm -r commands/wrapper.go helpers/runner_wrapper functions/concrete/concrete.go functions/script_legacy
wrapper=gitlab.com/gitlab-org/gitlab-runner/helpers/runner_wrapper/api
go mod edit -dropreplace "$wrapper" -droprequire "$wrapper" \
  -replace "gitlab.com/gitlab-org/moa=$ours/stubs/moa" \
  -replace "gitlab.com/gitlab-org/step-runner=$ours/stubs/step-runner" \
  -replace "gitlab.com/gitlab-org/labkit/v2=$ours/stubs/labkit"
go build -ldflags '-s -w' -o "$tools/gitlab-runner.part" . >"$tools/gitlab-runner.log" 2>&1 ||
  { cat "$tools/gitlab-runner.log" && exit 1; }
mv "$tools/gitlab-runner.part" "$tools/gitlab-runner"
echo "$stamp" >"$tools/gitlab-runner.stamp"
rm -rf "$source"
