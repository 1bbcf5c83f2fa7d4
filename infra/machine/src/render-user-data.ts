import { stringify } from 'yaml';
import { refuseOtherKeys } from './allowed-keys.js';
import { cloudConfig } from './cloud-config.js';
import type { UserDataInput } from './user-data-input.js';

/** Hetzner takes no more, in bytes. */
export const MAX_USER_DATA_BYTES = 32 * 1024;

/** cloud-init reads YAML 1.1, in which bare `no`, `0600` and `1:20` are not text: so every text is quoted. */
const asText = {
  version: '1.1',
  defaultStringType: 'QUOTE_DOUBLE',
  defaultKeyType: 'PLAIN',
  lineWidth: 0,
} as const;

/**
 * The user data with which a machine is ordered or rebuilt. Pure: the same input gives the same bytes, so that an
 * order whose answer was lost can be repeated.
 *
 * @throws TypeError where a value holds a control character
 * @throws RangeError where the document would not fit into 32 KiB
 */
export function renderUserData(input: UserDataInput): string {
  const document = cloudConfig(input);
  refuseOtherKeys(document);
  const rendered = `#cloud-config\n${stringify(document, asText)}`;
  const size = Buffer.byteLength(rendered);
  if (size >= MAX_USER_DATA_BYTES) throw new RangeError(`user data of ${size} bytes does not fit`);
  return rendered;
}
