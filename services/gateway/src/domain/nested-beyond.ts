/** Whether a JSON value has lists or objects within each other to more levels than that, however many it has. */
export function isNestedBeyond(value: unknown, levels: number): boolean {
  let level = [value];
  for (let deeper = 0; level.length > 0; deeper++) {
    const inner = level.filter((one) => typeof one === 'object' && one !== null);
    if (inner.length > 0 && deeper >= levels) return true;
    level = inner.flatMap((one) => Object.values(one as object) as unknown[]);
  }
  return false;
}
