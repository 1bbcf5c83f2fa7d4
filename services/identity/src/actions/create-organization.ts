import type { Role } from '@cleanroom/kernel';
import type { Secret } from '@cleanroom/secrets';
import { checkName } from '../domain/check-name.js';
import { checkTimeZone } from '../domain/check-time-zone.js';
import type { IdentityPorts } from '../ports.js';
import { addApiToken } from './api-tokens.js';

const ACTOR = 'organization-command';

export interface FirstToken {
  readonly role: Role;
  readonly name: string;
}

export interface CreatedOrganization {
  readonly organizationId: string;
  readonly tokens: readonly (FirstToken & { readonly secret: Secret })[];
}

/** Thrown instead of making a second organisation of the same name. */
export class OrganizationExists extends Error {
  constructor(name: string, id: string) {
    super(
      `An organisation named "${name}" exists (${id}). Nothing was changed, and no token was made: ` +
        `its owner makes further ones with the mutation createApiToken.`,
    );
  }
}

/**
 * Creates an organisation with its first tokens, all or nothing: one that nobody can get into would be of no use.
 *
 * @param timeZone IANA name of its calendar: where the days of its reports begin
 * @throws RangeError when a name is empty or too long, or the time zone is unknown
 * @throws OrganizationExists when there is one of that name
 */
export async function createOrganization(
  ports: IdentityPorts,
  name: string,
  wishes: readonly FirstToken[],
  timeZone = 'UTC',
): Promise<CreatedOrganization> {
  const names = [name, ...wishes.map((wish) => wish.name)];
  const [wrong] = [
    ...names.flatMap((text) => checkName(text, 'name')),
    ...checkTimeZone(timeZone, 'timeZone'),
  ];
  if (wrong) throw new RangeError(wrong.message);
  const organizationId = ports.newId('organization');
  return ports.transactions.inOrganization(organizationId, async (tx) => {
    const existing = await tx.organizationNamed(name.trim());
    if (existing !== undefined) throw new OrganizationExists(name.trim(), existing);
    await tx.insertOrganization({ id: organizationId, name: name.trim(), timeZone });
    await tx.audit(ACTOR, 'create-organization', organizationId);
    const tokens = [];
    for (const wish of wishes) {
      const { secret } = await addApiToken(ports, tx, {
        ...wish,
        organizationId,
        actor: ACTOR,
        expiresAt: null,
      });
      tokens.push({ ...wish, secret });
    }
    return { organizationId, tokens };
  });
}
