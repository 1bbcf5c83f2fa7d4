import { makeDue } from '@cleanroom/persistence';
import type { EntityManager } from 'typeorm';
import type { Ledger, PolledProject } from '../../ledger-port.js';
import { ProjectTable, type ProjectRow } from './project.table.js';

const table = 'gitlab_project';

export const projectStore = (tx: EntityManager): Ledger['projects'] => {
  const rows = tx.getRepository(ProjectTable);
  return {
    async find(id) {
      const row = await rows.findOneBy({ id });
      return row ? projectOf(row) : undefined;
    },
    async of(connectionId) {
      return (await rows.findBy({ connectionId })).map(projectOf);
    },
    async save({ id: projectId, path, connectionId, organizationId }, at) {
      const id = `${connectionId}:${projectId}`;
      await rows.upsert({ id, organizationId, connectionId, projectId, path }, ['id']);
      await makeDue(tx, table, id, at);
    },
    async remove({ id, connectionId }) {
      await rows.delete({ id: `${connectionId}:${id}` });
    },
  };
};

const projectOf = ({ organizationId, connectionId, projectId, path }: ProjectRow): PolledProject => ({
  id: projectId,
  path,
  connectionId,
  organizationId,
});
