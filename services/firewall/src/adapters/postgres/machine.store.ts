import type { EntityManager } from 'typeorm';
import type { Machine, MachineStore } from '../../ports.js';
import { machineTable } from './machine.table.js';

export class PostgresMachineStore implements MachineStore {
  constructor(private readonly tx: EntityManager) {}

  currentOf(runnerIds: readonly string[]): Promise<Machine[]> {
    return this.table
      .createQueryBuilder('machine')
      .distinctOn(['machine.runnerId'])
      .where('machine.runnerId = ANY(:runnerIds) AND NOT machine.deleted', { runnerIds })
      .orderBy('machine.runnerId')
      .addOrderBy('machine.id', 'DESC')
      .getMany();
  }

  async enrolledIn(hetznerProjectId: string): Promise<Machine[]> {
    return this.table
      .createQueryBuilder('machine')
      .where('machine.hetznerProjectId = :hetznerProjectId AND NOT machine.deleted', { hetznerProjectId })
      .andWhere('machine.serverId > 0 AND machine.enrolledGeneration = machine.generation')
      .orderBy('machine.id')
      .getMany();
  }

  async save({ id, generation, protected: isProtected, verifiedAt, version }: Machine): Promise<boolean> {
    const change = { protected: isProtected, verifiedAt, version };
    const { affected } = await this.table.update({ id, generation, deleted: false }, change);
    return affected === 1;
  }

  private get table() {
    return this.tx.getRepository(machineTable);
  }
}
