// at: services/provisioning/src/adapters/graphql/pool.resolver.ts | refused: The Hetzner API is spoken in adapters/hetzner only
import { createHetznerClient } from '@cleanroom/hetzner';
export const a = createHetznerClient;
