import type { BudgetHold, WorkLease } from '@cleanroom/kernel';
import type { Machine } from '../domain/machine.js';
import { orderLack, type OrderLack } from '../domain/order-lack.js';
import type { Pool } from '../domain/pool.js';
import type { Runner } from '../domain/runner.js';
import type { Step } from '../domain/step.js';
import type { ProvisioningPorts, ProvisioningTransaction } from '../ports.js';
import { askHours } from './ask-hours.js';
import { beginOrder } from './begin-order.js';
import { beginRebuild } from './begin-rebuild.js';
import { confirmJobOver } from './confirm-job-over.js';
import { createGitLabRunner } from './create-gitlab-runner.js';
import { decideStep } from './decide-step.js';
import { deleteGitLabRunner } from './delete-gitlab-runner.js';
import { deleteServer } from './delete-server.js';
import { drainRunner } from './drain-runner.js';
import { forgetRefusal } from './forget-refusal.js';
import { giveUpUnpaid } from './give-up-unpaid.js';
import { holdForBudget } from './hold-for-budget.js';
import { moveRunner } from './move-runner.js';
import { orderServer } from './order-server.js';
import { rebuildServer } from './rebuild-server.js';
import { tellLack } from './tell-lack.js';
import { updateGitLabRunner } from './update-gitlab-runner.js';

/** All that is known of a runner at the beginning of a step. */
export interface RunnerCase {
  readonly lease: WorkLease;
  readonly runner: Runner;
  readonly pool: Pool;
  readonly machine: Machine | undefined;
  readonly orderLack: OrderLack | null;
  readonly budget: BudgetHold;
}

/** A step that needs a machine, and has one. */
export type MachineCase = RunnerCase & { readonly machine: Machine };

/** Reads one runner, decides on one step, does it and saves it. Whatever is left is the next lease's work. */
export async function reconcileRunner(ports: ProvisioningPorts, lease: WorkLease): Promise<void> {
  const { transactions, now } = ports;
  const found = await transactions.inOrganization(lease.organizationId, (tx) => readCase(tx, lease));
  if (!found) {
    return transactions.inOrganization(lease.organizationId, (tx) => tx.finish('runner', lease, null));
  }
  ports.logPool(found.pool.id);
  await carryOut(ports, found, decideStep(ports, found, now()));
}

async function carryOut(ports: ProvisioningPorts, found: RunnerCase, step: Step): Promise<void> {
  switch (step.kind) {
    case 'wait':
      return ports.transactions.inOrganization(found.lease.organizationId, (tx) =>
        tx.finish('runner', found.lease, step.until),
      );
    case 'move':
      return moveRunner(ports, found, step);
    case 'begin-order':
      return beginOrder(ports, found);
    case 'hold-for-budget':
      return holdForBudget(ports, found);
    case 'forget-refusal':
      return forgetRefusal(ports, found);
    case 'tell-lack':
      return tellLack(ports, found, step.lack);
  }
  const { machine } = found;
  if (!machine) throw new Error(`${step.kind} needs a machine, and ${found.runner.id} has none`);
  const machineCase = { ...found, machine };
  if (step.kind === 'ask-hours') return askHours(ports, machineCase, step.hours);
  if (step.kind === 'give-up-unpaid') return giveUpUnpaid(ports, machineCase, step.why);
  return withMachine[step.kind](ports, machineCase);
}

type MachineStep = Exclude<
  Step['kind'],
  | 'wait'
  | 'move'
  | 'begin-order'
  | 'hold-for-budget'
  | 'forget-refusal'
  | 'tell-lack'
  | 'ask-hours'
  | 'give-up-unpaid'
>;

const withMachine: Record<MachineStep, (ports: ProvisioningPorts, found: MachineCase) => Promise<void>> = {
  'order-server': orderServer,
  'create-gitlab-runner': createGitLabRunner,
  'update-gitlab-runner': updateGitLabRunner,
  'confirm-job-over': confirmJobOver,
  'delete-gitlab-runner': deleteGitLabRunner,
  'begin-rebuild': beginRebuild,
  'rebuild-server': rebuildServer,
  drain: drainRunner,
  'delete-server': deleteServer,
};

async function readCase(tx: ProvisioningTransaction, lease: WorkLease): Promise<RunnerCase | undefined> {
  const runner = await tx.runners.find(lease.id);
  const pool = runner && (await tx.pools.find(runner.poolId));
  if (!runner || !pool) return undefined;
  const machine = runner.machineId === null ? undefined : await tx.machines.find(runner.machineId);
  const project = await tx.project(runner.hetznerProjectId);
  const gitlab = await tx.gitlab(pool.gitlabConnectionId);
  const lack = orderLack({ project, gitlab });
  return { lease, runner, pool, machine, orderLack: lack, budget: await tx.budgetOver(pool.id) };
}
