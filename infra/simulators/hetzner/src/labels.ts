const NAME = /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const DNS_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const RESERVED = 'hetzner.cloud';

/** `[prefix/]name`: the prefix is a DNS subdomain of at most 253 characters, and not Hetzner's own. */
export function isLabelKey(text: string): boolean {
  const slash = text.lastIndexOf('/');
  const prefix = slash < 0 ? undefined : text.slice(0, slash);
  if (!NAME.test(text.slice(slash + 1))) return false;
  if (prefix === undefined) return true;
  return (
    prefix !== RESERVED && prefix.length <= 253 && prefix.split('.').every((part) => DNS_LABEL.test(part))
  );
}

/** Empty, or at most 63 characters that begin and end with a letter or digit. */
export const isLabelValue = (text: string): boolean => text === '' || NAME.test(text);
