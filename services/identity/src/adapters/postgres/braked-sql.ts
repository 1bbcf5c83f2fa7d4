/**
 * In how many projects no address is deleted because so many are unknown. Nobody looks at what was disconnected, so its
 * last look says nothing any more.
 */
export const brakedSql = `SELECT 'addresses' AS kind, count(DISTINCT hetzner_project_id) AS value FROM sighted_ip
  JOIN hetzner_project AS project ON project.id = hetzner_project_id AND NOT project.deleted WHERE braked`;
