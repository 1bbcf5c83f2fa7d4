import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Sequencer from '@jest/test-sequencer';

/** What takes long however small its file is: a clean clone knows no durations from earlier runs to sort by. */
const LONG = [
  'crash.e2e.spec.ts',
  'kafka-crash.e2e.spec.ts',
  'together.int.ts',
  'kafka-faults.int.spec.ts',
  'api.e2e.spec.ts',
  'life.e2e.spec.ts',
];

const rankOf = ({ path }) => (LONG.indexOf(basename(path)) + LONG.length + 1) % (LONG.length + 1);
const bytesBeside = ({ path }) =>
  readdirSync(dirname(path)).reduce((sum, name) => sum + statSync(join(dirname(path), name)).size, 0);
const isTogether = ({ path }) => basename(path) === 'together.int.ts';

/** Begins with the tests that take longest, and so ends on all cores at about the same time. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = [...super.sort(tests)];
    const isBoth = (one, other) => isTogether(one) && isTogether(other);
    return sorted.sort(
      (one, other) =>
        rankOf(one) - rankOf(other) || (isBoth(one, other) ? bytesBeside(other) - bytesBeside(one) : 0),
    );
  }
}
