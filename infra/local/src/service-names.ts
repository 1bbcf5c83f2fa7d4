export const serviceNames = ['provisioning', 'identity', 'firewall', 'scheduling', 'billing'] as const;
export type ServiceProcess = (typeof serviceNames)[number];
