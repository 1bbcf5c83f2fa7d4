/** A sleep that can be cut short: a ring that comes while nobody waits ends the next wait at once. */
export class Bell {
  #rung = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** Resolves at the next ring, or after so many real milliseconds. */
  async wait(milliseconds: number): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.#wake = () => (clearTimeout(timer), resolve());
      });
    }
    this.#wake = undefined;
    this.#rung = false;
  }
}
