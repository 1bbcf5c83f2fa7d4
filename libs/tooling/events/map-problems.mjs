/**
 * Where the map of topics and the services disagree, as sentences.
 *
 * @param {Record<string, { producer: string, consumers: readonly string[] }>} topics
 * @param {Record<string, { reads: Set<string>, writes: Set<string> }>} usage
 */
export function mapProblems(topics, usage) {
  const problems = [];
  const services = new Set([...Object.keys(usage), ...Object.values(topics).map(({ producer }) => producer)]);
  for (const service of services) {
    const { reads = new Set(), writes = new Set() } = usage[service] ?? {};
    for (const [topic, { producer, consumers }] of Object.entries(topics)) {
      if (consumers.includes(service) && !reads.has(topic))
        problems.push(`topics.ts says that ${service} reads ${topic}; it has no consumer for it.`);
      if (!consumers.includes(service) && reads.has(topic))
        problems.push(`${service} reads ${topic}; topics.ts does not say so.`);
      if (producer === service && !writes.has(topic))
        problems.push(`topics.ts says that ${service} says ${topic}; it never appends one.`);
      if (producer !== service && writes.has(topic))
        problems.push(`${service} appends ${topic}, which is ${producer}'s to say.`);
    }
  }
  return problems;
}
