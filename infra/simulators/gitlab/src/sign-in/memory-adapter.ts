import type { Adapter, AdapterPayload } from 'oidc-provider';

/** Sessions, codes and tokens of one kind; they end with the process, as the browsers of a test do. */
export class MemoryAdapter implements Adapter {
  private readonly kept = new Map<string, AdapterPayload>();

  /** @param lookUp finds what was never written here */
  constructor(private readonly lookUp: (id: string) => AdapterPayload | undefined = () => undefined) {}

  upsert = async (id: string, payload: AdapterPayload): Promise<void> => void this.kept.set(id, payload);
  find = async (id: string): Promise<AdapterPayload | undefined> => this.kept.get(id) ?? this.lookUp(id);
  findByUid = (uid: string): Promise<AdapterPayload | undefined> => this.by((payload) => payload.uid === uid);
  findByUserCode = (code: string): Promise<AdapterPayload | undefined> =>
    this.by(({ userCode }) => userCode === code);
  destroy = async (id: string): Promise<void> => void this.kept.delete(id);

  async consume(id: string): Promise<void> {
    const payload = this.kept.get(id);
    if (payload) payload.consumed = Math.floor(Date.now() / 1000);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [id, payload] of this.kept) if (payload.grantId === grantId) this.kept.delete(id);
  }

  private by = async (is: (payload: AdapterPayload) => boolean): Promise<AdapterPayload | undefined> =>
    [...this.kept.values()].find(is);
}
