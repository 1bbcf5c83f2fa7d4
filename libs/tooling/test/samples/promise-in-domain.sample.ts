// at: services/provisioning/src/domain/runner.ts | refused: The domain is synchronous
export const a = async () => 1;
