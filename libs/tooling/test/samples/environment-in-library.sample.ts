// at: libs/hetzner/src/client.ts | refused: Only config.ts reads the environment
export const a = process.env.HOME;
