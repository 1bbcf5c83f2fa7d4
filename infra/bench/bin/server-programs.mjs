/** The programs that start servers, one at a time: they want the machine to themselves. */
export const SERVER_PROGRAMS = [
  'bus',
  'console',
  'gateway',
  'gitlab-simulator',
  'hetzner-simulator',
  'subscriptions',
  'system',
];
