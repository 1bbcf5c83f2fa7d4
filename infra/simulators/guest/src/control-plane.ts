import { renewCredential } from './enrol.js';
import type { Machine } from './machine.js';
import { GenerationOver } from './patience.js';
import { proofHeaders } from './proof.js';
import type { Answer } from './voice.js';

/** Calls to the control plane that carry the machine's proof. */
export class ControlPlane {
  private renewal: Promise<void> | undefined;

  constructor(private readonly machine: Machine) {}

  /**
   * @param target path and query
   * @throws GenerationOver on 410; otherwise only where no answer came
   */
  async ask(method: 'GET' | 'POST', target: string, content?: object): Promise<Answer> {
    if (this.isDue()) await this.renew();
    const first = await this.send(method, target, content);
    if (first.status !== 401) return first;
    await this.renew();
    return this.send(method, target, content);
  }

  private async send(method: string, target: string, content?: object): Promise<Answer> {
    const { settings, voice, disk } = this.machine;
    const body = content === undefined ? '' : JSON.stringify(content);
    const proof = proofHeaders(
      { method, target, body },
      disk.credential?.token ?? '',
      disk.keyPair.privateKey,
    );
    const headers = { ...proof, ...(body === '' ? {} : { 'content-type': 'application/json' }) };
    const answer = await voice.say({ method, url: `${settings.origin}${target}`, headers, body });
    if (answer.status === 410) throw new GenerationOver();
    return answer;
  }

  private isDue(): boolean {
    const { disk, clock } = this.machine;
    return disk.credential !== undefined && clock.now().getTime() >= Date.parse(disk.credential.renewAt);
  }

  /** Several calls that find the credential old renew it once. */
  private renew(): Promise<void> {
    this.renewal ??= renewCredential(this.machine).finally(() => (this.renewal = undefined));
    return this.renewal;
  }
}
