import { useState } from 'react';
import type { ApiToken } from '../adapters/api-tokens-query.js';
import { useNow } from '../adapters/use-now.js';
import { endOf, lastUse } from '../domain/token-words.js';
import { dayOf } from '../domain/when.js';

interface TokenTableProps {
  readonly tokens: readonly ApiToken[];
  /** Left out for who may not. */
  readonly onRevoke: ((token: ApiToken) => void) | undefined;
}

/** The API tokens of an organisation, without what is secret of them. */
export const TokenTable = ({ tokens, onRevoke }: TokenTableProps) => (
  <table className="table" aria-label="API tokens">
    <thead>
      <tr>
        <th>Name</th>
        <th>Role</th>
        <th className="wide">Made</th>
        <th className="wide">Last used</th>
        <th>Ends</th>
        {onRevoke && (
          <th>
            <span className="only-read">Revoke</span>
          </th>
        )}
      </tr>
    </thead>
    <tbody>
      {tokens.map((token) => (
        <TokenRow key={token.id} token={token} onRevoke={onRevoke && (() => onRevoke(token))} />
      ))}
    </tbody>
  </table>
);

interface TokenRowProps {
  readonly token: ApiToken;
  readonly onRevoke: (() => void) | undefined;
}

function TokenRow({ token: { name, role, createdAt, lastUsedAt, expiresAt }, onRevoke }: TokenRowProps) {
  const now = useNow();
  // Tokens end by the wall clock, also where the product's runs faster.
  const [realNow] = useState(Date.now);
  return (
    <tr>
      <th scope="row" className="prose">
        {name}
      </th>
      <td>{role.toLowerCase()}</td>
      <td className="wide">{dayOf(createdAt)}</td>
      <td className="wide">{lastUse(lastUsedAt, now)}</td>
      <td className="prose">{endOf(expiresAt, realNow)}</td>
      {onRevoke && (
        <td>
          <button className="link-button" type="button" onClick={onRevoke}>
            Revoke<span className="only-read"> {name}</span>
          </button>
        </td>
      )}
    </tr>
  );
}
