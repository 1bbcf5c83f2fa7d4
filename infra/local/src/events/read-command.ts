import { parseArgs } from 'node:util';

/** What the operator wants. */
export type Command =
  | { readonly name: 'topics' }
  | { readonly name: 'letters'; readonly service: string | undefined }
  | { readonly name: 'letter' | 'replay'; readonly service: string; readonly ids: readonly string[] }
  | {
      readonly name: 'rewind';
      readonly group: string;
      /** All that the group reads where none is named. */
      readonly topics: readonly string[];
      readonly since: Date | undefined;
      readonly confirmed: boolean;
    };

export const usage = `npm run events -- COMMAND

  topics                              topics, who reads them, and how far behind each is (the default)
  letters [--service S]               messages that were put aside because they could not be handled
  letter  --service S --id N          one of them, with all that is known
  replay  --service S --id N [--id M] has the service try them again
  rewind  --group S [--topic T] [--since 2026-03-02T08:00:00Z] [--yes]
                                      says what a service would read again; with --yes makes it so. The service must be
                                      stopped. Nothing is done twice by it: what was handled is known and left out.

CLEANROOM_BUS_URL and CLEANROOM_DATABASE_WORKER_URLS name an installation elsewhere; without them it is the one of
"npm start" on this machine.`;

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;
const options = {
  service: text,
  id: texts,
  group: text,
  topic: texts,
  since: text,
  yes: { type: 'boolean' },
} as const;

/** @throws RangeError, or what `parseArgs` throws, with a sentence for a person */
export function readCommand(args: string[]): Command {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [name = 'topics', ...more] = positionals;
  if (more.length > 0) throw new RangeError(`One command at a time, not also "${more.join(' ')}".`);
  switch (name) {
    case 'topics':
      return { name };
    case 'letters':
      return { name, service: values.service };
    case 'letter':
    case 'replay':
      return { name, service: required(values.service, '--service'), ids: idsOf(values.id) };
    case 'rewind': {
      const { group, topic: topics = [], since, yes: confirmed = false } = values;
      return { name, group: required(group, '--group'), topics, since: timeOf(since), confirmed };
    }
    default:
      throw new RangeError(`There is no command "${name}".`);
  }
}

function required(value: string | undefined, flag: string): string {
  if (!value) throw new RangeError(`${flag} is missing.`);
  return value;
}

function idsOf(ids: readonly string[] = []): readonly string[] {
  if (ids.length === 0) throw new RangeError('--id is missing.');
  const wrong = ids.find((id) => !/^\d{1,18}$/.test(id));
  if (wrong !== undefined) throw new RangeError(`--id takes the number of a letter, not "${wrong}".`);
  return ids;
}

function timeOf(since: string | undefined): Date | undefined {
  if (since === undefined) return undefined;
  const time = new Date(since);
  if (Number.isNaN(time.getTime()) || !/(Z|[+-]\d\d:\d\d)$/.test(since))
    throw new RangeError(`--since takes a time with its zone, such as 2026-03-02T08:00:00Z, not "${since}".`);
  return time;
}
