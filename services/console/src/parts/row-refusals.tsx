import { useContext } from 'react';
import { refusalsOf } from '../domain/refusal.js';
import { RefusalsContext } from './refusals-context.js';

/** Why a row or a list was refused as a whole. */
export const RowRefusals = ({ path }: { readonly path: string }) =>
  refusalsOf(useContext(RefusalsContext), path).map(({ message }) => (
    <p key={message} className="trouble">
      {message}
    </p>
  ));
