/** Fixed for ever: another number would move keys to other partitions and break their order. */
export const PARTITIONS = 8;

/** Which partition a key lives in: FNV-1a over its UTF-16 units. */
export function partitionOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) {
    hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  }
  // The low bits of FNV mix badly; the high ones are folded in.
  return ((hash ^ (hash >>> 16)) >>> 0) % PARTITIONS;
}
