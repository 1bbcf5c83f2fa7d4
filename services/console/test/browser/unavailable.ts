/** What the gateway says of a field whose service does not answer. */
export const unavailable = (...path: (string | number)[]) => ({
  message: 'The service does not answer.',
  path,
  extensions: { code: 'SERVICE_UNAVAILABLE' },
});
