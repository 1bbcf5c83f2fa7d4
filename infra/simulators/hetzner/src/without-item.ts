/** A list's answer without one item; `undefined` where there is nothing to leave out. @param id of the item, or the first */
export function withoutItem(body: object | undefined, id: number | undefined): object | undefined {
  const [name, items] = Object.entries(body ?? {}).find(([, value]) => Array.isArray(value)) ?? [];
  if (name === undefined || !Array.isArray(items)) return undefined;
  const left = items.findIndex((item: { id?: number }) => id === undefined || item.id === id);
  return left < 0 ? undefined : { ...body, [name]: items.toSpliced(left, 1) };
}
