import type { TestInstallation } from './installation.js';

/** Does something while one of an installation's processes is alive and does nothing. */
export async function whileItHangs(
  { system }: TestInstallation,
  name: string,
  work: () => Promise<void>,
): Promise<void> {
  const child = system.children.find((one) => one.name === name);
  if (!child) throw new Error(`the installation has no ${name}`);
  process.kill(child.pid, 'SIGSTOP');
  try {
    await work();
  } finally {
    process.kill(child.pid, 'SIGCONT');
  }
}
