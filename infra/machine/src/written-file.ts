import { gzipSync } from 'node:zlib';

/** One entry of cloud-config's `write_files`. */
export interface WrittenFile {
  readonly path: string;
  readonly owner: 'root:root';
  /** Octal, as text: YAML 1.1 would read a bare 0600 as the number 384. */
  readonly permissions: '0600' | '0644' | '0700';
  readonly content: string;
  readonly encoding?: 'b64' | 'gz+b64';
}

const printableAscii = /^[\n\x20-\x7e]*$/;
/** Position of the byte in which gzip names the system that it ran on; 255 is "unknown". */
const GZIP_SYSTEM = 9;

/** Writes a file, packed where that is shorter; anything but printable ASCII travels as base64. */
export function writtenFile(
  path: string,
  permissions: WrittenFile['permissions'],
  content: string,
): WrittenFile {
  const file = { path, owner: 'root:root', permissions } as const;
  const packed = pack(content);
  if (packed.length < content.length) return { ...file, encoding: 'gz+b64', content: packed };
  if (printableAscii.test(content)) return { ...file, content };
  return { ...file, encoding: 'b64', content: Buffer.from(content).toString('base64') };
}

/** The same content gives the same bytes on every system: an order is repeated with the same user data. */
function pack(content: string): string {
  const bytes = gzipSync(content, { level: 9 });
  bytes[GZIP_SYSTEM] = 255;
  return bytes.toString('base64');
}
