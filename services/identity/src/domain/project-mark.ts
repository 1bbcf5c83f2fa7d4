/** Name of the SSH key that marks a Hetzner project: unique in it, so only one can make it. */
export const MARK_NAME = 'cleanroom';

export interface MarkOwner {
  readonly installation: string;
  readonly organizationId: string;
  readonly hetznerProjectId: string;
}

export const markLabels = ({
  installation,
  organizationId,
  hetznerProjectId,
}: MarkOwner): Record<string, string> => ({
  'cleanroom-installation': installation,
  'cleanroom-organization': organizationId,
  'cleanroom-hetzner-project': hetznerProjectId,
});

/** Whose a marked project is, seen by somebody who wants it. */
export type MarkedBy =
  | { readonly kind: 'this-organization'; readonly hetznerProjectId: string }
  | { readonly kind: 'somebody-else' };

/** Reads a mark. One without our labels is somebody else's too: it is not ours to change. */
export function markedBy(
  labels: Readonly<Record<string, string>>,
  wanted: Omit<MarkOwner, 'hetznerProjectId'>,
): MarkedBy {
  const same =
    labels['cleanroom-installation'] === wanted.installation &&
    labels['cleanroom-organization'] === wanted.organizationId;
  return same
    ? { kind: 'this-organization', hetznerProjectId: labels['cleanroom-hetzner-project'] ?? '' }
    : { kind: 'somebody-else' };
}
