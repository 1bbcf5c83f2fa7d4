import { webAddress } from '../domain/web-address.js';

interface JobNameProps {
  readonly job: { readonly name: string; readonly url: string | null };
}

/** What a job is called, and the way to its page at GitLab where there is one. */
export function JobName({ job: { name, url } }: JobNameProps) {
  const address = webAddress(url);
  if (address === undefined) return name;
  return (
    <a href={address} target="_blank" rel="noopener noreferrer">
      {name}
      <span className="only-read"> at GitLab, in a new tab</span>
    </a>
  );
}
