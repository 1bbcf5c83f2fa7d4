import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Post,
  Res,
  UnprocessableEntityException,
} from '@nestjs/common';
import type { MachineCaller } from '@cleanroom/kernel';
import { RequestMachine } from '@cleanroom/service-kit';
import { z } from 'zod';
import { serveConfiguration } from '../../actions/serve-configuration.js';
import { reportEvents, takeReport } from '../../actions/take-report.js';
import type { ProvisioningPorts } from '../../ports.js';
import { PROVIDERS, PROVISIONING_PORTS } from '../provisioning-ports.js';
import type { Providers } from '../provider-access.js';
import { OriginWatch } from './origin-watch.js';

/** As much of the HTTP answer as is set here. */
interface Reply {
  code(status: number): Reply;
  header(name: string, value: string): Reply;
}

const reportSchema = z.object({
  event: z.enum(reportEvents),
  /** By the machine's clock: whether it is right nobody knows, so it decides nothing. */
  at: z.union([z.iso.datetime({ offset: true }), z.number().int().min(0)]),
  gitlabJobId: z.number().int().positive().optional(),
  exitCode: z.number().int().optional(),
  /** Whether it works on a job; left out, it says nothing of that. */
  busy: z.boolean().nullish().catch(undefined),
  // What a machine writes ends up before operators: short, and without control characters.
  message: z
    .string()
    .max(500)
    .transform((text) => text.replace(/[^\x20-\x7e]/g, ' '))
    .optional(),
});

const GONE = { error: 'GENERATION_OVER' };
const UNKNOWN = { error: 'MACHINE_UNKNOWN' };

/** What machines ask and tell. The gateway let in only those that proved their key from their own address. */
@Controller('machine/v1')
export class MachineController {
  constructor(
    @Inject(PROVISIONING_PORTS) private readonly ports: ProvisioningPorts,
    @Inject(PROVIDERS) private readonly providers: Providers,
    @Inject(OriginWatch) private readonly watch: OriginWatch,
  ) {}

  @Get('runner')
  async runner(
    @RequestMachine() machine: MachineCaller,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<object> {
    const { organizationId, machineId } = machine;
    const configuration = await serveConfiguration(this.ports, organizationId, machine);
    if (configuration.kind === 'gone') {
      reply.code(410);
      return GONE;
    }
    this.watch.machineCame();
    if (configuration.kind === 'unknown') {
      reply.code(503);
      return UNKNOWN;
    }
    if (configuration.kind === 'waiting') {
      reply.code(202).header('retry-after', '1');
      return { status: 'NOT_PROTECTED_YET' };
    }
    const { gitlabUrl, runnerId, tokenSealed, maxBuilds } = configuration;
    const token = await this.providers.openRunnerToken(organizationId, machineId, tokenSealed);
    return { gitlabUrl, runnerId, token: token.reveal(), maxBuilds };
  }

  @Post('report')
  @HttpCode(204)
  async report(
    @RequestMachine() { organizationId, machineId, generation }: MachineCaller,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<object | undefined> {
    const parsed = reportSchema.safeParse(body);
    if (!parsed.success) throw new UnprocessableEntityException({ error: 'INVALID' });
    const heard = await takeReport(this.ports, organizationId, machineId, { generation, ...parsed.data });
    if (heard === 'gone') {
      reply.code(410);
      return GONE;
    }
    this.watch.machineCame();
    if (heard === 'unknown') {
      reply.code(503);
      return UNKNOWN;
    }
    return undefined;
  }
}
