import { EntitySchema } from 'typeorm';
import { bigNumber } from './big-number.js';

export interface ProjectRow {
  /** `<connection>:<GitLab's number>`. */
  readonly id: string;
  readonly organizationId: string;
  readonly connectionId: string;
  readonly projectId: number;
  readonly path: string;
}

/** Projects in the scope of some pool; each is due when its open jobs are to be compared with GitLab's. */
export const ProjectTable = new EntitySchema<ProjectRow>({
  name: 'gitlab_project',
  columns: {
    id: { type: 'text', primary: true },
    organizationId: { type: 'text', name: 'organization_id' },
    connectionId: { type: 'text', name: 'connection_id' },
    projectId: { type: 'bigint', name: 'project_id', transformer: bigNumber },
    path: { type: 'text' },
  },
});
