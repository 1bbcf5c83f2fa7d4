/**
 * Calls `work` after each pause, the next only when the one before is done, until it is stopped.
 *
 * @param pauseMs real milliseconds
 * @param work must not reject: nobody waits for it
 * @returns how to stop; what is under way is not broken off
 */
export function repeat(pauseMs: number, work: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout;
  let isStopped = false;
  const plan = () => {
    timer = setTimeout(() => {
      void work().finally(() => {
        if (!isStopped) plan();
      });
    }, pauseMs);
  };
  plan();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
