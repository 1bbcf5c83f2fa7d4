/**
 * In how many projects no firewall is deleted because so many are unknown. Nobody looks at what was disconnected, so its
 * last look says nothing any more.
 */
export const brakedSql = `SELECT 'firewalls' AS kind, count(DISTINCT hetzner_project_id) AS value FROM sighted_firewall
  JOIN hetzner_project AS project ON project.id = hetzner_project_id AND NOT project.deleted WHERE braked`;
