import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { PoolDetails } from '../adapters/pool-query.js';
import { poolsQuery, queryClient } from '../adapters/queries.js';
import { useMay } from '../adapters/use-may.js';
import { DeletePoolDialog } from './delete-pool-dialog.js';
import { PauseDialog } from './pause-dialog.js';
import { ResizeDialog } from './resize-dialog.js';

const DIALOGS = { pause: PauseDialog, resize: ResizeDialog, delete: DeletePoolDialog } as const;

/** What can be done with a pool, for who may do it. */
export function PoolActions({ pool }: { readonly pool: PoolDetails }) {
  const [open, setOpen] = useState<keyof typeof DIALOGS>();
  const [mayOperate, mayOwn] = [useMay('OPERATOR'), useMay('OWNER')];
  if (!mayOperate || pool.deleting) return null;
  const close = () => setOpen(undefined);
  const done = () => {
    close();
    void queryClient.invalidateQueries({ queryKey: ['pool', pool.id] });
    void queryClient.invalidateQueries(poolsQuery);
  };
  const Opened = open && DIALOGS[open];
  const button = (name: keyof typeof DIALOGS, label: string) => (
    <button className="button" type="button" onClick={() => setOpen(name)}>
      {label}
    </button>
  );
  return (
    <>
      {mayOwn && (
        <Link className="button" to="/pools/$poolId/edit" params={{ poolId: pool.id }}>
          Edit
        </Link>
      )}
      {button('resize', 'Resize')}
      {button('pause', pool.paused ? 'Resume' : 'Pause')}
      {mayOwn && button('delete', 'Delete')}
      {Opened && <Opened pool={pool} onDone={done} onClose={close} />}
    </>
  );
}
