import { readCloudConfig } from './read-cloud-config.js';

/** What cloud-init leaves for the agent. */
export interface AgentSettings {
  readonly origin: string;
  readonly machineId: string;
  readonly generation: number;
  readonly ticket: string;
}

const SETTINGS_PATH = '/etc/cleanroom/agent.env';

/** Does what cloud-init would: nothing but a cloud-config document that writes our settings starts an agent. */
export function readUserData(userData: string): AgentSettings | undefined {
  const file = readCloudConfig(userData)?.files.findLast(({ path }) => path === SETTINGS_PATH);
  if (!file) return undefined;
  const values = readEnvironment(file.content);
  const [origin, machineId, generation, ticket] = ['ORIGIN', 'MACHINE', 'GENERATION', 'TICKET'].map((name) =>
    values.get(`CLEANROOM_${name}`),
  );
  if (!origin || !machineId || !generation || !ticket) return undefined;
  return { origin, machineId, generation: Number(generation), ticket };
}

/** Reads `NAME=value` lines as a shell would: bare, or in single quotes. */
function readEnvironment(content: string): Map<string, string> {
  const lines = content.split('\n').flatMap((line) => {
    const equals = line.indexOf('=');
    return equals > 0 && !line.startsWith('#')
      ? [[line.slice(0, equals), line.slice(equals + 1)] as const]
      : [];
  });
  return new Map(lines.map(([name, value]) => [name, value.replace(/'([^']*)'|\\(.)/g, '$1$2')]));
}
