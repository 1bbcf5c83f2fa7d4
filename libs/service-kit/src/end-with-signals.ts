import type { Log } from '@cleanroom/kernel';

/** In all, a process stops within the 10 seconds that an operator waits. */
const STOP_WITHIN_MS = 8_000;
const ERROR_EXIT = 1;

/** Something that runs until it is stopped. */
export interface StoppableService {
  /** Takes no further calls, finishes what is in hand, closes everything. */
  stop(): Promise<void>;
}

/**
 * Ends the process in good order on SIGTERM and SIGINT. A surprise that nobody caught ends it too, because nobody
 * knows what it left half done.
 */
export function endWithSignals({ stop }: StoppableService, log: Log): void {
  let stopping = false;
  const end = (code: number) => {
    if (stopping) return;
    stopping = true;
    log.info({ code }, 'the process stops');
    setTimeout(() => process.exit(code || ERROR_EXIT), STOP_WITHIN_MS).unref();
    void stop().then(
      () => process.exit(code),
      (error: unknown) => {
        log.error({ error }, 'the process did not stop in good order');
        process.exit(ERROR_EXIT);
      },
    );
  };
  process.on('SIGTERM', () => end(0));
  process.on('SIGINT', () => end(0));
  process.on('uncaughtException', (error) => {
    log.error({ error }, 'a surprise that nobody caught ends the process');
    end(ERROR_EXIT);
  });
}
