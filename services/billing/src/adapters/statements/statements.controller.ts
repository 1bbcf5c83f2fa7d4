import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { RequestCaller, type SignedCaller } from '@cleanroom/service-kit';
import { readStatement } from '../../actions/read-statement.js';
import { parseBillingMonth } from '../../domain/billing-month.js';
import type { BillingPorts, Statement } from '../../ports.js';
import { BILLING_PORTS } from '../billing-ports.js';
import { statementCsv, statementJson } from './statement-file.js';

interface Reply {
  code(status: number): Reply;
  header(name: string, value: string): Reply;
}

const forms: Readonly<Record<string, { type: string; write: (statement: Statement) => string }>> = {
  csv: { type: 'text/csv; charset=utf-8', write: statementCsv },
  json: { type: 'application/json; charset=utf-8', write: statementJson },
};

/** Closed months as files: `2026-11.csv` or `2026-11.json`, for any role of the organisation. */
@Controller('billing/statements')
export class StatementsController {
  constructor(@Inject(BILLING_PORTS) private readonly ports: BillingPorts) {}

  @Get(':file')
  async download(
    @RequestCaller() caller: SignedCaller,
    @Param('file') file: string,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<string> {
    if (caller.kind !== 'user') return this.refuse(reply, 401, 'unauthorized');
    const [name = '', ending = ''] = file.split('.', 2);
    const month = parseBillingMonth(name);
    const form = Object.hasOwn(forms, ending) ? forms[ending] : undefined;
    if (!month || !form || file !== `${name}.${ending}`) return this.refuse(reply, 404, 'not_found');
    const statement = await readStatement(this.ports, caller.organizationId, month);
    if (typeof statement === 'string') return this.refuse(reply, 404, statement);
    reply
      .header('content-type', form.type)
      .header('content-disposition', `attachment; filename="cleanroom-${file}"`)
      .header('cache-control', 'private, no-store');
    return form.write(statement);
  }

  private refuse(reply: Reply, status: number, error: string): string {
    reply.code(status).header('content-type', 'application/json; charset=utf-8');
    return JSON.stringify({ error });
  }
}
