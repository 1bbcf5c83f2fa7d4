/** More than any name, note or address of GitLab's has. */
const LONGEST_TEXT = 4_000;

/**
 * Reads JSON whose texts can all be kept: an address that a customer gave may answer with characters that PostgreSQL
 * stores in no text (NUL, half of a surrogate pair), or with a name of megabytes.
 *
 * @throws SyntaxError where it is no JSON
 */
export const parseJson = (text: string): unknown =>
  JSON.parse(text, (_key, value: unknown) => (typeof value === 'string' ? storable(value) : value));

/** Line breaks and tabs stay: notes have them. */
export const storable = (text: string): string =>
  text
    .slice(0, LONGEST_TEXT)
    .toWellFormed()
    .replace(/[^\P{Cc}\n\r\t]/gu, ' ');
