import { useId, useState } from 'react';
import { useMay } from '../adapters/use-may.js';
import { CONNECTION_WORDS, type ConnectionStatus } from '../domain/connection-words.js';
import type { ConnectionKind } from './connect-dialog.js';
import { DisconnectDialog } from './disconnect-dialog.js';
import { EditConnectionDialog } from './edit-connection-dialog.js';

interface Connection {
  readonly id: string;
  readonly name: string;
  readonly status: ConnectionStatus;
  /** What else is to be said of it. */
  readonly about: string;
}

interface ConnectionListProps {
  readonly title: string;
  readonly kind: ConnectionKind;
  readonly connections: readonly Connection[];
  readonly onChanged: () => void;
}

const DIALOGS = { edit: EditConnectionDialog, disconnect: DisconnectDialog } as const;

/** The connections of one kind, each with how it is. */
export function ConnectionList({ title, kind, connections, onChanged }: ConnectionListProps) {
  const [open, setOpen] = useState<{ what: keyof typeof DIALOGS; connection: Connection }>();
  const mayChange = useMay('OWNER');
  const id = useId();
  const close = () => setOpen(undefined);
  const done = () => {
    close();
    onChanged();
  };
  const Opened = open && DIALOGS[open.what];
  return (
    <section className="card part" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {connections.length === 0 && <p className="muted">None is connected yet.</p>}
      <ul className="rows">
        {connections.map((connection) => (
          <ConnectionRow
            key={connection.id}
            connection={connection}
            onOpen={mayChange ? (what) => setOpen({ what, connection }) : undefined}
          />
        ))}
      </ul>
      {Opened && <Opened {...{ kind, connection: open.connection }} onDone={done} onClose={close} />}
    </section>
  );
}

interface ConnectionRowProps {
  readonly connection: Connection;
  /** Left out for who may not. */
  readonly onOpen: ((what: keyof typeof DIALOGS) => void) | undefined;
}

function ConnectionRow({ connection: { name, status, about }, onOpen }: ConnectionRowProps) {
  const button = (what: keyof typeof DIALOGS, label: string) =>
    onOpen && (
      <button className="link-button" type="button" onClick={() => onOpen(what)}>
        {label}
        <span className="only-read"> {name}</span>
      </button>
    );
  return (
    <li>
      <div>
        <strong>{name}</strong> <span className="muted">{about}</span>
        <p className={status === 'CONNECTED' ? 'muted' : 'warn'}>{CONNECTION_WORDS[status]}</p>
      </div>
      <div className="row-buttons">
        {button('edit', 'Change')}
        {button('disconnect', 'Disconnect')}
      </div>
    </li>
  );
}
