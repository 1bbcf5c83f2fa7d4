/**
 * The same stream with each event mapped. Leaving it takes effect at once, also while an event is awaited: a generator
 * would first wait for one that may never come.
 *
 * @param onError what is told as the last event where the stream fails
 */
export function mapEvents<From, To>(
  source: AsyncIterableIterator<From>,
  map: (event: From) => To,
  onError: (error: unknown) => To,
): AsyncIterableIterator<To> {
  let isOver = false;
  const over = { done: true as const, value: undefined };
  return {
    async next() {
      if (isOver) return over;
      try {
        const { done, value } = await source.next();
        isOver ||= done === true;
        return isOver ? over : { done: false, value: map(value as From) };
      } catch (error) {
        isOver = true;
        return { done: false, value: onError(error) };
      }
    },
    async return() {
      isOver = true;
      await source.return?.();
      return over;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
