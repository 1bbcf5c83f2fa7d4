/** What Prometheus would read of one metric from a process, by one of its labels. */
export async function readFigures(
  processUrl: string,
  metric: string,
  label: string,
): Promise<Record<string, number>> {
  const text = await (await fetch(`${processUrl}/metrics`)).text();
  const lines = text.matchAll(new RegExp(`^${metric}\\{.*\\b${label}="([^"]+)".*\\} (\\S+)$`, 'gm'));
  return Object.fromEntries([...lines].map(([, value = '', figure]) => [value, Number(figure)]));
}
