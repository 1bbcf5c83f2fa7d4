import { existsSync, readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

/** Kept beside the repository, because it is Hetzner's and large. */
const FILE = new URL('../../../../../shared/reference/hetzner-openapi.json', import.meta.url);

interface Description {
  info: { description: string };
  paths: Record<
    string,
    Record<
      string,
      { operationId?: string; description?: string; responses: Record<string, { content?: object }> }
    >
  >;
}

/** Hetzner's own description of its API, as a judge of answers. */
export interface OfficialDescription {
  /**
   * What is wrong with a body; empty where nothing is. Status classes such as `4XX` stand for their statuses, but an
   * error's code has to come with the status that the tables of errors give it.
   */
  faults(method: string, path: string, status: number, body: unknown): string[];
  /** Name of an operation; undefined where there is none. */
  operationId(method: string, path: string): string | undefined;
}

/** Undefined where the file is not there. */
export function officialDescription(): OfficialDescription | undefined {
  if (!existsSync(FILE)) return undefined;
  return (read ??= readDescription());
}

let read: OfficialDescription | undefined;

function readDescription(): OfficialDescription {
  const description = JSON.parse(readFileSync(FILE, 'utf8')) as Description;
  Object.assign(description.paths, unpruned(description.paths));
  const ajv = new Ajv2020.default({ strict: false, allErrors: true, validateSchema: false });
  addFormats.default(ajv);
  ajv.addFormat('decimal', /^-?\d+(\.\d+)?$/);
  ajv.addSchema(description, 'hetzner');
  const texts = Object.values(description.paths).flatMap((path) => Object.values(path));
  // A code of another operation is better than none, where this one has no table.
  const elsewhere = errorTable(texts.map((text) => text.description ?? '').join('\n'));
  const general = { ...elsewhere, ...errorTable(description.info.description) };
  const operation = (method: string, path: string): Description['paths'][string][string] | undefined =>
    description.paths[path]?.[method.toLowerCase()];
  return {
    operationId: (method, path) => operation(method, path)?.operationId,
    faults: (method, path, status, body) => {
      const responses = operation(method, path)?.responses ?? {};
      const key = [String(status), `${Math.floor(status / 100)}XX`].find((each) => responses[each]);
      if (key === undefined) return [`${method} ${path} has no answer ${status}`];
      if (!responses[key]?.content) return body === undefined ? [] : ['a body where none is described'];
      const validate = judge(ajv, ['paths', path, method.toLowerCase(), 'responses', key]);
      if (!validate(body))
        return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
      if (status < 400) return [];
      const { code } = (body as { error: { code: string } }).error;
      const known = errorTable(operation(method, path)?.description ?? '')[code] ?? general[code];
      if (known === undefined) return UNDESCRIBED.has(code) ? [] : [`the code ${code} is nowhere described`];
      return known.includes(status) ? [] : [`${code} comes with ${known.join(' or ')}`];
    },
  };
}

/**
 * The copy leaves out what a control plane has no need of. Volumes are listed and read as placement groups are; that
 * there are none is all that the simulator tells of them.
 */
const unpruned = (paths: Description['paths']): Description['paths'] =>
  Object.fromEntries(
    Object.entries(paths)
      .filter(([path]) => path.startsWith('/placement_groups'))
      .map((entry) => JSON.parse(JSON.stringify(entry).replaceAll('placement_group', 'volume'))),
  );

/** What the description does not name, although a refusal must have some code. */
const UNDESCRIBED = new Set(['primary_ip_not_assigned']);

/** Rows such as `| `404` | `not_found` | … |`: code to the statuses that it comes with. */
function errorTable(text: string): Record<string, number[]> {
  const table: Record<string, number[]> = {};
  for (const [, status, code = ''] of text.matchAll(/^\| *`(\d{3})` *\| *`(\w+)`/gm))
    (table[code] ??= []).push(Number(status));
  return table;
}

/** Compiling takes a while, so one description serves all simulators of a process. */
const judges = new Map<string, ValidateFunction>();

function judge(ajv: Ajv2020.default, response: string[]): ValidateFunction {
  const pointer = [...response, 'content', 'application/json', 'schema'].map(escaped).join('/');
  const known = judges.get(pointer) ?? ajv.compile({ $ref: `hetzner#/${pointer}` });
  judges.set(pointer, known);
  return known;
}

const escaped = (part: string): string =>
  encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
