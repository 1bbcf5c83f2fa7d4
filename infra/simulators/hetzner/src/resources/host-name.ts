const PART = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

/** Whether a text may name a server: RFC 1123, at most 253 characters. */
export const isHostName = (text: string): boolean =>
  text.length <= 253 && text.split('.').every((part) => PART.test(part));
