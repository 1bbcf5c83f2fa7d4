import { randomBytes } from 'node:crypto';
import { Secret, type Sealer } from '@cleanroom/secrets';
import type { HookVault } from '../../ports.js';

const TOKEN_BYTES = 32;

/** Tokens of webhooks, sealed per organisation and bound to their connection. */
export const hookVault = (sealer: Sealer): HookVault => {
  const bindingOf = (connection: { id: string; organizationId: string }, kind: string) => ({
    organizationId: connection.organizationId,
    kind,
    rowId: connection.id,
  });
  return {
    async create(connection) {
      // The form that GitLab asks of a signing token.
      const signing = new Secret(`whsec_${randomBytes(TOKEN_BYTES).toString('base64')}`);
      const plain = new Secret(randomBytes(TOKEN_BYTES).toString('base64url'));
      return {
        signing: await sealer.seal(signing, bindingOf(connection, 'webhook-signing-token')),
        plain: await sealer.seal(plain, bindingOf(connection, 'webhook-plain-token')),
      };
    },
    async open({ hookTokens, ...connection }) {
      return {
        signing: await sealer.open(hookTokens.signing, bindingOf(connection, 'webhook-signing-token')),
        plain: await sealer.open(hookTokens.plain, bindingOf(connection, 'webhook-plain-token')),
      };
    },
  };
};
