import type { HookEvent } from '../webhooks/hook-events.js';

/** A delivery as GitLab shows it; the secret among its headers is not shown. */
export const hookEventEntity = ({ requestHeaders, response, ...event }: HookEvent) => ({
  id: event.id,
  url: event.url,
  trigger: 'job_hooks',
  request_headers: Object.fromEntries(
    Object.entries(requestHeaders).map(([name, value]) => [
      capitalised(name),
      name === 'x-gitlab-token' ? '[REDACTED]' : value,
    ]),
  ),
  request_data: JSON.parse(event.requestBody) as unknown,
  response_headers: Object.fromEntries(
    Object.entries(response?.headers ?? {}).map(([name, value]) => [capitalised(name), value]),
  ),
  response_body: response?.body ?? '',
  execution_duration: event.seconds,
  response_status: response ? String(response.status) : 'internal error',
});

const capitalised = (name: string): string => name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
