const bySource = (kind: string, table: string): string =>
  `SELECT '${kind}' AS kind, count(DISTINCT source_id) AS value
   FROM sighting JOIN ${table} AS source ON source.id = source_id AND NOT source.deleted WHERE braked`;

/**
 * In how many projects, and GitLabs, nothing is deleted because so much is unknown. Nobody looks at what was disconnected,
 * so its last look says nothing any more.
 */
export const brakedSql = `${bySource('servers', 'hetzner_project')}
  UNION ALL ${bySource('gitlab_runners', 'gitlab_connection')}`;
