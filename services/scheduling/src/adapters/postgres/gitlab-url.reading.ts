import { In, type EntityManager } from 'typeorm';
import { ConnectionTable } from './connection.table.js';

/** Where the GitLabs of these connections are, by connection. */
export const readGitLabUrls = async (
  tx: EntityManager,
  connectionIds: readonly string[],
): Promise<Map<string, string>> => {
  const connections = await tx
    .getRepository(ConnectionTable)
    .find({ select: { id: true, url: true }, where: { id: In([...connectionIds]) } });
  return new Map(connections.map(({ id, url }) => [id, url]));
};
