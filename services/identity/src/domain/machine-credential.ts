/** Prefix of a machine's credential. */
const PREFIX = 'cmc';

/** Whom a credential is given to. */
export interface CredentialHolder {
  readonly machineId: string;
  readonly generation: number;
  /** As PEM. */
  readonly publicKey: string;
}

/** What the code in a credential is computed over. */
export const credentialText = ({ machineId, generation, publicKey }: CredentialHolder): string =>
  [machineId, generation, publicKey].join('\n');

/** A credential says whose it is, so that it can be computed again and is stored nowhere. */
export const credentialFrom = ({ machineId, generation }: CredentialHolder, code: string): string =>
  [PREFIX, machineId, generation, code].join('.');

/** Of which machine and generation a credential says that it is; `undefined` for a text of another form. */
export function readCredential(text: string): { machineId: string; generation: number } | undefined {
  const [, machineId, generation] =
    /^cmc\.(mach_[0-9a-z]{26})\.([1-9][0-9]{0,8})\.[\w-]{43}$/.exec(text) ?? [];
  return machineId && generation ? { machineId, generation: Number(generation) } : undefined;
}
