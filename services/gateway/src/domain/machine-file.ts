const MACHINE_FILE = /^\/machine\/v1\/files\/([0-9a-f]{64})$/;

/** The SHA-256 in the path of a file for machines, which is its name too; `undefined` for every other path. */
export const machineFile = (path: string): string | undefined => MACHINE_FILE.exec(path)?.[1];
