/** Headers of a message: CloudEvents attributes and ours; the trace context goes by its W3C name. */
export const headerNames = {
  id: 'ce-id',
  type: 'ce-type',
  source: 'ce-source',
  time: 'ce-time',
  specVersion: 'ce-specversion',
  contentType: 'content-type',
  organization: 'cleanroom-organization',
  version: 'cleanroom-version',
  traceParent: 'traceparent',
} as const;
