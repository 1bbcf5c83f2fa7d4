import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * Runs all `.int.spec.ts` of a folder as one, each in a block of its own: loading what they test takes longer than many
 * of them, and so it is loaded once. They share its modules then, and with them what a module remembers.
 *
 * @param url address of the file that asks, `import.meta.url`: the specs lie beside it
 */
export function runSpecsBeside(url: string): void {
  const load = createRequire(url);
  const specs = readdirSync(new URL('.', url)).filter((name) => name.endsWith('.int.spec.ts'));
  // Not by import: that is awaited, and a block takes no promise.
  for (const spec of specs.sort())
    describe(spec, () => {
      load(`./${spec}`);
    });
}
