import { ConnectionStatus } from '@cleanroom/contracts';
import type { Connection } from '../../ports.js';

const statuses: Readonly<Record<number, Connection['status']>> = {
  [ConnectionStatus.CONNECTED]: 'CONNECTED',
  [ConnectionStatus.CREDENTIALS_INVALID]: 'CREDENTIALS_INVALID',
};

/** The word for a status on the wire; what is not known to work is unreachable. */
export const connectionStatus = (status: ConnectionStatus): Connection['status'] =>
  statuses[status] ?? 'UNREACHABLE';
