import { RawBody } from '@cleanroom/service-kit';
import { Controller, Headers, HttpCode, Inject, Param, Post, UnauthorizedException } from '@nestjs/common';
import { receiveWebhook } from '../../actions/receive-webhook.js';
import type { Ports } from '../../ports.js';
import { SCHEDULING_PORTS } from '../scheduling-ports.js';

/** Where GitLab sends its webhooks. GitLab waits 10 s and switches hooks off that fail, so the answer is quick. */
@Controller('webhooks')
export class GitLabWebhookController {
  constructor(@Inject(SCHEDULING_PORTS) private readonly ports: Ports) {}

  @Post('gitlab/:connectionId')
  @HttpCode(200)
  async receive(
    @Param('connectionId') connectionId: string,
    @Headers() headers: Record<string, string | undefined>,
    @RawBody() body: Buffer,
  ): Promise<void> {
    if (!(await receiveWebhook(this.ports, connectionId, { headers, body })))
      throw new UnauthorizedException();
  }
}
