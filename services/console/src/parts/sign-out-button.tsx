import { useState } from 'react';
import { noteSignedOut } from '../adapters/queries.js';
import { signOut } from '../adapters/session.js';
import { Icon } from './icon.js';

/** Ends the session, here and at the server. */
export function SignOutButton() {
  const [trouble, setTrouble] = useState('');
  const leave = () => {
    signOut().then(noteSignedOut, (error: Error) => setTrouble(`Still signed in. ${error.message}`));
  };
  return (
    <>
      <button className="quiet-button" type="button" onClick={leave} title="Sign out">
        <Icon name="leave" />
        <span className="only-read">Sign out</span>
      </button>
      {trouble && (
        <p className="trouble" role="alert">
          {trouble}
        </p>
      )}
    </>
  );
}
