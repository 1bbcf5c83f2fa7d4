import { openChromium } from '@cleanroom/testing';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { startTestInstallation, type TestInstallation } from '../../../../infra/local/test/installation.js';
import { simulatorAdmin } from '../../../../infra/local/test/simulator-admin.js';
import { BreakableLine } from './breakable-line.js';

/** Refusals that a page asks for on purpose: the browser notes each as an error. */
const EXPECTED =
  /the server responded with a status of (401|404|503)|ERR_(CONNECTION|EMPTY_RESPONSE|ABORTED)|WebSocket connection/;

type SignedInOptions = BrowserContextOptions & {
  /** @default the owner's */
  readonly token?: string;
  /** Of the page that is opened. @default Fleet */
  readonly heading?: string;
};

/** A real browser before a whole installation, in the night: all its runners sleep until a job comes. */
export class ConsoleWorld {
  /** What a page did that none should: requests that left the origin, errors, violations of the policy. */
  readonly offences: string[] = [];
  readonly #contexts: BrowserContext[] = [];

  private constructor(
    readonly installation: TestInstallation,
    readonly browser: Browser,
    readonly line: BreakableLine,
  ) {}

  static async start(): Promise<ConsoleWorld> {
    const installation = await startTestInstallation({ timeOfDay: '01:00', speed: 30 });
    const line = await BreakableLine.open(installation.system.ports.gateway);
    return new ConsoleWorld(installation, await openChromium(), line);
  }

  async stop(): Promise<void> {
    this.line.close();
    await this.browser.close();
    await this.installation.stop();
  }

  /** Opens a page in a browser that has kept nothing. */
  async open(path = '/console/', options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    this.#contexts.push(context);
    const page = await context.newPage();
    this.#watch(page);
    await page.goto(`${this.line.url}${path}`);
    return page;
  }

  /** The same, signed in. */
  async openSignedIn(
    path?: string,
    { token = this.installation.demo.apiToken, heading = 'Fleet', ...options }: SignedInOptions = {},
  ): Promise<Page> {
    const page = await this.open(path, options);
    await this.signIn(page, token);
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
    return page;
  }

  async signIn(page: Page, token: string): Promise<void> {
    await page.getByLabel('API token').fill(token);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  async closePages(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
  }

  /** Has the simulated GitLab queue a job, as a push would; it takes so many seconds of the virtual clock. */
  async queueJob(tags: string[], name = 'build', seconds = 60): Promise<void> {
    const job = { project: 'acme/web', name, tags, script: [`sleep ${seconds}`] };
    await simulatorAdmin(this.installation.demo.gitlabUrl).call('POST', 'jobs', job);
  }

  #watch(page: Page): void {
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== this.line.url) this.offences.push(`asked for ${request.url()}`);
    });
    page.on('pageerror', (error) => this.offences.push(`threw ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' && !EXPECTED.test(message.text())) this.offences.push(message.text());
    });
  }
}
