import type { Hook } from '../model.js';
import { hookHealth } from '../webhooks/hook-health.js';
import type { World } from '../world.js';

/** A webhook as GitLab shows it: its tokens never leave. */
export const hookEntity = ({ clock, settings }: World, hook: Hook) => ({
  id: hook.id,
  url: hook.url,
  name: hook.name,
  description: null,
  created_at: hook.createdAt,
  push_events: hook.pushEvents,
  job_events: hook.jobEvents,
  enable_ssl_verification: hook.enableSslVerification,
  alert_status: settings.autoDisableHooks ? hookHealth(hook, clock.now()) : 'executable',
  disabled_until: settings.autoDisableHooks ? hook.disabledUntil : null,
  url_variables: [],
  custom_headers: [],
  token_present: hook.token !== null,
  signing_token_present: hook.signingToken !== null,
  [`${hook.owner.kind}_id`]: hook.owner.id,
});
