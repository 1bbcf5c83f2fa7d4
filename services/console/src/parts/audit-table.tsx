import type { AuditEntry } from '../adapters/audit-log-query.js';
import { actionWords, outcomeWords } from '../domain/audit-words.js';
import { momentOf } from '../domain/when.js';
import { AuditTarget } from './audit-target.js';

/** Entries of the audit log. */
export const AuditTable = ({ entries }: { readonly entries: readonly AuditEntry[] }) => (
  <table className="table" aria-label="Audit log">
    <thead>
      <tr>
        <th>When</th>
        <th>Who</th>
        <th>What</th>
        <th className="wide">On</th>
        <th>Outcome</th>
      </tr>
    </thead>
    <tbody>
      {entries.map(({ at, actor, action, target, outcome }, index) => (
        <tr key={`${at} ${index}`}>
          <td className="prose">
            <time dateTime={at}>{momentOf(at)}</time>
          </td>
          <td className="prose">{actor}</td>
          <td className="prose">
            <span>{actionWords(action)}</span>
            {target && (
              <span className="only-phone">
                {' '}
                <AuditTarget id={target} />
              </span>
            )}
          </td>
          <td className="wide">{target ? <AuditTarget id={target} /> : '–'}</td>
          <td className={outcome === 'DONE' ? 'prose' : 'prose warn'}>{outcomeWords(outcome)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);
