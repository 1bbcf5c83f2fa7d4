import type { ComponentProps } from 'react';
import { createPool } from '../adapters/create-pool.js';
import { poolsQuery, queryClient } from '../adapters/queries.js';
import { useAttempt } from '../adapters/use-attempt.js';
import { PLACE_FIELDS, POOL_FIELDS, USUAL_WISH } from '../domain/pool-wish.js';
import { ActForm } from './act-form.js';
import { PlaceFields } from './place-fields.js';
import { PoolFields } from './pool-fields.js';

type NewPoolFormProps = ComponentProps<typeof PlaceFields> & {
  readonly onDone: () => void;
  readonly onCancel: () => void;
};

/** Makes a pool. */
export function NewPoolForm({ onDone, onCancel, ...places }: NewPoolFormProps) {
  const attempt = useAttempt(createPool, () => {
    void queryClient.invalidateQueries(poolsQuery);
    onDone();
  });
  return (
    <ActForm
      attempt={attempt}
      fields={[...PLACE_FIELDS, ...POOL_FIELDS]}
      submit="Create the pool"
      onCancel={onCancel}
    >
      <PlaceFields {...places} />
      <PoolFields wish={USUAL_WISH} />
    </ActForm>
  );
}
