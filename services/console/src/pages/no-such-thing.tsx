import { Link } from '@tanstack/react-router';

/** Nothing of yours has this address. */
export const NoSuchThing = ({ what }: { readonly what: string }) => (
  <div className="page-alone">
    <title>Not found · Cleanroom</title>
    <h1>There is no such {what}</h1>
    <p>
      <Link to="/">To the fleet</Link>
    </p>
  </div>
);
