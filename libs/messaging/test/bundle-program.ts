import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Inside the workspace, so that what is not bundled is found. */
const folder = fileURLToPath(new URL('../../../node_modules/.cache/cleanroom', import.meta.url));

/**
 * Makes a program of a module of `test/faults`, to be run as a process of its own.
 *
 * @returns its file, which whoever asked removes
 */
export async function bundleProgram(name: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const program = `${folder}/${name}-${process.pid}.mjs`;
  await build({
    entryPoints: [fileURLToPath(new URL(`faults/${name}.ts`, import.meta.url))],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['cleanroom-source'],
    external: ['typeorm', 'pg', 'kafkajs', '@opentelemetry/*', '@bufbuild/*'],
  });
  return program;
}
