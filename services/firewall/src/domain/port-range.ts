/** An inclusive range of ports. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

const HIGHEST_PORT = 65_535;

/** Reads `443` or `1024-5000`; `undefined` where the text is neither or the range runs backwards. */
export function parsePorts(text: string): PortRange | undefined {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  if (!match) return undefined;
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  return first >= 1 && last <= HIGHEST_PORT && first <= last ? { first, last } : undefined;
}

export const includesPort = ({ first, last }: PortRange, port: number): boolean =>
  first <= port && port <= last;
