import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describeUnless } from '@cleanroom/testing';
import { workspaceRoot } from '../src/config.js';

const run = promisify(execFile);
const MOST_OUTPUT = 32 * 1024 * 1024;

const tool = (path: string): string => join(workspaceRoot, '.cleanroom/tools', path);
const files = {
  /** The loader of `docker compose`, as a program. */
  compose: tool('compose'),
  kustomize: tool('kustomize'),
  kubernetesValidate: tool('kubernetes-validate'),
  /** The parts of OpenTelemetry's collector that infra/otel/collector.yaml uses. */
  collector: tool('collector/collector'),
  prometheus: tool('prometheus/usr/bin/prometheus'),
  promtool: tool('prometheus/usr/bin/promtool'),
};

/** How to get those of them that are not there; undefined where all are. */
export const whyNoTools = (...names: readonly (keyof typeof files)[]): string | undefined =>
  names.every((name) => existsSync(files[name]))
    ? undefined
    : 'Run infra/local/bin/fetch-deployment-tools.sh';

/** `describe` for specs that need one of them, see {@link describeUnless}. */
export const describeWithTool = (name: keyof typeof files, title: string, specs: () => void): void =>
  describeUnless(whyNoTools(name), title, specs);

/** Runs one and tells what it printed. @throws Error with what it complained of */
export async function runTool(
  name: Exclude<keyof typeof files, 'kubernetesValidate'>,
  args: readonly string[],
  cwd = workspaceRoot,
): Promise<string> {
  const { stdout } = await run(files[name], args, { cwd, maxBuffer: MOST_OUTPUT });
  return stdout;
}

/** Where a program is, for those that run until they are stopped. */
export const toolFile = (name: keyof typeof files): string => files[name];

/** Checks documents against the schemas of Kubernetes, with nothing that they do not know. @throws Error with what is wrong */
export async function validateForKubernetes(file: string): Promise<string> {
  const env = { PATH: process.env.PATH, PYTHONPATH: files.kubernetesValidate };
  const { stdout, stderr } = await run(
    'python3',
    [join(files.kubernetesValidate, 'bin/kubernetes-validate'), '--strict', file],
    { env, maxBuffer: MOST_OUTPUT },
  );
  return stdout + stderr;
}
