import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOwnPlaces } from '../src/events/config.js';

const BUS = 'kafka://kafka:9092';
const DATABASE = 'postgres://billing_worker:x@db/money';

describe("the operator's command in the image of a service", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'cleanroom-secrets-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), `${text}\n`);
    return join(folder, name);
  };
  const places = { busUrl: BUS, databases: { billing: DATABASE } };

  it('reads its secrets as the service does: from a file that is named, from the folder, or from the environment', () => {
    const database = file('worker-url', DATABASE);
    file('CLEANROOM_BUS_URL', BUS);
    const wrong = { CLEANROOM_BUS_URL: 'x', CLEANROOM_DATABASE_WORKER_URL: 'x' };
    const files = { CLEANROOM_SECRETS_FOLDER: folder, CLEANROOM_DATABASE_WORKER_URL_FILE: database };
    expect(readOwnPlaces('billing', { ...wrong, ...files })).toEqual(places);
    const plain = { CLEANROOM_BUS_URL: BUS, CLEANROOM_DATABASE_WORKER_URL: DATABASE };
    expect(readOwnPlaces('billing', { ...plain, CLEANROOM_SECRETS_FOLDER: '' })).toEqual(places);
  });

  it('says what is missing', () => {
    expect(() => readOwnPlaces('billing', { CLEANROOM_BUS_URL: BUS })).toThrow(
      'CLEANROOM_DATABASE_WORKER_URL',
    );
  });
});
