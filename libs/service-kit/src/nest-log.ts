import type { LoggerService } from '@nestjs/common';
import { GraphQLError } from 'graphql';
import type { Log } from '@cleanroom/kernel';

/** What Nest has to say, in the service's own log; its start-up chatter only at debug level. */
export class NestLog implements LoggerService {
  constructor(private readonly sink: Log) {}

  log(message: unknown, context?: string): void {
    this.sink.debug({ context }, String(message));
  }

  warn(message: unknown, context?: string): void {
    this.sink.warn({ context }, String(message));
  }

  error(message: unknown, stack?: string, context?: string): void {
    // Refusals of an operation are the caller's to read; surprises among them are logged where they are masked.
    if (message instanceof GraphQLError) return;
    if (message instanceof Error) this.sink.error({ error: message, context }, message.message);
    else this.sink.error({ stack, context }, String(message));
  }
}
