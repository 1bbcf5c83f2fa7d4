// Lays out what the image of a service holds: its bundled programs, the files that they read, and the few packages that
// are left outside of a bundle. Run after the build: `image-folder.mjs <service> <folder>`.
import { cpSync, globSync, mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const [service = '', target = ''] = process.argv.slice(2);
const from = join(root, 'services', service);

/** Programs, and what they look for beside themselves. */
const FILES = ['dist/*.mjs', 'dist/adapters/**/*.graphql', 'dist/console/**/*.*', 'supergraph.graphql'];
/** What bundle-service.mjs leaves outside, or cannot see because it is named while it runs. */
const OUTSIDE = ['@cleanroom/machine', '@graphql-hive/router-query-planner', 'thread-stream'];

if (!target || globSync('dist/service.mjs', { cwd: from }).length === 0) {
  process.stderr.write('image-folder.mjs <service> <folder>: takes a service that is built\n');
  process.exit(1);
}
for (const file of globSync(FILES, { cwd: from })) copy(join(from, file), join(target, file));
const programs = globSync('dist/*.mjs', { cwd: from }).map((file) => readFileSync(join(from, file), 'utf8'));
for (const name of OUTSIDE) if (programs.some((text) => text.includes(`"${name}"`))) copyPackage(name);

/** With what it needs itself; of our own packages what was built, and not their sources and tests. */
function copyPackage(name) {
  const folder = realpathSync(join(root, 'node_modules', name));
  const leftOut = name.startsWith('@cleanroom/')
    ? /^(src|test|node_modules)(\/|$)|\.map$/
    : /^node_modules(\/|$)|\.(map|ts)$/;
  const filter = (path) => !leftOut.test(path.slice(folder.length + 1));
  cpSync(folder, join(target, 'node_modules', name), { recursive: true, filter });
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  for (const dependency of Object.keys(dependencies)) copyPackage(dependency);
}

function copy(file, to) {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(file, to);
}
