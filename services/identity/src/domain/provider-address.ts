const LONGEST = 2_000;

/**
 * The address of a GitLab or a Hetzner API in one spelling: no slash at the end, the host in lower case, no default port. `undefined` for
 * what is none; credentials, a query or a fragment have no place in it.
 */
export function providerAddress(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST || !/^https?:\/\//i.test(trimmed) || !URL.canParse(trimmed)) return undefined;
  const { origin, pathname, username, password, search, hash } = new URL(trimmed);
  if (username || password || search || hash) return undefined;
  return `${origin}${pathname}`.replace(/(?<!\/)\/+$/, '');
}
