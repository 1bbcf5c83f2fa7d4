/** Whether a customer's Hetzner project or GitLab can be used. */
export type ConnectionStatus = 'CONNECTED' | 'CREDENTIALS_INVALID' | 'UNREACHABLE';
