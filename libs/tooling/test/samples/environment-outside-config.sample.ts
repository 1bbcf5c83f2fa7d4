// at: services/provisioning/src/adapters/hetzner/client.ts | refused: Only config.ts reads the environment
export const a = process.env.HOME;
