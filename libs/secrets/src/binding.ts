/** What a sealed secret belongs to. Copied to another row or organisation, it does not open. */
export interface Binding {
  readonly organizationId: string;
  /** Which secret it is, such as `hetzner-token`. */
  readonly kind: string;
  readonly rowId: string;
}

/** The binding as authenticated data; lengths keep two different bindings from meeting in the same bytes. */
export const bindingBytes = ({ organizationId, kind, rowId }: Binding): Buffer =>
  Buffer.from([organizationId, kind, rowId].map((part) => `${Buffer.byteLength(part)}:${part}`).join('|'));
