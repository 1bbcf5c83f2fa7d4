// Bundles a built service into one file, dist/service.mjs: reading some 1,300 small modules takes longer than all else
// that a service does at its start. So it is with the program that makes an organisation, where a service has one:
// dist/organization.mjs; with the one that migrates its database: dist/migrate.mjs; and, where it has a database, with the
// operator's command for events: dist/events.mjs. Run in the service's folder;
// `--without-names` for one whose packages name nothing after functions.
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { build } from 'esbuild';

const programs = [
  { in: 'dist/main.js', out: 'service' },
  { in: 'dist/organization.js', out: 'organization' },
  { in: 'dist/migrate.js', out: 'migrate' },
].filter((program) => existsSync(program.in));
if (existsSync('dist/migrate.js'))
  programs.push({ in: '../../infra/local/src/events/in-image.ts', out: 'events' });

/** Read files of their own beside them, or start threads from a path. */
const leftOutside = ['@cleanroom/machine', 'thread-stream'];

/** A package that is not installed is somebody's optional one: its import stays, to fail where it is asked for. */
const leaveOptionalPackages = {
  name: 'leave-optional-packages',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === 'asked') return undefined;
      const { errors } = await resolve(path, { ...from, pluginData: 'asked' });
      return errors.length > 0 ? { path, external: true } : undefined;
    });
  },
};

await build({
  entryPoints: programs,
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  // A service is called as its folder is.
  define: { SERVICE: JSON.stringify(basename(process.cwd())) },
  // Nest and TypeORM name things after classes. Else it is only a cost: each closure that is made gets its name set.
  keepNames: !process.argv.includes('--without-names'),
  external: [...leftOutside, '*.node'],
  plugins: [leaveOptionalPackages],
  logLevel: 'error',
  // What CommonJS modules expect around them.
  banner: {
    js: `import { createRequire as requireFrom } from 'node:module';
const require = requireFrom(import.meta.url);
const __filename = import.meta.filename;
const __dirname = import.meta.dirname;`,
  },
});
