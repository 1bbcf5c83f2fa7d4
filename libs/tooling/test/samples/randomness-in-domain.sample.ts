// at: services/provisioning/src/domain/runner.ts | refused: The domain is told its randomness
export const a = () => Math.random();
