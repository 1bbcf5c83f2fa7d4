import type { Machine } from './machine.js';
import { proofHeaders } from './proof.js';
import type { Answer } from './voice.js';

/** Calls to the control plane that carry the machine's proof. */
export class ControlPlane {
  constructor(private readonly machine: Machine) {}

  /**
   * @param target path and query
   * @throws where no answer came; any status is an answer
   */
  ask(method: 'GET' | 'POST', target: string, content?: object): Promise<Answer> {
    const { settings, voice, disk } = this.machine;
    const body = content === undefined ? '' : JSON.stringify(content);
    const proof = proofHeaders({ method, target, body }, disk.keyPair.privateKey, disk.credential);
    const headers = { ...proof, ...(body === '' ? {} : { 'content-type': 'application/json' }) };
    return voice.say({ method, url: `${settings.origin}${target}`, headers, body });
  }

  /** Tells what happens on the machine. @throws where no answer came */
  report(report: object): Promise<Answer> {
    const at = this.machine.clock.now().toISOString();
    return this.ask('POST', '/machine/v1/report', { ...report, at });
  }
}
