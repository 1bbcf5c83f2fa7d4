import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';

/** A file that cloud-init writes before anything else of ours runs. */
export interface CloudFile {
  readonly path: string;
  /** Of a file system's mode bits. */
  readonly mode: number;
  readonly content: string;
}

/** What of a cloud-config document a guest obeys. */
export interface CloudConfig {
  /** In the document's order: a later file replaces an earlier one of the same path. */
  readonly files: readonly CloudFile[];
  /** `runcmd`, each as its words. */
  readonly commands: readonly (readonly string[])[];
}

/** cloud-init's own default. */
const MODE = '0644';

/** @returns undefined where the user data is no cloud-config document @throws Error where it is damaged */
export function readCloudConfig(userData: string): CloudConfig | undefined {
  if (!userData.startsWith('#cloud-config\n')) return undefined;
  const document: unknown = parse(userData, { version: '1.1' });
  return {
    files: list(document, 'write_files').flatMap(fileOf),
    commands: list(document, 'runcmd').map(words),
  };
}

const list = (document: unknown, key: string): unknown[] =>
  isRecord(document) && Array.isArray(document[key]) ? document[key] : [];

function fileOf(entry: unknown): CloudFile[] {
  if (!isRecord(entry) || typeof entry.path !== 'string' || typeof entry.content !== 'string') return [];
  const mode = Number.parseInt(typeof entry.permissions === 'string' ? entry.permissions : MODE, 8);
  const encoding = typeof entry.encoding === 'string' ? entry.encoding : '';
  return [{ path: entry.path, mode, content: decoded(entry.content, encoding) }];
}

function decoded(content: string, encoding: string): string {
  const bytes = /b64|base64/.test(encoding) ? Buffer.from(content, 'base64') : Buffer.from(content);
  return (/gz/.test(encoding) ? gunzipSync(bytes) : bytes).toString('utf8');
}

const words = (command: unknown): string[] =>
  Array.isArray(command) ? command.map(String) : ['sh', '-c', String(command)];

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
