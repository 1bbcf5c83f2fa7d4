import { readCloudConfig } from './read-cloud-config.js';

/** What cloud-init leaves for the agent. */
export interface AgentSettings {
  readonly origin: string;
  readonly machineId: string;
  readonly generation: number;
  readonly ticket: string;
}

const SETTINGS_PATH = '/etc/cleanroom/machine.json';

/** Does what cloud-init would: nothing but a cloud-config document that writes our settings starts an agent. */
export function readUserData(userData: string): AgentSettings | undefined {
  const file = readCloudConfig(userData)?.files.findLast(({ path }) => path === SETTINGS_PATH);
  if (!file) return undefined;
  const { origin, machineId, generation, ticket } = JSON.parse(file.content) as Partial<AgentSettings>;
  if (!origin || !machineId || !generation || !ticket) return undefined;
  return { origin, machineId, generation, ticket };
}
