import type { Log } from '@cleanroom/kernel';
import type { CloudConfig } from '../read-cloud-config.js';
import type { AgentDisk } from './agent-disk.js';

/** Units that start at every boot, as systemd keeps them. */
export const WANTED = 'etc/systemd/system/multi-user.target.wants';

/**
 * What cloud-init does at the first boot: writes the files, keeps its copies of the user data, runs the commands. Of the
 * commands only those are obeyed that enable a unit or install the runner: all others would reach out of the sandbox.
 */
export function firstBoot(disk: AgentDisk, userData: string, config: CloudConfig, log: Log): void {
  for (const { path, mode, content } of config.files) disk.write(path.slice(1), content, mode);
  disk.write('var/lib/cloud/instances/i/user-data.txt', userData);
  disk.write('var/lib/cloud/instances/i/cloud-config.txt', userData);
  for (const command of config.commands) obey(disk, command, log);
}

function obey(disk: AgentDisk, command: readonly string[], log: Log): void {
  const [program = '', verb, ...rest] = command;
  if (program === 'systemctl' && verb === 'enable') {
    for (const unit of rest.filter((word) => !word.startsWith('-'))) disk.write(`${WANTED}/${unit}`, '');
  } else if (program.endsWith('/install-runner.sh')) {
    disk.write('var/lib/cleanroom/installed', '');
  } else {
    log.debug({ command: command.join(' ') }, 'this command is not for a sandbox');
  }
}
