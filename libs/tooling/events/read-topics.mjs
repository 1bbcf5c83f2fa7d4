import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * The map of topics as the services see it, read from its source.
 *
 * @returns {Promise<Record<string, { name: string, key: string, producer: string, consumers: string[], schema: { typeName: string } }>>}
 */
export async function readTopics() {
  const source = fileURLToPath(new URL('../../contracts/src/topics.ts', import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [source],
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  const { topics } = await import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`
  );
  return topics;
}
